//! Every visit that this device knows, of all members, the newest first.

use leptos::prelude::*;

use super::visit_rows::VisitRows;
use crate::i18n::{Counted, Key, count, t, text};
use crate::state::App;
use crate::ui::{EmptyState, If, Page, words};

/// The list.
#[component]
pub fn VisitsPage() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let rows = Memo::new(move |_| app.visits(false));
    let title =
        move || text(if coordinator.get() { Key::VisitsTitle } else { Key::VisitsOwnTitle });
    view! {
        <Page title>
            <If
                when=move || !rows.with(Vec::is_empty)
                otherwise=|| view! { <EmptyState words=t(Key::VisitsEmpty) /> }
            >
                <p class="soft small">{words(move || count(Counted::VisitsFound, rows.with(Vec::len)))}</p>
                <VisitRows rows with_author=true />
            </If>
        </Page>
    }
}
