//! The rows that a vault stores for a notebook.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::change::RecordKey;
use crate::codec;
use crate::ids::{DeviceId, EntryId, MemberId};
use crate::keys::{DeviceKeys, NetworkKeys, Wrap};
use crate::ledger::Kind;
use crate::reading::Wait;
use crate::roster::Role;

/// The tables of a vault. Their numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Table {
    /// Who this device is: one row.
    Identity = 1,
    /// The roster's entries, by their place.
    Roster = 2,
    /// Cursor, tips and clock: one row.
    Sync = 3,
    /// The histories of records, by record.
    Histories = 4,
    /// Half-filled forms, by the record they will become.
    Drafts = 5,
    /// Changes that wait for a bundle, by change.
    Unsent = 6,
    /// How far this device's entries have come, by entry.
    Dispatches = 7,
    /// What is known of each ledger entry held, by entry.
    Held = 8,
    /// The bytes of ledger entries, by entry: read one at a time, not at the start.
    Entries = 9,
    /// Everything ever ordered to be erased: one row.
    Erasures = 10,
    /// Which entries spoke of records that leave this device one day, by entry.
    Carried = 11,
    /// Records whose content left this device, by record.
    Retired = 12,
    /// The server's branch of the roster, while it leaves out what this device holds: one row.
    Fork = 13,
    /// Roster entries that others hold and this device's roster lacks, by entry.
    Strays = 14,
}

/// One row: its table, its key, its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub table: Table,
    /// The key, unique in the table.
    pub key: Vec<u8>,
    /// The value.
    pub value: Vec<u8>,
}

/// Rows to write in one transaction: a value replaces the row, none removes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes(pub Vec<(Table, Vec<u8>, Option<Vec<u8>>)>);

/// Who this device is.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identity {
    /// Its secret keys.
    pub keys: DeviceKeys,
    /// Its member.
    pub member: MemberId,
    /// What the invitation said it would be.
    pub role: Role,
    /// The network keys that the invitation handed over.
    pub network: NetworkKeys,
}

/// A ledger entry's bytes and the wraps that came with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// The entry's bytes.
    pub bytes: Vec<u8>,
    /// Wraps of a bundle's key.
    pub wraps: Vec<Wrap>,
}

/// What is known of an entry without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) kind: Kind,
    /// Its place in the server's present history, once it was served from there.
    pub(super) number: Option<u64>,
    /// When the server first received it, by the server's clock in milliseconds since 1970; none until it was served.
    pub(super) received_at: Option<u64>,
    pub(super) link: Option<(DeviceId, Option<EntryId>)>,
    pub(super) waiting: Option<Wait>,
    /// An order destroyed its bytes: they are not stored again, and its link keeps its place.
    pub(super) destroyed: bool,
    /// On a coordinator's device, of a bundle: the devices for which the server holds wraps.
    pub(super) wrapped: Vec<DeviceId>,
    /// On a coordinator's device, of a restricted bundle that was opened: what it speaks of.
    pub(super) records: Vec<RecordKey>,
    /// Of a grant: the bundle, and whom it gives the key.
    pub(super) grant: Option<(EntryId, DeviceId)>,
}

/// What is known of an entry that spoke of records which leave this device one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Carried {
    /// Those records.
    pub(super) records: Vec<RecordKey>,
    /// When this device first got it from the server, by its own clock.
    pub(super) since: u64,
    /// The server of the present history says that a coordinator's device has it.
    pub(super) reached: bool,
    /// Its bytes left this device.
    pub(super) dropped: bool,
}

/// A record whose content left this device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Retired {
    /// When, by this device's clock.
    pub(super) at: u64,
    /// The entries that were fetched again for an open question.
    pub(super) back: BTreeSet<EntryId>,
}

impl Held {
    pub(super) fn new(kind: Kind, link: Option<(DeviceId, Option<EntryId>)>) -> Self {
        Self {
            kind,
            number: None,
            received_at: None,
            link,
            waiting: None,
            destroyed: false,
            wrapped: Vec::new(),
            records: Vec::new(),
            grant: None,
        }
    }

    pub(super) fn granting(grant: (EntryId, DeviceId)) -> Self {
        Self { grant: Some(grant), ..Self::new(Kind::Grant, None) }
    }
}

impl Table {
    /// Every table there is.
    pub const ALL: &'static [Self] = &[
        Self::Identity,
        Self::Roster,
        Self::Sync,
        Self::Histories,
        Self::Drafts,
        Self::Unsent,
        Self::Dispatches,
        Self::Held,
        Self::Entries,
        Self::Erasures,
        Self::Carried,
        Self::Retired,
        Self::Fork,
        Self::Strays,
    ];

    /// The table of a number in storage; none for a newer app's.
    pub fn of(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.code() == code)
    }

    /// Its number in storage.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl Writes {
    /// Adds another operation's rows: later ones win.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many records and drafts they take away.
    pub fn taken_away(&self) -> usize {
        let goes = |(table, _, value): &&(Table, Vec<u8>, Option<Vec<u8>>)| {
            value.is_none() && matches!(table, Table::Histories | Table::Drafts)
        };
        self.0.iter().filter(goes).count()
    }

    pub(super) fn put<T: Serialize>(&mut self, table: Table, key: Vec<u8>, value: &T) {
        self.0.push((table, key, Some(codec::encode(1, value))));
    }

    pub(super) fn put_bytes(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.0.push((table, key, Some(value)));
    }

    pub(super) fn remove(&mut self, table: Table, key: Vec<u8>) {
        self.0.push((table, key, None));
    }
}

/// A key that sorts by place.
pub(super) fn place(index: usize) -> Vec<u8> {
    (index as u32).to_be_bytes().to_vec()
}
