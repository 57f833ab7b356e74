//! The code of a collective, as the enamel plate of a house.

use leptos::prelude::*;

/// Six characters, in two groups that are easy to read out.
#[component]
pub fn CodePlate(
    /// The code.
    #[prop(into)]
    code: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let (first, second) = code.split_at_checked(3).unwrap_or((&code, ""));
    view! {
        <p class="plate">
            <span class="hidden-words">{label}" "</span>
            <span>{first.to_owned()}</span>
            <span>{second.to_owned()}</span>
        </p>
    }
}
