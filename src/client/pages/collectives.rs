//! The collectives that this device knows, merged: from records, and from the shared register.

use leptos::prelude::*;

use super::names::place_and_type;
use super::visit::matching;
use super::visit_rows::ConflictTag;
use crate::i18n::{Counted, Key, count, month_text, say, t};
use crate::routes;
use crate::state::{App, InitiativeRow};
use crate::ui::{EmptyState, Field, Page, Row, TextInput, fresh_id};

/// The list, and a search that needs no network.
#[component]
pub fn CollectivesPage() -> impl IntoView {
    let app: App = expect_context();
    let search = RwSignal::new(String::new());
    let rows = Memo::new(move |_| app.initiatives());
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let found = Memo::new(move |_| {
        let mut found = rows.with(|rows| search.with(|search| matching(rows, search)));
        // The register stands in the order of the alphabet, as people look names up.
        found.sort_by_cached_key(|row| domain::forms::search_key(&row.alias));
        found
    });
    let id = StoredValue::new(fresh_id("search"));
    let list = move || {
        view! {
            <Field id=id.get_value() label=t(Key::CollectivesSearch) help=t(Key::CollectivesSearchHelp)>
                <TextInput
                    id=id.get_value()
                    value=search
                    on_input=move |text: String| search.set(text)
                    keyboard="search"
                />
            </Field>
            <p class="soft small" role="status">
                {move || count(Counted::CollectivesFound, found.with(Vec::len))}
            </p>
            <ul class="rows" role="list" hidden=move || found.with(Vec::is_empty)>
                {move || found.get().into_iter().map(line).collect::<Vec<_>>()}
            </ul>
            <p hidden=move || !found.with(Vec::is_empty)>{t(Key::CollectivesNone)}</p>
        }
        .into_any()
    };
    let body = move || {
        if is_empty.get() {
            view! { <EmptyState words=t(Key::CollectivesEmpty) /> }.into_any()
        } else {
            list()
        }
    };
    view! { <Page title=t(Key::CollectivesTitle)>{body}</Page> }
}

fn line(row: InitiativeRow) -> AnyView {
    let (visits, conflicts) = (row.visits, row.conflicts);
    let last = row.last_visit.clone();
    let last = move || {
        last.as_deref().map(|month| {
            let month = month_text(month);
            view! { <span class="tag">{say(Key::CollectivesLast, &[("month", &month)])}</span> }
        })
    };
    // The margin holds the number; its word is the same on every line.
    let word = move || {
        let words = count(Counted::CollectivesVisits, visits);
        words.split_once(' ').map(|(_, word)| word.to_owned()).unwrap_or_default()
    };
    view! {
        <Row
            href=routes::collective(&row.id)
            margin=visits.to_string()
            margin_small=word
            title=row.alias.clone()
            detail=move || place_and_type(&row)
        >
            {last}
            {(conflicts > 0).then(|| view! { <ConflictTag conflicts /> })}
            <span class="hidden-words">{move || count(Counted::CollectivesVisits, visits)}</span>
        </Row>
    }
    .into_any()
}
