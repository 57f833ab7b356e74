//! Lists and counts, computed from the notebook.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::change::RecordKey;
use domain::fold::{Deletion, LISTING, View};
use domain::forms::CivilDate;
use domain::ids::{DeviceId, RecordId};
use domain::notebook::{LOSS, Notebook, VisitOutline};
use domain::order::{self, Gather};
use domain::replica::RecordState;

use super::App;
use super::delivery::{Deliveries, Delivery, author, delivery, is_own, of_own};
use super::drafts::drafts_of;
use super::initiatives::{alias, merged, survivor, visited};
use super::notes::NOTE_KINDS;

/// A line about a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// The collective's alias, where this device knows it.
    pub alias: Option<String>,
    /// Its day.
    pub visited_on: Option<CivilDate>,
    /// Code of `hosting_status`.
    pub hosting_status: Option<String>,
    /// Whether the collective refused to be noted.
    pub refused: bool,
    /// A device of its author.
    pub device: Option<DeviceId>,
    /// How many fields people disagree about.
    pub conflicts: usize,
    /// Its state; for visits of others always received.
    pub state: Delivery,
}

/// How much is where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Half-filled records.
    pub drafts: usize,
    /// Own visits.
    pub visits: Tally,
    /// Own notes beside visits.
    pub notes: Tally,
    /// Bundles of phones that no coordinator confirmed yet.
    pub unconfirmed: usize,
}

/// How far own records have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// No receipt names them yet.
    pub waiting: usize,
    /// Received.
    pub received: usize,
    /// The server refused them.
    pub refused: usize,
}

impl App {
    /// The visits there are to show, the newest first; this member's, or everybody's. The collectives are those
    /// after merges.
    pub fn visits(&self, own_only: bool) -> Vec<VisitOutline> {
        self.read(|notebook| visits(notebook, own_only)).unwrap_or_default()
    }

    /// Which visits there are to show, in the order of [`visits`](Self::visits).
    pub fn visit_ids(&self, own_only: bool) -> Vec<RecordId> {
        self.visits(own_only).iter().map(|visit| visit.id).collect()
    }

    /// The line about a visit; none where it is not shown.
    pub fn visit_row(&self, id: RecordId) -> Option<VisitRow> {
        self.read(|notebook| visit_row(notebook, id)).flatten()
    }

    /// Whether something has no receipt that [`counts`](Self::counts) does not count: a correction of a collective, a
    /// decision, a setting.
    pub fn others_wait(&self) -> bool {
        self.read(others_wait).unwrap_or_default()
    }

    /// How much is where.
    pub fn counts(&self) -> Counts {
        self.read(counts).unwrap_or_default()
    }
}

/// Records and drafts on this device: what the canary counts.
pub(super) fn record_count(notebook: &Notebook) -> usize {
    let own = |kind| notebook.views(kind).filter(|view| is_own(notebook, view)).count();
    let notes: usize = NOTE_KINDS.into_iter().map(own).sum();
    notes + notebook.visit_outlines().filter(|visit| visit.own).count() + notebook.drafts().len()
}

/// So many visits a list shows before anybody scrolls, and some more.
const FIRST_SHOWN: usize = 20;

/// The visits that a list shows first, and the collectives that they name.
pub(super) fn newest_records(notebook: &Notebook) -> Vec<RecordKey> {
    let own_only = !notebook.is_coordinator();
    let mut rows: Vec<VisitOutline> = Vec::new();
    // All in order would be a long task while somebody types: most are older than the last of those held.
    for visit in notebook.visit_outlines().filter(|visit| visit.shown && (visit.own || !own_only)) {
        let is_full = rows.len() == FIRST_SHOWN;
        if !is_full || rows.last().is_some_and(|last| age(&visit, last).is_lt()) {
            rows.truncate(FIRST_SHOWN - 1);
            rows.insert(rows.partition_point(|row| age(row, &visit).is_lt()), visit);
        }
    }
    let visited = rows.iter().filter_map(|row| row.initiative);
    let at: BTreeSet<RecordId> = visited.map(|id| survivor(notebook, id)).gather();
    let of_kind = |kind: &str, id: &RecordId| RecordKey { kind: kind.to_owned(), id: *id };
    let collectives = at.iter().flat_map(|id| [of_kind("initiative", id), of_kind(LISTING, id)]);
    rows.iter().map(|row| of_kind("visit", &row.id)).chain(collectives).collect()
}

