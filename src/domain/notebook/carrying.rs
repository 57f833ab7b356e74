//! Bundles that travel as a file: from a phone without a network, through any coordinator's device.
//!
//! ```text
//!   phone: not received ──file──► coordinator's device: checked, read, queued ──push──► server
//!     └── its own next push of the same bytes ──► "known": received, and nothing is there twice
//! ```
//!
//! The phone's "received" still rests on a receipt of its own: that a file was handed over proves nothing.

use std::collections::BTreeSet;

use super::granting::records_of;
use super::incoming::Arrival;
use super::rows::{EntryRow, Held, Writes};
use super::{Dispatch, Notebook};
use crate::bundle::Bundle;
use crate::bundle_file::{BadBundleFile, BundleFile};
use crate::change::{Change, RecordKey};
use crate::ids::{ChangeId, DeviceId, EntryId};
use crate::ledger::Kind;
use crate::order::{self, Gather};
use crate::protocol::PushItem;
use crate::reading::{Reading, read_bundle};
use crate::replica::Delivery;

/// What a file brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Bundles that were not known here: they go to the server with the next sync.
    pub new: usize,
    /// Bundles that were here already, from an earlier file or from the server.
    pub known: usize,
    /// Bundles left out because an order erased something in them: their phone sends the rest anew.
    pub erased: usize,
}

impl Notebook {
    /// The bundles here that no receipt names, in the order of a push: what a file is to carry. What the
    /// server refused is among them; another coordinator may see why. Pack first.
    pub fn undelivered(&self) -> Vec<EntryId> {
        let undelivered = |id: &EntryId, dispatch: &Dispatch| {
            let bundle = self.held.get(id).is_some_and(|held| held.kind == Kind::Bundle);
            bundle && (dispatch.delivery.pending() || is_refused(&dispatch.delivery))
        };
        let all = self.dispatches.iter().filter(|(id, dispatch)| undelivered(id, dispatch));
        let mut all: Vec<_> = all.map(|(id, dispatch)| (dispatch.place, *id)).collect();
        order::sort(&mut all);
        all.into_iter().map(|(_, id)| id).collect()
    }

    /// A file of these bundles, given as stored.
    pub fn bundle_file(&self, rows: Vec<EntryRow>) -> Vec<u8> {
        let item = |row: EntryRow| PushItem { bytes: row.bytes, wraps: row.wraps };
        let (campaign, device) = (self.line.campaign(), self.device());
        let items = rows.into_iter().map(item).collect();
        BundleFile { campaign, device, items }.to_bytes(self.ring.device())
    }

    /// Takes a file in: its bundles are read here, kept, and sent like this device's own. The same file once
    /// more changes nothing. `now` is the phone's clock in milliseconds since 1970.
    ///
    /// # Errors
    /// [`BadBundleFile`]; nothing was taken in then.
    pub fn take_bundle_file(
        &mut self,
        bytes: &[u8],
        now: u64,
    ) -> Result<(TakenIn, Writes), BadBundleFile> {
        if !self.is_coordinator() {
            return Err(BadBundleFile::NotCoordinator);
        }
        let file = BundleFile::read(bytes, &self.line, &self.ring)?;
        let (mut taken, mut seen, mut fresh) = (TakenIn::default(), BTreeSet::new(), Vec::new());
        for item in file.items {
            let id = EntryId::of(&item.bytes);
            if self.held.contains_key(&id) || !seen.insert(id) {
                taken.known += 1;
                continue;
            }
            let own = self.ring.public();
            match read_bundle(&item.bytes, &item.wraps, &self.line, &self.ring, own) {
                Reading::Open { changes, .. } => {
                    let changes: Vec<Change> = changes.into_iter().map(|(one, _)| one).collect();
                    match changes.iter().any(|change| self.is_erased(change)) {
                        true => taken.erased += 1,
                        false => fresh.push((id, item, changes)),
                    }
                }
                Reading::Waiting(_) | Reading::Unreadable(_) => return Err(BadBundleFile::Damaged),
            }
        }
        taken.new = fresh.len();
        let mut arrival = Arrival { now, ..Arrival::default() };
        fresh
            .into_iter()
            .for_each(|(id, item, changes)| self.pass(id, item, &changes, &mut arrival));
        self.judge_revocations();
        self.store_touched(&mut arrival);
        self.write_sync(&mut arrival.writes);
        Ok((taken, arrival.writes))
    }

    /// How many bundles of other devices wait here to be passed on.
    pub fn passing_on(&self) -> usize {
        self.passed_on().count()
    }

    /// The records of which something is another device's and waits here to be passed on.
    pub fn passed_on_records(&self) -> BTreeSet<&RecordKey> {
        self.passed_on().flat_map(|dispatch| &dispatch.records).gather()
    }

    /// Whether something of a record is another device's and waits here to be passed on.
    pub fn is_passed_on(&self, record: &RecordKey) -> bool {
        self.passed_on().any(|dispatch| dispatch.records.contains(record))
    }

    /// Whether this device signed an entry that it holds; what is no bundle only its signer sends.
    pub(super) fn is_signer(&self, id: &EntryId) -> bool {
        let link = self.held.get(id).and_then(|held| held.link);
        link.is_none_or(|(device, _)| device == self.device())
    }

    /// Whether this device or another of its member signed a bundle: the one before it, for a renewed copy.
    pub(super) fn is_of_member(&self, id: &EntryId) -> bool {
        let link = self.held.get(id).and_then(|held| held.link);
        link.is_none_or(|(device, _)| self.is_of_own_member(&device))
    }

    /// Whether a device is this one or another of its member.
    pub fn is_of_own_member(&self, device: &DeviceId) -> bool {
        let member = || self.line.device(device).map(|standing| standing.member);
        *device == self.device() || member() == Some(self.member())
    }

    /// Whether the server shows this device an entry that it sends: its own, and to a coordinator's device
    /// all. What the device before this one signed is shown to that one.
    pub(super) fn is_served(&self, id: &EntryId) -> bool {
        self.is_signer(id) || self.is_coordinator()
    }

    fn passed_on(&self) -> impl Iterator<Item = &Dispatch> {
        let pending = self.dispatches.iter().filter(|(_, dispatch)| dispatch.delivery.pending());
        pending.filter(|(id, _)| !self.is_signer(id)).map(|(_, dispatch)| dispatch)
    }

    fn is_erased(&self, change: &Change) -> bool {
        let record = change.record().id;
        let field = |field: &str| self.erasures.field(&record, field);
        self.erasures.record(&record) || change.edits().any(|edit| field(&edit.field))
    }

    fn pass(&mut self, id: EntryId, item: PushItem, changes: &[Change], arrival: &mut Arrival) {
        let Ok(bundle) = Bundle::read(&item.bytes) else { return };
        let header = bundle.header();
        let records = records_of(changes.iter());
        let ids: Vec<ChangeId> = changes.iter().map(Change::id).collect();
        let held = Held::new(Kind::Bundle, Some((header.device, header.previous)));
        let entry = EntryRow { bytes: item.bytes, wraps: item.wraps };
        self.dispatch(id, held, &entry, (records, ids), &mut arrival.writes);
        self.read(id, id, &entry.bytes, &entry.wraps, arrival);
    }
}

fn is_refused(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Refused(_))
}
