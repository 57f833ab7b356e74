//! What everybody was promised: the changes that were shown as saved, and what was ordered to be erased.

use std::collections::{BTreeMap, BTreeSet};

use domain::bundle::Audience;
use domain::change::{Change, RecordKey};
use domain::ids::{ChangeId, DeviceId, EntryId, MemberId, RecordId};

/// A change that a device showed as saved.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    pub(super) change: Change,
    pub(super) device: DeviceId,
    pub(super) audience: Audience,
    /// Which change of its profile it was, counted.
    pub(super) counter: u32,
}

/// Everything promised.
#[derive(Debug, Default)]
pub(super) struct Truth {
    /// The records, in the order in which they were begun.
    pub(super) records: Vec<RecordKey>,
    /// Who began them.
    pub(super) creators: BTreeMap<RecordKey, MemberId>,
    pub(super) saved: BTreeMap<ChangeId, Saved>,
    /// Records that were ordered to be erased.
    pub(super) erased: BTreeSet<RecordId>,
    /// The revocations that were signed, and the devices that they put out.
    pub(super) revocations: BTreeMap<EntryId, DeviceId>,
    /// The devices of which somebody was told that they are out.
    pub(super) put_out: BTreeSet<DeviceId>,
    /// For each device put out or lost, the changes of it that others had seen: these still count.
    pub(super) gone: BTreeMap<DeviceId, BTreeSet<ChangeId>>,
}

impl Truth {
    pub(super) fn begin(&mut self, key: &RecordKey, member: MemberId) {
        if !self.records.contains(key) {
            self.records.push(key.clone());
            self.creators.insert(key.clone(), member);
        }
    }

    /// The changes that must be everywhere in their audience.
    pub(super) fn owed(&self) -> impl Iterator<Item = (&ChangeId, &Saved)> {
        self.saved.iter().filter(|(id, saved)| {
            let erased = self.erased.contains(&saved.change.record().id);
            let late = self.gone.get(&saved.device).is_some_and(|seen| !seen.contains(id));
            !erased && !late
        })
    }
}
