//! Looking for collectives, by what they are called.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::state::Collectives;
use crate::ui::{Field, TextInput, fresh_id};

/// The field: what is typed is in `search`.
#[component]
pub(super) fn CollectiveSearch(
    /// What is typed.
    search: RwSignal<String>,
    /// What is looked through.
    known: Memo<Collectives>,
) -> impl IntoView {
    let id = fresh_id("search");
    // The index is made, and asked, when somebody goes to the field: the first letter finds its code compiled.
    let prepare = move |_| known.with_untracked(|known| drop(known.find("a", 1)));
    view! {
        <div on:focusin=prepare>
            <Field id=id.clone() label=t(Key::CollectivesSearch) help=t(Key::CollectivesSearchHelp)>
                <TextInput
                    id
                    value=search
                    on_input=move |text: String| search.set(text)
                    keyboard="search"
                />
            </Field>
        </div>
    }
}
