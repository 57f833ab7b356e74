//! How far records have come, found for all of them in one pass.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use crate::change::RecordKey;
use crate::fold::{Held, History};
use crate::ids::EntryId;
use crate::order::Gather;
use crate::replica::{Delivery, RecordState, Stuck, record_state};

/// What may be said of every record's way to the server.
pub struct RecordStates<'n> {
    notebook: &'n Notebook,
    /// Of records of which something is unpacked, or in a bundle that has not come through.
    moving: BTreeMap<&'n RecordKey, RecordState>,
}

impl Notebook {
    /// What may be said of every record's way to the server, at this moment.
    pub fn record_states(&self) -> RecordStates<'_> {
        self.states_where(|_| true)
    }

    /// What may be said of one record's way to the server.
    pub fn record_state(&self, key: &RecordKey) -> RecordState {
        self.states_where(|record| record == key).get(key)
    }

    fn states_where(&self, wanted: impl Fn(&RecordKey) -> bool) -> RecordStates<'_> {
        let mut deliveries: BTreeMap<&RecordKey, Vec<(&Delivery, bool)>> = BTreeMap::new();
        for (id, dispatch) in &self.dispatches {
            let served = self.is_in_history(id);
            if record_state(false, [(&dispatch.delivery, served)]) == RecordState::Received {
                continue;
            }
            for record in dispatch.records.iter().filter(|record| wanted(record)) {
                deliveries.entry(record).or_default().push((&dispatch.delivery, served));
            }
        }
        let unpacked = self.unsent.values().map(|unsent| unsent.change.record());
        let unpacked: BTreeSet<&RecordKey> = unpacked.filter(|record| wanted(record)).gather();
        for record in &unpacked {
            deliveries.entry(record).or_default();
        }
        let state =
            |(record, deliveries)| (record, record_state(unpacked.contains(record), deliveries));
        let mut moving: BTreeMap<&RecordKey, RecordState> =
            deliveries.into_iter().map(state).gather();
        let too_large = self.stuck.iter().filter(|(_, why)| **why == Stuck::TooLarge);
        for unsent in too_large.filter_map(|(id, _)| self.unsent.get(id)) {
            moving.insert(unsent.change.record(), RecordState::Refused);
        }
        RecordStates { notebook: self, moving }
    }

    fn is_in_history(&self, id: &EntryId) -> bool {
        self.held.get(id).is_some_and(|held| held.number.is_some())
    }

    /// Whether nothing of a record that is not moving is on this device alone.
    fn came_through(&self, record: &RecordKey, history: Option<&History>) -> bool {
        // What its changes name is quickly found; what was sent from here, else, is looked for in all bundles.
        let through = |id: &EntryId| self.is_in_history(id) || self.dispatches.contains_key(id);
        let named = |held: &Held| {
            let mut bundles = held.sources.iter().filter_map(|source| source.bundle);
            bundles.any(|id| through(&id))
        };
        history.is_some_and(|history| history.changes().values().all(named))
            || self.dispatches.values().any(|dispatch| dispatch.records.contains(record))
    }
}

impl RecordStates<'_> {
    /// What may be said of a record.
    #[must_use]
    pub fn get(&self, key: &RecordKey) -> RecordState {
        self.of(key, self.notebook.history(key))
    }

    /// What may be said of the record of this history.
    pub(super) fn of(&self, key: &RecordKey, history: Option<&History>) -> RecordState {
        match self.moving.get(key) {
            _ if self.notebook.is_training() => RecordState::Exercise,
            Some(state) => *state,
            None if self.notebook.came_through(key, history) => RecordState::Received,
            None => RecordState::OnThisPhone,
        }
    }
}
