//! Grants: a duty of coordinators' devices, which can open every restricted bundle.
//!
//! The devices of the member who created a record may read what is said of it. Some cannot: a correction was
//! sealed before its author knew the creator, the member has a new phone, or the server lost a wrap. Each of
//! them is given the key.
//!
//! Law: a key is granted only for a bundle whose every record that member created, and that holds nothing this
//! version cannot read.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use super::incoming::Arrival;
use super::rows::{EntryRow, Held, Table, Writes};
use crate::bundle::{Audience, Bundle};
use crate::change::{Change, RecordKey};
use crate::fold::creator_of;
use crate::ids::{DeviceId, EntryId, MemberId};
use crate::keys::{Reader, Wrap, WrapUse};
use crate::ledger::{Grant, Kind};
use crate::order::Gather;
use crate::protocol::Code;
use crate::replica::Delivery;
use crate::roster::Role;

/// The most grants made at once: a second's work on a slow phone. The next sync makes more.
const GRANTS: usize = 64;

/// A bundle, and a device that should read it and cannot.
pub type GrantDue = (EntryId, DeviceId);

impl Notebook {
    /// The grants that this device should make now, a few at a time; none on a device that is no
    /// coordinator's. To be asked after a pull, for only then it is known what the server has.
    pub fn grants_due(&mut self) -> Vec<GrantDue> {
        if self.all_granted || !self.is_coordinator() {
            return Vec::new();
        }
        let granted: BTreeSet<GrantDue> =
            self.held.values().filter_map(|held| held.grant).chain(self.hopeless.clone()).gather();
        let mut creators = BTreeMap::new();
        let mut due = Vec::new();
        // Two coordinators' devices that grant at the same moment begin at different ends.
        let mut start = [0; 32];
        start[..16].copy_from_slice(&self.device().0);
        let start = EntryId(start);
        for (id, held) in self.held.range(start..).chain(self.held.range(..start)) {
            let here = held.kind == Kind::Bundle && held.number.is_some() && !held.destroyed;
            let owner = self.owner(&held.records, &mut creators).filter(|_| here);
            let devices = owner.iter().flat_map(|member| self.line.devices_of(member));
            let lacks = |(device, role): &(DeviceId, Role)| {
                // Coordinators' devices hold the team's key.
                *role != Role::Coordinator
                    && !held.wrapped.contains(device)
                    && !granted.contains(&(*id, *device))
            };
            let devices = devices.map(|(device, standing)| (*device, standing.role)).filter(lacks);
            due.extend(devices.map(|(device, _)| (*id, device)));
            if due.len() >= GRANTS {
                due.truncate(GRANTS);
                return due;
            }
        }
        self.all_granted = due.is_empty();
        due
    }

    /// Makes these grants and queues them. `rows` are the bundles as stored.
    pub fn grant(
        &mut self,
        due: &[GrantDue],
        rows: &BTreeMap<EntryId, EntryRow>,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Writes {
        let mut writes = Writes::default();
        for (bundle, device) in due {
            let row = rows.get(bundle);
            match row.and_then(|row| self.granted(bundle, *device, row, rng)) {
                Some(grant) => {
                    let held = Held::granting((*bundle, *device));
                    let (signed, bytes) = grant.sign(self.ring.device());
                    let entry = EntryRow { bytes, wraps: Vec::new() };
                    self.dispatch(signed.id, held, &entry, (Vec::new(), Vec::new()), &mut writes);
                }
                // Its bytes are damaged, or the device's key is: that must not hold the others up.
                None => self.hopeless.extend([(*bundle, *device)]),
            }
        }
        writes
    }

    /// Notes for whom the server holds wraps of a bundle. It tells coordinators' devices all of them.
    pub(super) fn note_wraps(&mut self, id: &EntryId, wraps: &[Wrap], arrival: &mut Arrival) {
        if self.is_coordinator() {
            let device = |wrap: &Wrap| match wrap.reader {
                Reader::Device(device) => Some(device),
                _ => None,
            };
            let devices = wraps.iter().filter_map(device).gather();
            self.note(id, arrival, |held| held.wrapped = devices);
        }
    }

    /// Notes what an opened bundle speaks of, where its key may have to be granted.
    pub(super) fn note_records(&mut self, id: &EntryId, records: Vec<RecordKey>, to: &mut Arrival) {
        let restricted = |key: &RecordKey| Self::audience(&key.kind) == Audience::Restricted;
        if self.is_coordinator() && records.iter().all(restricted) {
            self.note(id, to, |held| held.records = records);
        }
    }

    /// A grant that was refused because the server lost the bundle is made again once the bundle is back.
    pub(super) fn note_refused_grant(&mut self, id: &EntryId, to: &Delivery, writes: &mut Writes) {
        let lost = matches!(to, Delivery::Refused(code) if code == Code::UnknownBundle.as_str());
        let held = self.held.get_mut(id).filter(|held| lost && held.grant.is_some());
        let Some((bundle, _)) = held.and_then(|held| held.grant.take()) else { return };
        for (id, alter) in [(*id, false), (bundle, true)] {
            if let Some(held) = self.held.get_mut(&id) {
                held.number = held.number.filter(|_| !alter);
                writes.put(Table::Held, id.0.to_vec(), held);
            }
        }
        self.all_granted = false;
    }

    fn granted(
        &self,
        id: &EntryId,
        device: DeviceId,
        row: &EntryRow,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Option<Grant> {
        let bundle = Bundle::read(&row.bytes).ok()?;
        let key = self.ring.bundle_key(&bundle, &row.wraps).ok()?;
        let campaign = self.line.campaign();
        let usage = WrapUse { purpose: "bundle key", campaign: &campaign, subject: &id.0 };
        let public = self.line.device(&device)?.keys.kex;
        let wrap = Wrap::to_public(Reader::Device(device), &public, usage, &key, rng).ok()?;
        Some(Grant { campaign, device: self.device(), bundle: *id, wrap })
    }

    /// The one member who created all of these records.
    fn owner<'a>(
        &self,
        records: &'a [RecordKey],
        creators: &mut BTreeMap<&'a RecordKey, Option<MemberId>>,
    ) -> Option<MemberId> {
        let mut owners = records.iter().map(|record| {
            *creators.entry(record).or_insert_with(|| {
                let history = self.histories.get(record)?;
                creator_of(history, &self.authority())
            })
        });
        let first = owners.next()??;
        owners.all(|owner| owner == Some(first)).then_some(first)
    }
}

/// The records of these changes, each once.
pub(super) fn records_of<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<RecordKey> {
    let records: BTreeSet<&RecordKey> = changes.map(Change::record).gather();
    records.into_iter().cloned().gather()
}
