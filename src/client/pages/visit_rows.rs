//! Visits and drafts as lines: their date in the margin, the collective beside it, how far they have come below.

use domain::change::RecordKey;
use domain::forms::CivilDate;
use domain::ids::RecordId;
use leptos::prelude::*;

use super::names;
use crate::i18n::{Counted, Key, count, moment, short_month, t, text};
use crate::routes;
use crate::state::device::{self, today};
use crate::state::{App, Delivery, Draft, VisitRow};
use crate::ui::{
    CareTag, If, RecordBadge, Row, Rows, Sign, StateBadge, live, live_list, long_rows, words,
};

/// Visits that were finished.
#[component]
pub(super) fn VisitRows(
    /// The visits.
    #[prop(into)]
    rows: Signal<Vec<RecordId>>,
    /// Whether it is said who wrote them.
    #[prop(optional)]
    with_author: bool,
) -> impl IntoView {
    let app: App = expect_context();
    let line = move |id: RecordId| {
        // Only of those in sight.
        let row = Memo::new(move |_| app.visit_row(id));
        let of = move |say: fn(&VisitRow) -> String| {
            words(move || row.with(|row| row.as_ref().map(say).unwrap_or_default()))
        };
        let detail = words(move || {
            let Some(VisitRow { hosting_status, device, .. }) = row.get() else {
                return String::new();
            };
            let status = hosting_status.as_deref();
            let status = status.map(|code| names::code_in("visit", "hosting_status", code));
            let author = device.filter(|_| with_author);
            names::joined([status, author.map(|device| names::person(app, device))])
        });
        let marks = live(move || {
            let Some(VisitRow { state, conflicts, .. }) = row.get() else { return ().into_any() };
            view! {
                <StateBadge state=badge(state) />
                {(conflicts > 0).then(|| view! { <ConflictTag conflicts /> })}
            }
            .into_any()
        });
        view! {
            <Row
                href=routes::record(&RecordKey { kind: "visit".to_owned(), id })
                margin=of(|row| day(row.visited_on))
                margin_small=of(|row| month(row.visited_on))
                title=of(title)
                detail
            >
                {marks}
            </Row>
        }
        .into_any()
    };
    long_rows(rows, line)
}

fn title(visit: &VisitRow) -> String {
    match &visit.alias {
        _ if visit.refused => text(Key::HomeRefusal).to_owned(),
        Some(alias) => alias.clone(),
        None => text(Key::HomeUnnamed).to_owned(),
    }
}

/// Records that are half-filled.
#[component]
pub(super) fn DraftRows(
    /// The drafts.
    #[prop(into)]
    drafts: Signal<Vec<Draft>>,
) -> impl IntoView {
    let app: App = expect_context();
    let line = move |draft: Draft| {
        let written_at = draft.written_at;
        let date = match draft.answers.get("visited_on") {
            Some(domain::forms::Answer::Text(date)) => date.parse().ok(),
            _ => (draft.kind != "visit").then(|| device::day_of(written_at)),
        };
        let href = routes::draft(&draft.id);
        let title = move || {
            names::of_draft(app, &draft).unwrap_or_else(|| text(Key::HomeUntitled).to_owned())
        };
        view! {
            <Row
                href
                margin=move || day(date)
                margin_small=move || month(date)
                title
                detail=move || moment(written_at)
            >
                <StateBadge state=RecordBadge::Draft />
            </Row>
        }
        .into_any()
    };
    view! { <Rows rows=live_list(move || drafts.get().into_iter().map(line).collect()) /> }
}

/// That people disagree.
#[component]
pub(super) fn ConflictTag(
    /// About how many fields.
    conflicts: usize,
) -> impl IntoView {
    view! {
        <CareTag sign=Sign::Fork label=move || count(Counted::Compare, conflicts) />
    }
}

/// The state of a visit as its badge shows it.
pub(super) fn badge(state: Delivery) -> RecordBadge {
    match state {
        Delivery::Draft => RecordBadge::Draft,
        Delivery::OnThisPhone => RecordBadge::OnThisPhone,
        Delivery::OnItsWay => RecordBadge::OnItsWay,
        Delivery::Received => RecordBadge::Received,
        Delivery::Refused => RecordBadge::Refused,
        Delivery::Exercise => RecordBadge::Exercise,
        Delivery::Example => RecordBadge::Example,
    }
}

pub(super) fn day(date: Option<CivilDate>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.day().to_string())
}

/// The month; with its year when that is not this one.
pub(super) fn month(date: Option<CivilDate>) -> String {
    let Some(date) = date else { return String::new() };
    let month = short_month(date.month_of_year());
    if date.year() == today().year() { month } else { format!("{month} {}", date.year()) }
}

/// A heading and its list, or nothing when the list is empty.
#[component]
pub(super) fn VisitSection(
    /// The heading.
    title: Key,
    /// The visits.
    #[prop(into)]
    rows: Signal<Vec<RecordId>>,
    /// Whether it is said who wrote them.
    #[prop(optional)]
    with_author: bool,
) -> impl IntoView {
    let is_shown = move || !rows.with(Vec::is_empty);
    view! {
        <If when=is_shown>
            <section>
                <h2>{t(title)}</h2>
                <VisitRows rows with_author />
            </section>
        </If>
    }
}