/// The visits that no receipt names yet.
pub(super) fn waiting_visits(notebook: &Notebook) -> Vec<RecordKey> {
    notebook.unreceived_records("visit").into_iter().cloned().collect()
}

/// How many of these are received now.
pub(super) fn received_of(notebook: &Notebook, waited: &[RecordKey]) -> usize {
    let states = notebook.record_states();
    waited.iter().filter(|key| states.get(key) == RecordState::Received).count()
}

/// Own records that no receipt names yet: what the canary counts.
pub(super) fn unreceived(notebook: &Notebook) -> usize {
    volunteer_kinds().map(|kind| notebook.unreceived_records(kind).len()).sum()
}

/// What devices tell each other by themselves is not meant.
fn others_wait(notebook: &Notebook) -> bool {
    let in_a_list = |key: &RecordKey| {
        volunteer_kinds().any(|kind| kind == key.kind) && is_own(notebook, &notebook.view(key))
    };
    let unreceived = notebook.unreceived_of_own();
    unreceived
        .into_iter()
        .any(|key| ![LISTING, LOSS].contains(&key.kind.as_str()) && !in_a_list(key))
}

/// What volunteers write, beside collectives.
fn volunteer_kinds() -> impl Iterator<Item = &'static str> {
    NOTE_KINDS.into_iter().chain(["visit"])
}

/// The records of a kind there are to show.
pub(super) fn shown<'n>(notebook: &'n Notebook, kind: &'n str) -> impl Iterator<Item = Arc<View>> {
    notebook.views(kind).filter(|view| is_shown(view))
}

/// Whether there is a record to show: not deleted, and something of it counts.
pub(super) fn is_shown(view: &View) -> bool {
    view.deletion != Deletion::Deleted && !view.registers.is_empty()
}

fn own<'n>(notebook: &'n Notebook, kind: &'n str) -> impl Iterator<Item = Arc<View>> {
    shown(notebook, kind).filter(|view| is_own(notebook, view))
}

fn visits(notebook: &Notebook, own_only: bool) -> Vec<VisitOutline> {
    let merged = merged(notebook);
    let shown = notebook.visit_outlines().filter(|visit| visit.shown && (visit.own || !own_only));
    let mut visits: Vec<VisitOutline> = shown.collect();
    for visit in &mut visits {
        visit.initiative = visit.initiative.map(|id| merged.survivor(&id));
    }
    order::sort_by(&mut visits, age);
    visits
}

/// The newest first.
fn age(a: &VisitOutline, b: &VisitOutline) -> Ordering {
    (b.visited_on, b.id).cmp(&(a.visited_on, a.id))
}

fn visit_row(notebook: &Notebook, id: RecordId) -> Option<VisitRow> {
    let view = notebook.view(&RecordKey { kind: "visit".to_owned(), id });
    is_shown(&view).then(|| VisitRow {
        alias: visited(&view).and_then(|id| alias(notebook, survivor(notebook, id))),
        visited_on: view.text("visited_on").and_then(|day| day.parse().ok()),
        hosting_status: view.text("hosting_status").map(str::to_owned),
        refused: view.text("consent_record") == Some("no"),
        device: author(notebook, &view),
        conflicts: view.conflicts().count(),
        state: delivery(notebook, &view),
    })
}

fn counts(notebook: &Notebook) -> Counts {
    let mut counts = Counts {
        drafts: drafts_of(notebook).count(),
        unconfirmed: notebook.waiting(domain::reading::Wait::Confirmation),
        ..Counts::default()
    };
    notebook.own_visit_states().for_each(|state| counts.visits.add(of_own(state)));
    let deliveries = Deliveries::of(notebook);
    let notes = NOTE_KINDS.into_iter().flat_map(|kind| own(notebook, kind));
    notes.for_each(|note| counts.notes.add(deliveries.get(&note)));
    counts
}

impl Tally {
    fn add(&mut self, delivery: Delivery) {
        match delivery {
            Delivery::Draft | Delivery::Exercise | Delivery::Example => {}
            Delivery::OnThisPhone | Delivery::OnItsWay => self.waiting += 1,
            Delivery::Received => self.received += 1,
            Delivery::Refused => self.refused += 1,
        }
    }
}
