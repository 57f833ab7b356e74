//! All that is known of one record: its changes, and where each came from.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use serde::{Deserialize, Serialize};

use crate::change::{BadChange, Change, RecordKey};
use crate::codec::{self, Malformed};
use crate::ids::{ChangeId, DeviceId, EntryId};
use crate::ledger::Erasures;
use crate::order::Gather;

/// Who made a change: the device that signed the bundle it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// The device.
    pub device: DeviceId,
    /// The bundle; none for a change made here that is not packed yet.
    pub bundle: Option<EntryId>,
    /// Who says so, where the change was sealed anew: it is believed only as far as that device is.
    pub voucher: Option<Voucher>,
}

/// A device that sealed another's change anew, and its bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Voucher {
    /// The device.
    pub device: DeviceId,
    /// Its bundle.
    pub bundle: EntryId,
}

/// A change and everyone who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The change.
    pub change: Change,
    /// Where it came from, once or several times.
    pub sources: BTreeSet<Source>,
}

/// A record's changes. It only grows, but for erasures and for what its author takes back before anybody has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    key: RecordKey,
    changes: BTreeMap<ChangeId, Held>,
}

/// As stored: each change beside its id, which a device that starts does not compute for all of them anew.
#[derive(Serialize, Deserialize)]
struct Stored<'b> {
    key: RecordKey,
    #[serde(borrow)]
    changes: Vec<(ChangeId, &'b [u8], BTreeSet<Source>)>,
}

/// As stored before.
#[derive(Serialize, Deserialize)]
struct StoredV1 {
    key: RecordKey,
    changes: Vec<(Vec<u8>, BTreeSet<Source>)>,
}

impl Source {
    /// A device's own word.
    pub fn own(device: DeviceId, bundle: Option<EntryId>) -> Self {
        Self { device, bundle, voucher: None }
    }
}

impl History {
    /// A record of which nothing is known yet.
    pub fn new(key: RecordKey) -> Self {
        Self { key, changes: BTreeMap::new() }
    }

    /// The record.
    pub fn key(&self) -> &RecordKey {
        &self.key
    }

    /// Its changes, by id.
    pub fn changes(&self) -> &BTreeMap<ChangeId, Held> {
        &self.changes
    }

    /// Takes a change in; true when that told anything new. A change of another record is not taken.
    pub fn insert(&mut self, change: Change, source: Source) -> bool {
        if *change.record() != self.key {
            return false;
        }
        match self.changes.get_mut(&change.id()) {
            None => {
                let sources = iter::once(source).gather();
                self.changes.insert(change.id(), Held { change, sources });
                true
            }
            Some(held) => {
                let joined = held.change.joined(&change);
                let fuller = joined != held.change;
                held.change = joined;
                held.sources.insert(source) || fuller
            }
        }
    }

    /// Takes another device's history of the same record in.
    pub fn merge(&mut self, other: &Self) {
        for held in other.changes.values() {
            for source in &held.sources {
                self.insert(held.change.clone(), *source);
            }
        }
    }

    /// Drops a change that is in no bundle, and returns it.
    pub fn unsay(&mut self, id: &ChangeId) -> Option<Change> {
        self.changes.remove(id).map(|held| held.change)
    }

    /// Drops what was ordered to be erased; true when anything was. A record erased whole becomes empty.
    pub fn erase(&mut self, erasures: &Erasures) -> bool {
        let before = self.clone();
        if erasures.record(&self.key.id) {
            self.changes.clear();
        } else {
            let key = self.key.id;
            for held in self.changes.values_mut() {
                held.change = held.change.redacted(|edit| erasures.field(&key, &edit.field));
            }
        }
        *self != before
    }

    /// Keeps the changes and drops their edits of all fields but those that stay; true when any was dropped.
    /// Taking the whole changes in again brings them back.
    pub fn withhold(&mut self, stays: impl Fn(&str) -> bool) -> bool {
        let mut dropped = false;
        for held in self.changes.values_mut() {
            if held.change.edits().any(|edit| !stays(&edit.field)) {
                held.change = held.change.redacted(|edit| !stays(&edit.field));
                dropped = true;
            }
        }
        dropped
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// As stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoded: Vec<Vec<u8>> =
            self.changes.values().map(|held| held.change.to_bytes()).collect();
        let changes = self.changes.iter().zip(&encoded);
        let changes = changes.map(|((id, held), bytes)| (*id, &bytes[..], held.sources.clone()));
        codec::encode(2, &Stored { key: self.key.clone(), changes: changes.collect() })
    }

    /// As read back.
    ///
    /// # Errors
    /// [`BadChange`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadChange> {
        if bytes.first() == Some(&1) {
            return Self::from_v1(bytes);
        }
        let Stored { key, changes } = codec::decode_kept(2, bytes)?;
        let change = |(id, bytes, sources): (_, &[u8], _)| Ok((Change::kept(id, bytes)?, sources));
        Self::of_changes(key, changes.into_iter().map(change))
    }

    fn from_v1(bytes: &[u8]) -> Result<Self, BadChange> {
        let StoredV1 { key, changes } = codec::decode(1, bytes)?;
        let change = |(bytes, sources): (Vec<u8>, _)| Ok((Change::from_bytes(&bytes)?, sources));
        Self::of_changes(key, changes.into_iter().map(change))
    }

    fn of_changes(
        key: RecordKey,
        changes: impl Iterator<Item = Result<(Change, BTreeSet<Source>), BadChange>>,
    ) -> Result<Self, BadChange> {
        let mut history = Self::new(key);
        for held in changes {
            let (change, sources) = held?;
            if *change.record() != history.key {
                return Err(Malformed::Shape.into());
            }
            history.changes.insert(change.id(), Held { change, sources });
        }
        Ok(history)
    }
}
