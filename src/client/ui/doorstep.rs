//! The doorstep: the drawing of the app.

use leptos::prelude::*;

/// The door on its steps, in the colours of the words around it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 40 36" aria-hidden="true" focusable="false">
            <path class="mark-door" d="M12 24V11a8 8 0 0 1 16 0v13z" />
            <path class="mark-light" d="M15 11a5 5 0 0 1 10 0v1H15z" />
            <path class="mark-steps" d="M9 25h22v3H9zM6 29h28v3H6zM3 33h34v3H3z" />
        </svg>
    }
}

/// A row of Brussels house fronts above a step: the head of the home page.
#[component]
pub fn Doorstep() -> impl IntoView {
    view! {
        <svg class="doorstep" viewBox="0 0 360 96" aria-hidden="true" focusable="false">
            <path
                class="fronts"
                d="M2 86V34h44v52M46 86V24l10-8h30l10 8v62M96 86V40h40v46M136 86V30l22-16 22 16v56M180 86V20h46v66M226 86V36l12-10h28l12 10v50M278 86V28h42v58M320 86V42h38v44"
            />
            <path
                class="windows"
                d="M10 42h10v14H10zM28 42h10v14H28zM54 34h12v16H54zM76 34h12v16H76zM54 58h12v14H54zM104 48h10v12h-10zM120 48h10v12h-10zM150 40h16v16h-16zM188 30h12v16h-12zM208 30h12v16h-12zM188 54h12v12h-12zM234 44h14v14h-14zM256 44h14v14h-14zM286 38h12v16h-12zM304 38h10v16h-10zM328 52h10v12h-10zM344 52h8v12h-8z"
            />
            <path
                class="doors"
                d="M22 86V68h10v18zM76 86V64a6 6 0 0 1 12 0v22zM112 86V70h10v16zM206 86V62a7 7 0 0 1 14 0v24zM236 86V68h10v18zM298 86V66h10v20zM334 86V70h9v16z"
            />
            <path class="open-door" d="M150 86V70a8 8 0 0 1 16 0v16z" />
            <path class="steps" d="M146 86h24v3h-24zM142 90h32v3h-32zM0 93.5h360v1.5H0z" />
        </svg>
    }
}
