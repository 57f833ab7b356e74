//! From delivered bundles and grants to records.

use super::Notebook;
use super::granting::records_of;
use super::incoming::Arrival;
use super::loading::record_row_key;
use super::rows::{EntryRow, Table};
use crate::bundle::Bundle;
use crate::change::Change;
use crate::codec::Malformed;
use crate::fold::Source;
use crate::ids::{DeviceId, EntryId};
use crate::keys::{Reader, Wrap};
use crate::ledger::{Grant, Kind, Signed};
use crate::protocol::Delivered;
use crate::reading::{Reading, Wait, read_bundle};
use crate::replica::Delivery;

impl Notebook {
    pub(super) fn take_bundle(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let place = match Bundle::read(bytes) {
            Ok(bundle) => Some(link(&bundle)),
            Err(Malformed::Version(_)) => None,
            Err(Malformed::Shape) => {
                arrival.faults += 1;
                return;
            }
        };
        self.hold(entry, place, arrival);
        self.note_wraps(&entry.id, &entry.wraps, arrival);
        self.read_unless_gone(entry.id, entry.id, bytes, &entry.wraps, arrival);
    }

    pub(super) fn take_grant(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let grant = match Signed::<Grant>::read(Kind::Grant, bytes) {
            Ok(grant) => grant,
            Err(Malformed::Version(_)) => return,
            Err(Malformed::Shape) => {
                arrival.faults += 1;
                return;
            }
        };
        if !self.coordinator_signed(&grant.body.device, |keys| grant.signed_by(keys)) {
            arrival.faults += 1;
            return;
        }
        let Grant { bundle, wrap, .. } = grant.body;
        self.hold(entry, None, arrival);
        if let Reader::Device(reader) = wrap.reader {
            self.note(&entry.id, arrival, |held| held.grant = Some((bundle, reader)));
        }
        if let Some(bytes) = entry.granted.as_ref().filter(|bytes| EntryId::of(bytes) == bundle) {
            // It is held like every bundle that is read: its place in its device's line counts, and it may
            // have to wait for a confirmation or an update.
            let bytes = Some(bytes.clone());
            let (kind, granted) = (Kind::Bundle, None);
            let granted =
                Delivered { id: bundle, kind, bytes, wraps: vec![wrap], granted, ..*entry };
            self.hold_granted(entry.id, &granted, arrival);
        }
    }

    fn hold_granted(&mut self, grant: EntryId, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let place = Bundle::read(bytes).ok().map(|bundle| link(&bundle));
        if !self.held.contains_key(&entry.id) {
            self.hold(entry, place, arrival);
            // The number is the grant's.
            self.note(&entry.id, arrival, |held| held.number = None);
        }
        self.read_unless_gone(grant, entry.id, bytes, &entry.wraps, arrival);
    }

    /// Reads a bundle as it was stored.
    pub(super) fn read_stored(&mut self, id: &EntryId, row: &EntryRow, arrival: &mut Arrival) {
        self.read(self.brought_by(id), *id, &row.bytes, &row.wraps, arrival);
    }

    /// The entry with which the server serves a bundle to this device: the bundle itself, or the grant of its
    /// key.
    pub(super) fn brought_by(&self, bundle: &EntryId) -> EntryId {
        let served = self.held.get(bundle).is_none_or(|held| held.number.is_some());
        if served || self.dispatches.contains_key(bundle) {
            return *bundle;
        }
        let granted = Some((*bundle, self.device()));
        let grant = self.held.iter().find(|(_, held)| held.grant == granted);
        grant.map_or(*bundle, |(id, _)| *id)
    }

    /// The bundle that a grant brought to this device, if it came in no other way.
    pub(super) fn brought(&self, grant: &EntryId) -> Option<EntryId> {
        let (bundle, device) = self.held.get(grant)?.grant?;
        (device == self.device() && self.brought_by(&bundle) == *grant).then_some(bundle)
    }

    fn read_unless_gone(
        &mut self,
        via: EntryId,
        id: EntryId,
        bytes: &[u8],
        wraps: &[Wrap],
        arrival: &mut Arrival,
    ) {
        let dropped = |d: &super::Dispatch| d.delivery == Delivery::Erased;
        let destroyed = self.held.get(&id).is_none_or(|held| held.destroyed);
        if !destroyed && !self.dispatches.get(&id).is_some_and(dropped) {
            self.read(via, id, bytes, wraps, arrival);
        }
    }

    /// Opens a bundle that came with the entry `via` and folds its changes in, or notes what it waits for.
    pub(super) fn read(
        &mut self,
        via: EntryId,
        id: EntryId,
        bytes: &[u8],
        wraps: &[Wrap],
        arrival: &mut Arrival,
    ) {
        let own = *self.ring.public();
        let waiting = match read_bundle(bytes, wraps, &self.line, &self.ring, &own) {
            Reading::Open { changes, newer } => {
                self.carry(via, &changes, arrival.now, &mut arrival.writes);
                if newer == 0 {
                    let records = records_of(changes.iter().map(|(change, _)| change));
                    self.note_records(&id, records, arrival);
                }
                for (change, source) in changes {
                    self.fold(change, source, arrival);
                }
                Some(Wait::Update).filter(|_| newer > 0)
            }
            Reading::Waiting(wait) => Some(wait),
            Reading::Unreadable(_) => {
                arrival.faults += 1;
                None
            }
        };
        self.note(&id, arrival, |held| {
            held.waiting = waiting;
            // A newer app's bundle was held before its header could be read.
            if held.kind == Kind::Bundle && held.link.is_none() {
                held.link = Bundle::read(bytes).ok().map(|bundle| link(&bundle));
            }
        });
    }

    fn fold(&mut self, change: Change, source: Source, arrival: &mut Arrival) {
        let key = change.record().clone();
        let change = self.as_kept(change);
        self.clock = self.clock.observe(change.at(), arrival.now);
        let history = self.histories.open(&key);
        if history.insert(change, source) {
            history.erase(&self.erasures);
            arrival.touched.insert(key);
        }
    }

    pub(super) fn store_touched(&mut self, arrival: &mut Arrival) {
        for key in std::mem::take(&mut arrival.touched) {
            let row = record_row_key(&key);
            match self.histories.get(&key) {
                Some(history) if !history.is_empty() => {
                    arrival.writes.put_bytes(Table::Histories, row, history.to_bytes());
                }
                _ => {
                    self.histories.remove(&key);
                    self.retired.remove(&key);
                    arrival.writes.remove(Table::Retired, row.clone());
                    arrival.writes.remove(Table::Histories, row);
                }
            }
        }
    }
}

/// A bundle's place in its device's line of bundles.
fn link(bundle: &Bundle) -> (DeviceId, Option<EntryId>) {
    (bundle.header().device, bundle.header().previous)
}
