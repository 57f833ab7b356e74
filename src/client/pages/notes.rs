//! Every note that this device knows, of all members, by kind.

use leptos::prelude::*;

use super::names;
use super::note_rows::{AlertRows, NoteRows};
use crate::i18n::{Key, t};
use crate::routes;
use crate::state::{App, NOTE_KINDS};
use crate::ui::{EmptyState, If, LinkButton, Page, Sign, words};

/// The lists.
#[component]
pub fn NotesPage() -> impl IntoView {
    let app: App = expect_context();
    let all = Memo::new(move |_| app.notes(false));
    let section = move |kind: &'static str| {
        let rows = Memo::new(move |_| {
            all.with(|all| {
                all.iter().filter(|row| row.key.kind == kind).cloned().collect::<Vec<_>>()
            })
        });
        let title = words(move || names::kind_label(kind));
        let list = move || match kind {
            "alert" => view! { <AlertRows rows /> }.into_any(),
            _ => view! { <NoteRows rows with_author=true /> }.into_any(),
        };
        view! {
            <If when=move || !rows.with(Vec::is_empty)>
                <section>
                    <h2>{title}</h2>
                    {list()}
                </section>
            </If>
        }
        .into_any()
    };
    view! {
        <Page title=t(Key::NotesTitle) back=(routes::HOME, Key::NavHome)>
            <If
                when=move || !all.with(Vec::is_empty)
                otherwise=|| view! { <EmptyState words=t(Key::NotesEmpty) /> }
            >
                {NOTE_KINDS.map(section).into_iter().collect::<Vec<_>>()}
            </If>
            <LinkButton href=routes::NOTE label=t(Key::NoteTitle) sign=Sign::Plus />
        </Page>
    }
}
