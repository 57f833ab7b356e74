//! A device: the production notebook over rows that survive a crash.

use std::collections::BTreeMap;

use domain::codec;
use domain::ids::{DeviceId, EntryId, MemberId};
use domain::ledger::Kind;
use domain::notebook::{EntryRow, Notebook, Row, Table, Writes};
use domain::protocol::EnrolAgain;

/// What is on a disk.
#[derive(Debug, Clone, Default)]
pub(super) struct Vault(BTreeMap<(Table, Vec<u8>), Vec<u8>>);

/// A device and what it needs to come back after a crash.
#[derive(Clone)]
pub(super) struct Device {
    pub(super) vault: Vault,
    pub(super) notebook: Notebook,
    /// How far its clock is off, in milliseconds.
    pub(super) skew: i64,
    /// How many changes this profile saved: a copied profile counts on from the same number.
    pub(super) counter: u32,
    /// For a device that came by an invitation: what it enrolled with.
    pub(super) enrolled: Option<EnrolAgain>,
    /// Why its last sync stopped, if it did.
    pub(super) cut: Option<String>,
    /// Its last sync found duties to do.
    pub(super) busy: bool,
    /// Put out: it neither edits nor syncs any more.
    pub(super) out: bool,
}

impl Vault {
    pub(super) fn apply(&mut self, writes: &Writes) {
        for (table, key, value) in &writes.0 {
            let place = (*table, key.clone());
            match value {
                Some(value) => self.0.insert(place, value.clone()),
                None => self.0.remove(&place),
            };
        }
    }

    pub(super) fn rows(&self, table: Table) -> impl Iterator<Item = (&Vec<u8>, &Vec<u8>)> {
        let rows = self.0.iter().filter(move |((of, _), _)| *of == table);
        rows.map(|((_, key), value)| (key, value))
    }

    pub(super) fn set(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.0.insert((table, key), value);
    }

    pub(super) fn drop_row(&mut self, table: Table, key: &[u8]) {
        self.0.remove(&(table, key.to_vec()));
    }

    pub(super) fn entry(&self, id: &EntryId) -> Option<EntryRow> {
        let row = self.0.get(&(Table::Entries, id.0.to_vec()))?;
        codec::decode(1, row).ok()
    }

    /// The ids of the bundles whose bytes are here.
    pub(super) fn bundles(&self) -> Vec<EntryId> {
        let ids = self.rows(Table::Entries).filter_map(|(key, _)| key.as_slice().try_into().ok());
        let ids = ids.map(EntryId);
        ids.filter(|id| self.entry(id).is_some_and(|e| Kind::of(&e.bytes) == Ok(Kind::Bundle)))
            .collect()
    }

    fn load(&self) -> Notebook {
        let small = self.0.iter().filter(|((table, _), _)| *table != Table::Entries);
        let rows: Vec<Row> = small
            .map(|((table, key), value)| Row {
                table: *table,
                key: key.clone(),
                value: value.clone(),
            })
            .collect();
        Notebook::load(&rows).expect("a vault written by a notebook is read back")
    }
}

impl Device {
    pub(super) fn new((notebook, writes): (Notebook, Writes)) -> Self {
        let mut vault = Vault::default();
        vault.apply(&writes);
        let (skew, counter, enrolled, cut) = (0, 0, None, None);
        Self { vault, notebook, skew, counter, enrolled, cut, busy: false, out: false }
    }

    /// A copy of the profile, on another machine.
    pub(super) fn cloned(&self) -> Self {
        let (vault, notebook) = (self.vault.clone(), self.vault.load());
        Self { vault, notebook, enrolled: self.enrolled.clone(), cut: None, ..*self }
    }

    /// What happens when a device starts.
    pub(super) fn restart(&mut self) {
        self.notebook = self.vault.load();
    }

    pub(super) fn id(&self) -> DeviceId {
        self.notebook.device()
    }

    pub(super) fn member(&self) -> MemberId {
        self.notebook.member()
    }

    pub(super) fn coordinates(&self) -> bool {
        !self.out && self.notebook.is_coordinator()
    }
}
