//! How far records have come, found for all of them in one pass.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use crate::change::RecordKey;
use crate::order::Gather;
use crate::replica::{Delivery, RecordState, Stuck, record_state};

/// What may be said of every record's way to the server.
pub struct RecordStates<'n> {
    notebook: &'n Notebook,
    /// Of records of which something is unpacked, or travels from here, or travelled.
    sent_from_here: BTreeMap<&'n RecordKey, RecordState>,
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
            let served = self.held.get(id).is_some_and(|held| held.number.is_some());
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
        let mut sent_from_here: BTreeMap<&RecordKey, RecordState> =
            deliveries.into_iter().map(state).gather();
        let too_large = self.stuck.iter().filter(|(_, why)| **why == Stuck::TooLarge);
        for unsent in too_large.filter_map(|(id, _)| self.unsent.get(id)) {
            sent_from_here.insert(unsent.change.record(), RecordState::Refused);
        }
        RecordStates { notebook: self, sent_from_here }
    }
}

impl RecordStates<'_> {
    /// What may be said of a record.
    #[must_use]
    pub fn get(&self, key: &RecordKey) -> RecordState {
        match self.sent_from_here.get(key) {
            _ if self.notebook.is_training() => RecordState::Exercise,
            Some(state) => *state,
            // Another phone of this member wrote it.
            None if self.notebook.came_from_server(key) => RecordState::Received,
            None => RecordState::OnThisPhone,
        }
    }
}
