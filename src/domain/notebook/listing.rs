//! Keeping the shared register: a duty of coordinators' devices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rows::Writes;
use super::{Notebook, SaveError};
use crate::change::{Edit, RecordKey, Value};
use crate::fold::{Deletion, Equivalence, Held, LISTING, View, equivalence, listing_edits};
use crate::ids::{ChangeId, RecordId};
use crate::order::Gather;

/// The most rows written at once; the next sync writes on.
const ROWS: usize = 200;
/// A device that said the same of a row so often, and was replaced by another's each time, talks to another
/// version of the app, and neither must fill the ledger. It still takes away what the network must not see.
const INSISTS: usize = 8;

impl Notebook {
    /// Brings the rows of the shared register up to date with the collectives, on a coordinator's device:
    /// after each pull, for what others noted. Nothing to write for everybody else, on a copy, which could not
    /// send it, and when all is right.
    /// A row whose collective is not known here says what it said.
    pub fn keep_listing(&mut self, now: u64, rng: &mut impl rand_core::CryptoRng) -> Writes {
        let mut writes = Writes::default();
        if self.listing_kept || self.copy || !self.is_coordinator() {
            return writes;
        }
        let months = self.last_visit_months();
        let of_kind = self.histories.of_kind("initiative");
        let mut rows = 0;
        for initiative in of_kind.cloned().collect::<Vec<_>>() {
            let (row, mut edits) = self.row_edits(&initiative, &months);
            edits.retain(|edit| !self.insisted(&row, edit));
            // An erased row is nobody's to write.
            if let Ok(more) = self.save_edits(&row, edits, now, rng) {
                writes.append(more);
                rows += 1;
            }
            if rows == ROWS {
                return writes;
            }
        }
        self.listing_kept = true;
        writes
    }

    /// Brings one row up to date, on a coordinator's device: at once with its own correction.
    ///
    /// # Errors
    /// [`SaveError::Nothing`] when the row is right already, or is not this device's to write.
    pub fn save_listing(
        &mut self,
        initiative: &RecordKey,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        if !self.is_coordinator() {
            return Err(SaveError::Nothing);
        }
        let (row, edits) = self.row_edits(initiative, &self.last_visit_months());
        self.save_edits(&row, edits, now, rng)
    }

    fn row_edits(
        &self,
        initiative: &RecordKey,
        months: &BTreeMap<RecordId, String>,
    ) -> (RecordKey, Vec<Edit>) {
        let row = RecordKey { kind: LISTING.to_owned(), id: initiative.id };
        let month = months.get(&initiative.id).map(String::as_str);
        let edits = listing_edits(&self.view(initiative), &self.view(&row), month);
        (row, edits)
    }

    /// Whether this device said so often enough, and another put something else in its place each time.
    fn insisted(&self, row: &RecordKey, edit: &Edit) -> bool {
        let (me, Some(history)) = (self.device(), self.histories.get(row)) else { return false };
        let mine = |held: &Held| held.sources.iter().any(|source| source.device == me);
        let of_field = |held: &'_ Held| -> Option<Edit> {
            held.change.edits().find(|other| other.field == edit.field).cloned()
        };
        let others = history.changes().values().filter(|held| !mine(held)).filter_map(of_field);
        let replaced: BTreeSet<ChangeId> = others.flat_map(|other| other.replaces).gather();
        let said = replaced.iter().filter_map(|id| history.changes().get(id));
        let said = said.filter(|held| mine(held)).filter_map(of_field);
        edit.value.is_some() && said.filter(|said| said.value == edit.value).count() >= INSISTS
    }

    /// The month of the last visit to each collective, `YYYY-MM`, from the visits whose date and collective
    /// nobody disputes.
    fn last_visit_months(&self) -> BTreeMap<RecordId, String> {
        let merged = self.merged();
        let mut months: BTreeMap<RecordId, String> = BTreeMap::new();
        for visit in self.views("visit").filter(|visit| visit.deletion != Deletion::Deleted) {
            let of = reference(&visit, "initiative_id").map(|id| merged.survivor(&id));
            let date = visit.agreed("visited_on").and_then(Value::as_text);
            if let (Some(of), Some(month)) = (of, date.and_then(|date| date.get(..7))) {
                let last = months.entry(of).or_default();
                if month > last.as_str() {
                    month.clone_into(last);
                }
            }
        }
        months
    }

    fn merged(&self) -> Equivalence {
        let pair = |view: Arc<View>| Some((view.key.id, reference(&view, "merged_into")?));
        equivalence(&self.views("initiative").filter_map(pair).gather())
    }
}

fn reference(view: &View, field: &str) -> Option<RecordId> {
    RecordId::parse(view.agreed(field)?.as_text()?).ok()
}
