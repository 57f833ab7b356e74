//! Lists and counts, computed from the notebook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::change::{RecordKey, Value};
use domain::fold::{Deletion, Equivalence, LISTING, View, equivalence};
use domain::ids::{DeviceId, RecordId};
use domain::notebook::Notebook;
use domain::order::{self, Gather};
use domain::register::KnownVisit;

use super::App;
use super::delivery::{Deliveries, Delivery, author, is_own};
use super::drafts::{Draft, initiative_key};
use super::notes::NOTE_KINDS;

/// A visit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// The visit.
    pub id: RecordId,
    /// The collective, after merges.
    pub initiative: Option<RecordId>,
    /// Its alias, where this device knows it.
    pub alias: Option<String>,
    /// `YYYY-MM-DD`.
    pub visited_on: Option<String>,
    /// Code of `hosting_status`.
    pub hosting_status: Option<String>,
    /// Whether the collective refused to be noted.
    pub refused: bool,
    /// Whether this member wrote it.
    pub own: bool,
    /// A device of its author.
    pub device: Option<DeviceId>,
    /// How many fields people disagree about.
    pub conflicts: usize,
    /// Its state; for visits of others always received.
    pub state: Delivery,
}

/// A collective in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitiativeRow {
    /// The collective.
    pub id: RecordId,
    /// Its alias.
    pub alias: String,
    /// Its code.
    pub code: Option<String>,
    /// `be:21013`.
    pub place_code: Option<String>,
    /// Code of `housing_type`.
    pub housing_type: Option<String>,
    /// Month of the last visit, `YYYY-MM`.
    pub last_visit: Option<String>,
    /// Visits known here.
    pub visits: usize,
    /// Their days, and whether they are this member's.
    pub days: Vec<KnownVisit>,
    /// The month that the shared register names.
    pub listed_month: Option<String>,
    /// Whether it is active, or nothing else is said.
    pub active: bool,
    /// How many fields people disagree about.
    pub conflicts: usize,
    /// Whether only its row of the shared register is known here.
    pub listing_only: bool,
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
    /// The visits this device knows, the newest first; its own ones, or everybody's.
    pub fn visits(&self, own_only: bool) -> Vec<VisitRow> {
        self.read(|notebook| visits(notebook, own_only)).unwrap_or_default()
    }

    /// The collectives this device knows, by alias: records, and rows of the shared register.
    pub fn initiatives(&self) -> Vec<InitiativeRow> {
        self.read(initiatives).unwrap_or_default()
    }

    /// How much is where.
    pub fn counts(&self) -> Counts {
        self.read(counts).unwrap_or_default()
    }
}

/// Records and drafts on this device: what the canary counts.
pub(super) fn record_count(notebook: &Notebook) -> usize {
    let own = |kind| notebook.views(kind).filter(|view| is_own(notebook, view)).count();
    volunteer_kinds().map(own).sum::<usize>() + notebook.drafts().len()
}

/// So many visits a list shows before anybody scrolls, and some more.
const FIRST_SHOWN: usize = 40;

/// The visits that a list shows first, and the collectives that they name.
pub(super) fn newest_records(notebook: &Notebook) -> Vec<RecordKey> {
    let mut rows = visits(notebook, !notebook.is_coordinator());
    rows.truncate(FIRST_SHOWN);
    let at: BTreeSet<RecordId> = rows.iter().filter_map(|row| row.initiative).collect();
    let of_kind = |kind: &str, id: &RecordId| RecordKey { kind: kind.to_owned(), id: *id };
    let collectives = at.iter().flat_map(|id| [of_kind("initiative", id), of_kind(LISTING, id)]);
    rows.iter().map(|row| of_kind("visit", &row.id)).chain(collectives).collect()
}

/// Own visits that are received.
pub(super) fn received(notebook: &Notebook) -> usize {
    let deliveries = Deliveries::of(notebook);
    own(notebook, "visit").filter(|visit| deliveries.get(visit) == Delivery::Received).count()
}

/// Own records that no receipt names yet: what the canary counts.
pub(super) fn unreceived(notebook: &Notebook) -> usize {
    volunteer_kinds().map(|kind| notebook.unreceived_records(kind)).sum()
}

/// What volunteers write, beside collectives.
fn volunteer_kinds() -> impl Iterator<Item = &'static str> {
    NOTE_KINDS.into_iter().chain(["visit"])
}

/// The records of a kind there are to show.
pub(super) fn shown(notebook: &Notebook, kind: &str) -> impl Iterator<Item = Arc<View>> {
    notebook.views(kind).filter(|view| is_shown(view))
}

/// Whether there is a record to show: not deleted, and something of it counts.
pub(super) fn is_shown(view: &View) -> bool {
    view.deletion != Deletion::Deleted && !view.registers.is_empty()
}

fn own(notebook: &Notebook, kind: &str) -> impl Iterator<Item = Arc<View>> {
    shown(notebook, kind).filter(|view| is_own(notebook, view))
}

fn visits(notebook: &Notebook, own_only: bool) -> Vec<VisitRow> {
    let merged = merged(notebook);
    let aliases: BTreeMap<RecordId, String> =
        initiatives(notebook).into_iter().map(|row| (row.id, row.alias)).gather();
    let deliveries = Deliveries::of(notebook);
    let mut rows: Vec<VisitRow> = shown(notebook, "visit")
        .filter(|view| !own_only || is_own(notebook, view))
        .map(|view| visit_row(notebook, &view, &merged, &aliases, &deliveries))
        .collect();
    order::sort_by(&mut rows, |a, b| (&b.visited_on, b.id).cmp(&(&a.visited_on, a.id)));
    rows
}

