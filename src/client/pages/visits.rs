//! Every visit that this device knows, of all members, the newest first.

use std::collections::BTreeSet;

use domain::ids::RecordId;
use domain::notebook::VisitOutline;
use leptos::prelude::*;

use super::collective_search::CollectiveSearch;
use super::visit_rows::VisitRows;
use crate::i18n::{Counted, Key, count, t, text};
use crate::state::App;
use crate::ui::{EmptyState, If, Page, words};

/// The list, and a search by collective that needs no network.
#[component]
pub fn VisitsPage() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let all = Memo::new(move |_| app.visits(false));
    let known = app.collectives();
    let search = RwSignal::new(String::new());
    let wanted = Memo::new(move |_| {
        let typed = search.get();
        let ids =
            |found: Vec<&crate::state::InitiativeRow>| found.iter().map(|row| row.id).collect();
        (!typed.trim().is_empty())
            .then(|| known.with(|known| ids(known.find(&typed, known.rows().len()).0)))
    });
    let rows = Memo::new(move |_| {
        let wanted: Option<BTreeSet<RecordId>> = wanted.get();
        let is_wanted = |at: &Option<RecordId>| {
            wanted.as_ref().is_none_or(|wanted| at.is_some_and(|at| wanted.contains(&at)))
        };
        let found = |row: &VisitOutline| is_wanted(&row.initiative).then_some(row.id);
        all.with(|all| all.iter().filter_map(found).collect::<Vec<_>>())
    });
    let title =
        move || text(if coordinator.get() { Key::VisitsTitle } else { Key::VisitsOwnTitle });
    view! {
        <Page title>
            <If
                when=move || !all.with(Vec::is_empty)
                otherwise=|| view! { <EmptyState words=t(Key::VisitsEmpty) /> }
            >
                <CollectiveSearch search known />
                <p class="soft small" role="status">
                    {words(move || match rows.with(Vec::len) {
                        0 => text(Key::VisitsNone).to_owned(),
                        found => count(Counted::VisitsFound, found),
                    })}
                </p>
                <VisitRows rows with_author=true />
            </If>
        </Page>
    }
}
