//! Notes as lines: the day they were written in the margin, what they say beside it.

use domain::alerts::{self, Rank, Urgency};
use leptos::prelude::*;

use super::alert::UrgencyTag;
use super::names;
use super::visit_rows::{ConflictTag, badge, day, month};
use crate::i18n::{Key, t, text};
use crate::routes;
use crate::state::{App, NoteRow, device};
use crate::ui::{CareTag, If, Row, Sign, StateBadge, long_rows};

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
        let has_news = row.standing.as_deref() == Some(alerts::TO_CONFIRM);
        let urgency = row.rank.map(Rank::urgency);
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
                {urgency.map(|urgency| view! { <UrgencyTag urgency /> })}
                <StateBadge state=delivery />
                {is_new_alert.then(|| view! { <UnseenTag has_news /> })}
                {(conflicts > 0).then(|| view! { <ConflictTag conflicts /> })}
            </Row>
        }
        .into_any()
    };
    long_rows(rows, line)
}

/// Alerts: those whose day is over stand apart, before the others.
#[component]
pub(super) fn AlertRows(
    /// The alerts, by their rank.
    #[prop(into)]
    rows: Signal<Vec<NoteRow>>,
) -> impl IntoView {
    let is_past = |row: &NoteRow| row.rank.map(Rank::urgency) == Some(Urgency::Past);
    let part = move |past: bool| {
        Memo::new(move |_| {
            let mut part = rows.get();
            part.retain(|row| is_past(row) == past);
            part
        })
    };
    let (past, others) = (part(true), part(false));
    let nothing_past = Signal::derive(move || past.with(Vec::is_empty));
    view! {
        <If when=move || !nothing_past.get()>
            <h3>{t(Key::AlertPastTitle)}</h3>
            <NoteRows rows=past with_author=true />
        </If>
        <If when=move || !others.with(Vec::is_empty)>
            <h3 hidden=nothing_past>{t(Key::AlertOthersTitle)}</h3>
            <NoteRows rows=others with_author=true />
        </If>
    }
}

/// That nobody of the coordination has said yet that they saw it, or what is new of it.
#[component]
fn UnseenTag(
    /// Whether it was seen before.
    has_news: bool,
) -> impl IntoView {
    let label = move || text(if has_news { Key::AlertNews } else { Key::AlertUnseen }).to_owned();
    view! { <CareTag sign=Sign::Attention label /> }
}
