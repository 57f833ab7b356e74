//! The register as one device knows it: finding a collective at the door.
//!
//! ```text
//!   typed ──search_key──► words ──every word fits──► rows, ranked ──► the best few
//!   a new collective ──same place, signs of likeness──► "already visited?"
//! ```
//!
//! It is built once from what the notebook shows and updated row by row. Nothing of it is stored: it is a
//! function of the records. Merged collectives are one row, the surviving one; the caller sees to that.

mod card;
mod drawing;
mod finding;
mod likeness;
mod recency;
mod row;
mod trigrams;
mod words;

#[cfg(test)]
mod tests;

pub use card::{Card, CardText, LONGEST_CONTACT, NotACard};
pub use drawing::{Clash, draw_code};
pub use finding::Found;
pub use likeness::{Likeness, SUGGESTED_FROM, Sign, no_neighbours};
pub use recency::{Claim, KnownVisit, recent_claims};

use std::collections::BTreeMap;

use self::row::{Codes, Row};
use crate::forms::CivilDate;
use crate::ids::RecordId;

/// What is known here of one collective. All but the id and the alias may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its record.
    pub id: RecordId,
    /// Its alias.
    pub alias: &'a str,
    /// Its code, six characters as stored; what is no code counts as none.
    pub code: Option<&'a str>,
    /// `be:21013`.
    pub place_code: Option<&'a str>,
    /// Code of `housing_type`.
    pub housing_type: Option<&'a str>,
    /// Whether its state is `active`, or not said.
    pub active: bool,
    /// Residential district, 1 to 118. Coordinators know it.
    pub district: Option<u8>,
    /// The year. Coordinators know it.
    pub hosting_since: Option<u16>,
    /// Code of `band_households`. Coordinators know it.
    pub households_band: Option<&'a str>,
    /// The days of the visits known here: own ones on a volunteer's phone.
    pub visits: &'a [CivilDate],
    /// The day of this member's last visit.
    pub own_visit: Option<CivilDate>,
}

/// The collectives known here.
///
/// Some 250 bytes a row. It is the same whatever the order in which rows came.
#[derive(Debug, Clone, Default)]
pub struct Register {
    rows: BTreeMap<RecordId, Row>,
    codes: Codes,
}

impl<'a> Known<'a> {
    /// A collective of which nothing else is known.
    pub fn new(id: RecordId, alias: &'a str) -> Self {
        Self {
            id,
            alias,
            code: None,
            place_code: None,
            housing_type: None,
            active: true,
            district: None,
            hosting_since: None,
            households_band: None,
            visits: &[],
            own_visit: None,
        }
    }
}

impl Register {
    /// A register without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// The words under which the rows of a housing type, or of a place that is no commune of Brussels, are
    /// found too: its labels in every language. Communes of Brussels have their names and postal codes.
    pub fn name(&mut self, code: &str, words: &str) {
        self.codes.name(code, words);
    }

    /// Takes a row in, in the place of an earlier one of the same collective.
    pub fn insert(&mut self, known: &Known<'_>) {
        let row = Row::new(known, &mut self.codes);
        self.rows.insert(known.id, row);
    }

    /// Takes a row out; true when there was one.
    pub fn remove(&mut self, id: &RecordId) -> bool {
        self.rows.remove(id).is_some()
    }

    /// What is known of a collective.
    pub fn get(&self, id: &RecordId) -> Option<Known<'_>> {
        self.rows.get(id).map(|row| row.known(*id, &self.codes))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The collectives that this member visited, the latest first, at most so many; of one day by alias.
    pub fn recent(&self, most: usize) -> Vec<RecordId> {
        let visited = self.rows.iter().filter(|(_, row)| row.own_visit.is_some());
        let ranked = visited.map(|(id, row)| (std::cmp::Reverse(row.own_visit), &*row.key, *id));
        finding::first(ranked, most).0.into_iter().map(|(.., id)| id).collect()
    }
}
