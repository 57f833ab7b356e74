//! Notes as lines: the day they were written in the margin, what they say beside it.

use leptos::prelude::*;

use super::names;
use super::visit_rows::{ConflictTag, badge, day, month};
use crate::i18n::{Key, text};
use crate::routes;
use crate::state::{App, NoteRow, device};
use crate::ui::{Icon, Row, Rows, Sign, StateBadge, live_list};

/// Notes that were finished.
#[component]
pub(super) fn NoteRows(
    /// The notes.
    #[prop(into)]
    rows: Signal<Vec<NoteRow>>,
    /// Whether it is said who wrote them.
    #[prop(optional)]
    with_author: bool,
) -> impl IntoView {
    let app: App = expect_context();
    let line = move |row: NoteRow| {
        let date = Some(device::day_of(row.written_at));
        let (delivery, conflicts) = (badge(row.delivery), row.conflicts);
        let is_new_alert = row.is_new_alert() && !app.is_training();
        let href = routes::record(&row.key);
        let author = row.device.filter(|_| with_author);
        let titled = row.clone();
        let title = move || names::note(app, &titled.key.kind, &titled.answers);
        let detail = move || {
            let detail = names::note_detail(app, &row.key.kind, &row.answers);
            names::joined([Some(detail), author.map(|device| names::person(app, device))])
        };
        view! {
            <Row href margin=move || day(date) margin_small=move || month(date) title detail>
                <StateBadge state=delivery />
                {is_new_alert.then(|| view! { <UnseenTag /> })}
                {(conflicts > 0).then(|| view! { <ConflictTag conflicts /> })}
            </Row>
        }
        .into_any()
    };
    view! { <Rows rows=live_list(move || rows.get().into_iter().map(line).collect()) /> }
}

/// That nobody of the coordination has said yet that they saw it.
#[component]
fn UnseenTag() -> impl IntoView {
    view! {
        <span class="tag" data-look="care">
            <Icon sign=Sign::Attention />
            <span>{move || text(Key::AlertUnseen)}</span>
        </span>
    }
}
