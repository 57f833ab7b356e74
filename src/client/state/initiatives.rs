//! The collectives that this device knows, after merges: from their records, and from the shared register.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::change::{RecordKey, Value};
use domain::fold::{Deletion, Equivalence, LISTING, View, equivalence};
use domain::forms::CivilDate;
use domain::ids::RecordId;
use domain::notebook::{Notebook, VisitOutline};
use domain::order::{self, Gather};
use domain::register::KnownVisit;

use super::App;
use super::drafts::initiative_key;

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
    /// Its residential district; not in the shared register, as the two below.
    pub district: Option<u8>,
    /// The year since which it hosts.
    pub hosting_since: Option<u16>,
    /// Code of `band_households`.
    pub households_band: Option<String>,
    /// Month of the last visit, `YYYY-MM`.
    pub last_visit: Option<String>,
    /// Visits known here.
    pub visits: usize,
    /// Their days, and whether they are this member's.
    pub days: Vec<KnownVisit>,
    /// The month that the shared register names.
    pub listed_month: Option<String>,
    /// Code of `listing_state`.
    pub state: Option<String>,
    /// How many fields people disagree about.
    pub conflicts: usize,
    /// How many corrections wait for the coordination.
    pub proposals: usize,
    /// Whether only its row of the shared register is known here.
    pub listing_only: bool,
}

impl InitiativeRow {
    /// Its state, unless it is active or nothing is said.
    pub fn at_rest(&self) -> Option<&str> {
        self.state.as_deref().filter(|state| *state != "active")
    }
}

impl App {
    /// The collectives this device knows, by alias: records, and rows of the shared register.
    pub fn initiatives(&self) -> Vec<InitiativeRow> {
        self.read(initiatives).unwrap_or_default()
    }

    /// The collective that a visit was to, after merges.
    pub fn visited(&self, visit: RecordId) -> Option<RecordId> {
        let key = RecordKey { kind: "visit".to_owned(), id: visit };
        let at =
            |notebook: &Notebook| visited(&notebook.view(&key)).map(|id| survivor(notebook, id));
        self.read(at).flatten()
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

/// What a collective is called: by its record, else by its row of the shared register.
pub(super) fn alias(notebook: &Notebook, id: RecordId) -> Option<String> {
    let listing = RecordKey { kind: LISTING.to_owned(), id };
    [initiative_key(id), listing]
        .iter()
        .find_map(|key| called(&notebook.view(key)).map(str::to_owned))
}

/// None for an emptied row, and for one of which only proposals are known: it is nobody to show. While people
/// disagree about its alias, a row has none; its code still tells which it is.
fn called(view: &View) -> Option<&str> {
    let is_there = view.deletion != Deletion::Deleted;
    view.text("alias").or_else(|| view.text("code")).filter(|_| is_there)
}

fn initiatives(notebook: &Notebook) -> Vec<InitiativeRow> {
    let merged = merged(notebook);
    let mut visits: BTreeMap<RecordId, Visited> = BTreeMap::new();
    for visit in notebook.visit_outlines().filter(|visit| visit.shown) {
        if let Some(id) = visit.initiative {
            visits.entry(merged.survivor(&id)).or_default().add(&visit);
        }
    }
    let mut rows: BTreeMap<RecordId, InitiativeRow> = BTreeMap::new();
    for (kind, listing_only) in [(LISTING, true), ("initiative", false)] {
        for view in notebook.views(kind) {
            let Some(alias) = called(&view) else { continue };
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
                district: match view.value("quartier_mdrc") {
                    Some(Value::Int(district)) => u8::try_from(*district).ok(),
                    _ => None,
                },
                hosting_since: view.text("hosting_since").and_then(|year| year.parse().ok()),
                households_band: view.text("households_band").map(str::to_owned),
                last_visit: last.map(CivilDate::month).max(listed.clone()),
                visits: count,
                days,
                listed_month: listed,
                state: view.text("state").map(str::to_owned),
                conflicts: view.conflicts().count(),
                proposals: view.proposals.len(),
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
    last: Option<CivilDate>,
    days: Vec<KnownVisit>,
}

impl Visited {
    fn add(&mut self, visit: &VisitOutline) {
        self.count += 1;
        self.last = self.last.max(visit.visited_on);
        self.days.extend(visit.visited_on.map(|on| KnownVisit { on, own: visit.own }));
    }
}

pub(super) fn visited(visit: &View) -> Option<RecordId> {
    visit.text("initiative_id").and_then(|id| RecordId::parse(id).ok())
}

fn merged_into(view: &View) -> Option<RecordId> {
    let Some(Value::Text(into)) = view.value("merged_into") else { return None };
    RecordId::parse(into).ok()
}

/// What [`merged`] says of one collective: what it is about depends on what it was merged into, and so on.
pub(super) fn survivor(notebook: &Notebook, id: RecordId) -> RecordId {
    let mut pairs = BTreeMap::new();
    let mut at = id;
    while !pairs.contains_key(&at) {
        let listing = RecordKey { kind: LISTING.to_owned(), id: at };
        let keys = [initiative_key(at), listing];
        let into = keys.iter().find_map(|key| merged_into(&notebook.view(key)));
        let Some(into) = into else { break };
        pairs.insert(at, into);
        at = into;
    }
    equivalence(&pairs).survivor(&id)
}

pub(super) fn merged(notebook: &Notebook) -> Equivalence {
    let pair = |view: Arc<View>| Some((view.key.id, merged_into(&view)?));
    let rows = notebook.views(LISTING).chain(notebook.views("initiative"));
    equivalence(&rows.filter_map(pair).gather())
}
