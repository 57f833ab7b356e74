//! What a list says when nothing is in it.

use leptos::prelude::*;

use super::doorstep::Mark;

/// Why it is empty, and what to do.
#[component]
pub fn EmptyState(
    /// Why.
    #[prop(into)]
    words: Signal<String>,
    /// What to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Mark />
            <p>{words}</p>
            {children.map(|children| children())}
        </div>
    }
}