fn visit_row(
    notebook: &Notebook,
    view: &View,
    merged: &Equivalence,
    aliases: &BTreeMap<RecordId, String>,
    deliveries: &Deliveries<'_>,
) -> VisitRow {
    let initiative = visited(view, merged);
    VisitRow {
        id: view.key.id,
        initiative,
        alias: initiative.and_then(|id| aliases.get(&id).cloned()),
        visited_on: view.text("visited_on").map(str::to_owned),
        hosting_status: view.text("hosting_status").map(str::to_owned),
        refused: view.text("consent_record") == Some("no"),
        own: is_own(notebook, view),
        device: author(notebook, view),
        conflicts: view.conflicts().count(),
        state: deliveries.get(view),
    }
}

fn initiatives(notebook: &Notebook) -> Vec<InitiativeRow> {
    let merged = merged(notebook);
    let mut visits: BTreeMap<RecordId, Visited> = BTreeMap::new();
    for visit in notebook.views("visit").filter(|view| view.deletion != Deletion::Deleted) {
        if let Some(id) = visited(&visit, &merged) {
            visits.entry(id).or_default().add(&visit, is_own(notebook, &visit));
        }
    }
    let mut rows: BTreeMap<RecordId, InitiativeRow> = BTreeMap::new();
    for (kind, listing_only) in [(LISTING, true), ("initiative", false)] {
        for view in notebook.views(kind).filter(|view| view.deletion != Deletion::Deleted) {
            // An emptied row, or one of which only proposals are known, is nobody to show.
            // While people disagree about its alias, a row has none; its code still tells which it is.
            let Some(alias) = view.text("alias").or_else(|| view.text("code")) else { continue };
            if merged.survivor(&view.key.id) != view.key.id {
                continue;
            }
            let Visited { count, last, days } =
                visits.get(&view.key.id).cloned().unwrap_or_default();
            let listed = view.text("last_visit_month").map(str::to_owned);
            let listed = listed.or(rows.remove(&view.key.id).and_then(|row| row.listed_month));
            let row = InitiativeRow {
                id: view.key.id,
                alias: alias.to_owned(),
                code: view.text("code").map(str::to_owned),
                place_code: view.text("place_code").map(str::to_owned),
                housing_type: view.text("housing_type").map(str::to_owned),
                last_visit: last.max(listed.clone()),
                visits: count,
                days,
                listed_month: listed,
                active: view.text("state").is_none_or(|state| state == "active"),
                conflicts: view.conflicts().count(),
                listing_only,
            };
            rows.insert(view.key.id, row);
        }
    }
    // The key is made once for each.
    let keyed = |row: InitiativeRow| ((domain::forms::search_key(&row.alias), row.id), row);
    let mut rows: Vec<_> = rows.into_values().map(keyed).collect();
    order::sort_by(&mut rows, |(a, _), (b, _)| a.cmp(b));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The visits to one collective.
#[derive(Clone, Default)]
struct Visited {
    count: usize,
    last: Option<String>,
    days: Vec<KnownVisit>,
}

impl Visited {
    fn add(&mut self, visit: &View, own: bool) {
        self.count += 1;
        let Some(date) = visit.text("visited_on") else { return };
        self.last = date.get(..7).map(str::to_owned).max(self.last.take());
        self.days.extend(date.parse().ok().map(|on| KnownVisit { on, own }));
    }
}

fn counts(notebook: &Notebook) -> Counts {
    let mut counts = Counts {
        drafts: notebook
            .drafts()
            .values()
            .filter(|bytes| Draft::from_bytes(bytes).is_some())
            .count(),
        unconfirmed: notebook.waiting(domain::reading::Wait::Confirmation),
        ..Counts::default()
    };
    let deliveries = Deliveries::of(notebook);
    own(notebook, "visit").for_each(|visit| counts.visits.add(deliveries.get(&visit)));
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

fn visited(visit: &View, merged: &Equivalence) -> Option<RecordId> {
    let id = visit.text("initiative_id").and_then(|id| RecordId::parse(id).ok())?;
    Some(merged.survivor(&id))
}

fn merged(notebook: &Notebook) -> Equivalence {
    let pair = |view: Arc<View>| {
        let Some(Value::Text(into)) = view.value("merged_into") else { return None };
        Some((view.key.id, RecordId::parse(into).ok()?))
    };
    let rows = notebook.views(LISTING).chain(notebook.views("initiative"));
    equivalence(&rows.filter_map(pair).gather())
}

impl App {
    /// The collective that a visit was to, after merges.
    pub fn visited(&self, visit: RecordId) -> Option<RecordId> {
        let key = RecordKey { kind: "visit".to_owned(), id: visit };
        self.read(|notebook| visited(&notebook.view(&key), &merged(notebook))).flatten()
    }

    /// One collective, by its key; the record where it is known, else its row of the shared register.
    pub fn initiative(&self, id: RecordId) -> Option<Arc<View>> {
        self.read(|notebook| {
            let record = notebook.view(&initiative_key(id));
            if record.registers.is_empty() {
                let key = RecordKey { kind: LISTING.to_owned(), id };
                notebook.view(&key)
            } else {
                record
            }
        })
    }
}
