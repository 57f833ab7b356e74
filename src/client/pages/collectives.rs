//! The collectives that this device knows, merged: from records, and from the shared register.

use leptos::prelude::*;

use super::collective_search::CollectiveSearch;
use super::names::place_and_type;
use super::visit_rows::ConflictTag;
use crate::i18n::{Counted, Key, count, month_text, say, t};
use crate::routes;
use crate::state::{App, InitiativeRow};
use crate::ui::{CareTag, EmptyState, Page, Row, Sign, live, long_rows, words};

/// The list, and a search that needs no network.
#[component]
pub fn CollectivesPage() -> impl IntoView {
    let app: App = expect_context();
    let search = RwSignal::new(String::new());
    let known = app.collectives();
    let is_empty = Memo::new(move |_| known.with(|known| known.rows().is_empty()));
    let found = Memo::new(move |_| {
        known.with(|known| {
            let (found, _) = search.with(|search| known.find(search, known.rows().len()));
            found.into_iter().cloned().collect::<Vec<_>>()
        })
    });
    let list = move || {
        view! {
            <CollectiveSearch search known />
            <p class="soft small" role="status">
                {words(move || count(Counted::CollectivesFound, found.with(Vec::len)))}
            </p>
            {long_rows(found.into(), line)}
            <p hidden=Signal::derive(move || !found.with(Vec::is_empty))>{t(Key::CollectivesNone)}</p>
        }
        .into_any()
    };
    let body = live(move || {
        if is_empty.get() {
            view! { <EmptyState words=t(Key::CollectivesEmpty) /> }.into_any()
        } else {
            list()
        }
    });
    view! { <Page title=t(Key::CollectivesTitle)>{body}</Page> }
}

fn line(row: InitiativeRow) -> AnyView {
    let (visits, conflicts, proposals) = (row.visits, row.conflicts, row.proposals);
    let last = row.last_visit.clone();
    let last = words(move || match last.as_deref().map(month_text) {
        Some(month) => say(Key::CollectivesLast, &[("month", &month)]),
        None => String::new(),
    });
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
            <span class="row-note">{last}</span>
            {(conflicts > 0).then(|| view! { <ConflictTag conflicts /> })}
            {(proposals > 0).then(|| view! {
                <CareTag
                    sign=Sign::Pencil
                    label=move || count(Counted::CollectivesProposals, proposals)
                />
            })}
            <span class="hidden-words">{words(move || count(Counted::CollectivesVisits, visits))}</span>
        </Row>
    }
    .into_any()
}
