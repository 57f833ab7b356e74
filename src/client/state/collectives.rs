//! The collectives known here, to be looked through at the door.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::forms::{Answer, Answers, CivilDate, Label, Language, initiative_form};
use domain::ids::RecordId;
use domain::order::Gather;
use domain::register::{Claim, Known, Likeness, Register, no_neighbours, recent_claims};
use leptos::prelude::*;

use super::App;
use super::initiatives::InitiativeRow;

/// The collectives of one moment, by alias, with an index over them. Cheap to clone.
#[derive(Clone)]
pub struct Collectives(Arc<Inner>);

struct Inner {
    rows: Vec<InitiativeRow>,
    places: BTreeMap<RecordId, usize>,
    register: Register,
}

/// Rows that were found: the best first, and how many there are in all.
pub type Found<'a> = (Vec<&'a InitiativeRow>, usize);

/// Two are equal when they are one: [`App::collectives`] makes another only when a row has changed.
impl PartialEq for Collectives {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl App {
    /// The collectives that this device knows. The notebook changes at every pause in typing, its
    /// collectives seldom: the index is made anew only when one of them has.
    pub fn collectives(&self) -> Memo<Collectives> {
        let app = *self;
        let rows = Memo::new(move |_| app.initiatives());
        Memo::new(move |_| Collectives::of(rows.get()))
    }
}

impl Collectives {
    fn of(rows: Vec<InitiativeRow>) -> Self {
        let mut register = Register::new();
        name_types(&mut register);
        for row in &rows {
            let days: Vec<CivilDate> = row.days.iter().map(|visit| visit.on).collect();
            register.insert(&known(row, &days));
        }
        let places = rows.iter().enumerate().map(|(at, row)| (row.id, at)).gather();
        Self(Arc::new(Inner { rows, places, register }))
    }

    /// All of them, by alias.
    pub fn rows(&self) -> &[InitiativeRow] {
        &self.0.rows
    }

    /// One of them.
    pub fn get(&self, id: &RecordId) -> Option<&InitiativeRow> {
        self.0.places.get(id).and_then(|at| self.0.rows.get(*at))
    }

    /// Those that are meant by a code or by words, at most so many; all of them while nothing is typed.
    pub fn find(&self, typed: &str, most: usize) -> Found<'_> {
        if typed.trim().is_empty() {
            return (self.rows().iter().take(most).collect(), self.rows().len());
        }
        let found = self.0.register.find(typed, most);
        (found.best.iter().filter_map(|id| self.get(id)).collect(), found.total)
    }

    /// Those that this member visited, the latest first; after them those that others visited last.
    pub fn recent(&self, most: usize) -> Found<'_> {
        let own = self.0.register.recent(most);
        let mut recent: Vec<&InitiativeRow> = own.iter().filter_map(|id| self.get(id)).collect();
        let mut others: Vec<&InitiativeRow> = Vec::new();
        for row in self.rows().iter().filter(|row| !own.contains(&row.id)) {
            let at = others.partition_point(|held| held.last_visit >= row.last_visit);
            others.insert(at, row);
            others.truncate(most);
        }
        recent.extend(others);
        recent.truncate(most);
        (recent, self.rows().len())
    }

    /// Those that may be the collective with these answers that was visited on this day, the surest first, at most so
    /// many.
    pub fn alike(
        &self,
        id: RecordId,
        answers: &Answers,
        visited_on: Option<CivilDate>,
        most: usize,
    ) -> Vec<Likeness> {
        let text = |key: &str| match answers.get(key) {
            Some(Answer::Text(text) | Answer::Code(text)) => Some(text.as_str()),
            _ => None,
        };
        let district = match answers.get("quartier_mdrc") {
            Some(Answer::Int(district)) => u8::try_from(*district).ok(),
            _ => None,
        };
        let one = Known {
            place_code: text("place_code"),
            housing_type: text("housing_type"),
            district,
            hosting_since: text("hosting_since").and_then(|year| year.parse().ok()),
            households_band: text("households_band"),
            visits: visited_on.as_slice(),
            ..Known::new(id, text("alias").unwrap_or_default())
        };
        self.0.register.alike(&one, None, no_neighbours, most)
    }
}

impl InitiativeRow {
    /// What is to be said of visits in the last thirty days.
    pub fn recent_claims(&self, today: CivilDate) -> Vec<Claim> {
        recent_claims(today, self.listed_month.as_deref(), &self.days)
    }
}

fn known<'a>(row: &'a InitiativeRow, days: &'a [CivilDate]) -> Known<'a> {
    let own = row.days.iter().filter(|visit| visit.own).map(|visit| visit.on);
    Known {
        code: row.code.as_deref(),
        place_code: row.place_code.as_deref(),
        housing_type: row.housing_type.as_deref(),
        active: row.at_rest().is_none(),
        district: row.district,
        hosting_since: row.hosting_since,
        households_band: row.households_band.as_deref(),
        visits: days,
        own_visit: own.max(),
        ..Known::new(row.id, &row.alias)
    }
}

/// A housing type is found by its name in every language: people type what they say.
fn name_types(register: &mut Register) {
    let form = initiative_form();
    let Some(field) = form.field("housing_type") else { return };
    for choice in form.choices(field) {
        let in_all = |label: &Label| {
            let names = [Language::Fr, Language::Nl, Language::En].map(|tag| label.get(tag));
            names.join(" ")
        };
        register.name(&choice.code, &in_all(&choice.label));
    }
}
