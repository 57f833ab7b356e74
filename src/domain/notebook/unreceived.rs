//! What no receipt names yet: how much, and since when.

use std::collections::BTreeSet;

use super::Notebook;
use crate::change::RecordKey;
use crate::fold::History;
use crate::order::Gather;
use crate::replica::Delivery;

impl Notebook {
    /// When the oldest change of this device was made that no receipt names yet: milliseconds since 1970 on
    /// this phone's clock. None when everything is received.
    pub fn oldest_unreceived(&self) -> Option<u64> {
        let unpacked = self.unsent.values().map(|unsent| unsent.change.at().millis);
        let pending = self.dispatches.values().filter(|dispatch| dispatch.delivery.pending());
        let packed = pending.flat_map(|dispatch| {
            let histories = dispatch.records.iter().filter_map(|record| self.histories.get(record));
            let changes = histories.flat_map(History::changes);
            changes
                .filter(|(id, _)| dispatch.changes.contains(id))
                .map(|(_, held)| held.change.at().millis)
        });
        unpacked.chain(packed).min()
    }

    /// The records of which something is named by no receipt that this device has to pack or
    /// one of its member packed: it waits, or was refused. What it only passes on for others is none of it.
    pub fn unreceived_of_own(&self) -> BTreeSet<&RecordKey> {
        let unpacked = self.unsent.values().map(|unsent| unsent.change.record());
        let lacking = self.dispatches.iter().filter(|(id, dispatch)| {
            let refused = matches!(dispatch.delivery, Delivery::Refused(_));
            self.is_of_member(id) && (refused || dispatch.delivery.pending())
        });
        unpacked.chain(lacking.flat_map(|(_, dispatch)| &dispatch.records)).gather()
    }

    /// The records of a kind of which something is named by no receipt yet.
    pub fn unreceived_records(&self, kind: &str) -> BTreeSet<&RecordKey> {
        let unpacked = self.unsent.values().map(|unsent| unsent.change.record());
        let pending = self.dispatches.values().filter(|dispatch| dispatch.delivery.pending());
        let records = unpacked.chain(pending.flat_map(|dispatch| &dispatch.records));
        records.filter(|record| record.kind == kind).gather()
    }
}
