//! A month and its year, by the browser's own control where it has one.

use leptos::prelude::*;

/// A month as `YYYY-MM`.
#[component]
pub fn MonthInput(
    /// Its id; a label has the same.
    #[prop(into)]
    id: String,
    /// The month; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// What was chosen.
    #[prop(into)]
    on_input: Callback<String>,
    /// The last month that it offers.
    #[prop(into)]
    max: String,
) -> impl IntoView {
    view! {
        <input
            type="month"
            class="input date"
            id=id
            max=max
            placeholder="2026-11"
            autocomplete="off"
            prop:value=value
            on:input:target=move |event| on_input.run(event.target().value())
        />
    }
}
