//! Something that is offered to be chosen, in a `<ul class="picks" role="list">`.

use leptos::prelude::*;

/// One of them: a tap takes it.
#[component]
pub fn Pick(
    /// What it is called.
    #[prop(into)]
    name: String,
    /// More about it.
    #[prop(into)]
    detail: Signal<String>,
    /// It is taken.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="pick" on:click=move |_| on_press.run(())>
                <span class="pick-name">{name}</span>
                <span class="pick-detail">{detail}</span>
            </button>
        </li>
    }
}
