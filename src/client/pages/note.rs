//! What can be noted beside visits: one line for each kind, with what it is for.

use leptos::prelude::*;

use super::names;
use crate::i18n::{Key, coded, t};
use crate::routes;
use crate::state::{App, NOTE_KINDS};
use crate::ui::{Icon, Page, Sign, words};

/// The choice.
#[component]
pub fn NotePage() -> impl IntoView {
    let line = |kind: &'static str| {
        let title = words(move || names::kind_label(kind));
        let what = words(move || coded("kind", kind, Key::KindFinding).to_owned());
        view! {
            <li class="row row-link-only">
                <div class="row-body">
                    <a class="row-link" href=routes::new(kind)>{title}</a>
                    <p class="row-detail">{what}</p>
                </div>
                <Icon sign=Sign::Onwards />
            </li>
        }
        .into_any()
    };
    let app: App = expect_context();
    let what = if app.is_training() { Key::TrainingNote } else { Key::NoteWhat };
    view! {
        <Page title=t(Key::NoteTitle) back=(routes::HOME, Key::NavHome)>
            <p class="soft">{t(what)}</p>
            <ul class="rows" role="list">
                {NOTE_KINDS.map(line).into_iter().collect::<Vec<_>>()}
            </ul>
        </Page>
    }
}
