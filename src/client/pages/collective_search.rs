//! Looking for collectives, by what they are called.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::ui::{Field, TextInput, fresh_id};

/// The field: what is typed is in `search`.
#[component]
pub(super) fn CollectiveSearch(
    /// What is typed.
    search: RwSignal<String>,
) -> impl IntoView {
    let id = fresh_id("search");
    view! {
        <Field id=id.clone() label=t(Key::CollectivesSearch) help=t(Key::CollectivesSearchHelp)>
            <TextInput
                id
                value=search
                on_input=move |text: String| search.set(text)
                keyboard="search"
            />
        </Field>
    }
}
