//! What arrives: pages of entries, and what they do to the records.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use super::loading::record_row_key;
use super::rows::{EntryRow, Held, Table, Writes};
use crate::bundle::Bundle;
use crate::change::{Change, RecordKey};
use crate::fold::{History, Source};
use crate::ids::EntryId;
use crate::keys::Wrap;
use crate::ledger::{EraseOrder, Grant, Kind, Signed};
use crate::protocol::{Delivered, Pull, Pulled, Reply, Scope};
use crate::reading::{Reading, read_bundle};
use crate::replica::{Delivery, PageVerdict, SyncState};

/// What a reply did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Taken in; whether the server has more.
    Applied {
        /// Pull again.
        more: bool,
    },
    /// Another history: everything received was taken back. Offer what is held, then sync again.
    Reset,
    /// The digest differed: everything is pulled again.
    Again,
    /// Not for now: nothing changed.
    Ignored,
}

/// What a page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What it did.
    pub verdict: Verdict,
    /// The rows to store in one transaction.
    pub writes: Writes,
    /// Entries that will never be read; kept, and shown to coordinators.
    pub faults: usize,
}

impl Notebook {
    /// Takes the reply to a pull in. `now` is the phone's clock in milliseconds since 1970.
    ///
    /// `waiting` are the stored bytes of [`waiting_entries`](Self::waiting_entries): a page whose roster
    /// entries make them readable opens them too.
    pub fn take_page(
        &mut self,
        request: &Pull,
        reply: &Reply<Pulled>,
        waiting: &BTreeMap<EntryId, EntryRow>,
        now: u64,
    ) -> Incoming {
        // What the server serves depends on its own branch of the roster.
        let complete = self.server_line().is_coordinator(&self.device());
        let mut arrival = Arrival { now, ..Arrival::default() };
        let verdict = match self.sync.take(&self.line.campaign(), request, reply, complete) {
            PageVerdict::Ignore(_) => Verdict::Ignored,
            PageVerdict::Reset { next, .. } => {
                self.begin_again(next, &mut arrival.writes);
                Verdict::Reset
            }
            PageVerdict::Again(next) => {
                self.sync = next;
                self.forget_served(&mut arrival.writes);
                self.write_sync(&mut arrival.writes);
                Verdict::Again
            }
            PageVerdict::Apply { next, more } => {
                self.take_entries(next, reply, waiting, &mut arrival);
                Verdict::Applied { more }
            }
        };
        Incoming { verdict, writes: arrival.writes, faults: arrival.faults }
    }

    /// The bundles that cannot be read yet.
    pub fn waiting_entries(&self) -> Vec<EntryId> {
        let waiting = self.held.iter().filter(|(_, held)| held.waiting.is_some());
        waiting.map(|(id, _)| *id).collect()
    }

    pub(super) fn begin_again(&mut self, next: SyncState, writes: &mut Writes) {
        self.sync = next;
        self.forget_branch(writes);
        let all: Vec<(EntryId, Delivery)> =
            self.dispatches.iter().map(|(id, d)| (*id, d.delivery.taken_back())).collect();
        for (id, delivery) in all {
            // Who lost a race for the roster decides again, and what was accepted is mended.
            if !self.is_roster(&id) {
                self.advance(&id, delivery, writes);
            }
        }
        self.forget_served(writes);
        self.write_sync(writes);
    }

    /// What is pulled from the start must show every own entry again.
    fn forget_served(&mut self, writes: &mut Writes) {
        for id in self.dispatches.keys() {
            if let Some(held) = self.held.get_mut(id).filter(|held| held.number.is_some()) {
                held.number = None;
                writes.put(Table::Held, id.0.to_vec(), held);
            }
        }
    }

    /// A device is served its own entries. What a receipt named and the server's whole history does not hold
    /// was lost by a restore that kept the epoch: it is to be sent again.
    fn take_back_unserved(&mut self, writes: &mut Writes) {
        let received = self.dispatches.iter().filter(|(_, d)| d.delivery == Delivery::Received);
        let unserved = |id: &EntryId| {
            let held = self.held.get(id).filter(|held| held.kind != Kind::Roster);
            held.is_some_and(|held| held.number.is_none())
        };
        let lost: Vec<EntryId> = received.map(|(id, _)| *id).filter(unserved).collect();
        lost.iter().for_each(|id| self.advance(id, Delivery::Sent, writes));
    }

    fn take_entries(
        &mut self,
        next: SyncState,
        reply: &Reply<Pulled>,
        waiting: &BTreeMap<EntryId, EntryRow>,
        arrival: &mut Arrival,
    ) {
        let Pulled::Page(page) = &reply.answer else { return };
        let (was_confirmed, roster) = (self.confirmed(), self.line.newest());
        self.sync = next;
        for entry in &page.entries {
            self.note_served(entry, arrival);
            match entry.kind {
                Kind::Roster => self.take_roster(entry, arrival),
                Kind::Erase => self.take_order(entry, arrival),
                Kind::Bundle | Kind::Grant | Kind::Branch => {}
            }
        }
        if self.line.newest() != roster {
            self.ring.learn(&self.line);
            for (id, row) in waiting {
                self.read(*id, &row.bytes, &row.wraps, arrival);
            }
        }
        for entry in &page.entries {
            match entry.kind {
                Kind::Bundle => self.take_bundle(entry, arrival),
                Kind::Grant => self.take_grant(entry, arrival),
                Kind::Branch => self.take_branch(entry, arrival),
                Kind::Roster | Kind::Erase => {}
            }
        }
        if page.scope == Scope::All && !page.more {
            self.take_back_unserved(&mut arrival.writes);
        }
        if !was_confirmed && self.confirmed() {
            // More of the past is meant for a confirmed device than for a new one.
            self.sync = self.sync.again();
            self.forget_served(&mut arrival.writes);
        }
        self.judge_revocations();
        self.store_touched(arrival);
        self.write_sync(&mut arrival.writes);
    }

    fn note_served(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        if let Some(held) = self.held.get_mut(&entry.id)
            && held.number != Some(entry.number)
        {
            held.number = Some(entry.number);
            arrival.writes.put(Table::Held, entry.id.0.to_vec(), held);
        }
    }

    fn take_order(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let Ok(order) = Signed::<EraseOrder>::read(Kind::Erase, bytes) else {
            arrival.faults += 1;
            return;
        };
        let coordinator = self.coordinator_signed(&order.body.device, |keys| order.signed_by(keys));
        if !coordinator || order.body.campaign != self.line.campaign() {
            arrival.faults += 1;
            return;
        }
        self.hold(entry, None, arrival);
        self.erasures.add(&order.body);
        arrival.writes.put(Table::Erasures, Vec::new(), &self.erasures);
        for history in self.histories.values_mut() {
            if history.erase(&self.erasures) {
                arrival.touched.insert(history.key().clone());
            }
        }
        for id in &order.body.destroy {
            self.destroy(id, arrival);
        }
        self.repack_erased(arrival);
    }

    fn take_bundle(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let Ok(bundle) = Bundle::read(bytes) else {
            arrival.faults += 1;
            return;
        };
        let header = bundle.header();
        self.hold(entry, Some((header.device, header.previous)), arrival);
        let dropped = |d: &super::Dispatch| d.delivery == Delivery::Erased;
        let destroyed = self.held.get(&entry.id).is_none_or(|held| held.destroyed);
        if !destroyed && !self.dispatches.get(&entry.id).is_some_and(dropped) {
            self.read(entry.id, bytes, &entry.wraps, arrival);
        }
    }

    fn take_grant(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let Ok(grant) = Signed::<Grant>::read(Kind::Grant, bytes) else {
            arrival.faults += 1;
            return;
        };
        if !self.coordinator_signed(&grant.body.device, |keys| grant.signed_by(keys)) {
            arrival.faults += 1;
            return;
        }
        self.hold(entry, None, arrival);
        if let Some(bundle) = &entry.granted
            && EntryId::of(bundle) == grant.body.bundle
        {
            self.read(grant.body.bundle, bundle, &[grant.body.wrap], arrival);
        }
    }

    /// Opens a bundle and folds its changes in, or notes what it waits for.
    fn read(&mut self, id: EntryId, bytes: &[u8], wraps: &[Wrap], arrival: &mut Arrival) {
        let own = *self.ring.public();
        let waiting = match read_bundle(bytes, wraps, &self.line, &self.ring, &own) {
            Reading::Open { changes, .. } => {
                for (change, source) in changes {
                    self.fold(change, source, arrival);
                }
                None
            }
            Reading::Waiting(wait) => Some(wait),
            Reading::Unreadable(_) => {
                arrival.faults += 1;
                None
            }
        };
        if let Some(held) = self.held.get_mut(&id)
            && held.waiting != waiting
        {
            held.waiting = waiting;
            arrival.writes.put(Table::Held, id.0.to_vec(), held);
        }
    }

    fn fold(&mut self, change: Change, source: Source, arrival: &mut Arrival) {
        let key = change.record().clone();
        self.clock = self.clock.observe(change.at(), arrival.now);
        let history =
            self.histories.entry(key.clone()).or_insert_with(|| History::new(key.clone()));
        if history.insert(change, source) {
            history.erase(&self.erasures);
            arrival.touched.insert(key);
        }
    }

    pub(super) fn hold(
        &mut self,
        entry: &Delivered,
        link: Option<(crate::ids::DeviceId, Option<EntryId>)>,
        arrival: &mut Arrival,
    ) {
        let Some(bytes) = &entry.bytes else { return };
        if self.held.contains_key(&entry.id) {
            return;
        }
        let held = Held { number: Some(entry.number), ..Held::new(entry.kind, link) };
        let row = EntryRow { bytes: bytes.clone(), wraps: entry.wraps.clone() };
        arrival.writes.put(Table::Entries, entry.id.0.to_vec(), &row);
        arrival.writes.put(Table::Held, entry.id.0.to_vec(), &held);
        self.held.insert(entry.id, held);
    }

    /// Drops an entry's bytes. What links to it keeps its place in its device's line of bundles.
    fn destroy(&mut self, id: &EntryId, arrival: &mut Arrival) {
        let Some(held) = self.held.get_mut(id).filter(|held| held.kind == Kind::Bundle) else {
            return;
        };
        (held.destroyed, held.waiting) = (true, None);
        arrival.writes.put(Table::Held, id.0.to_vec(), held);
        arrival.writes.remove(Table::Entries, id.0.to_vec());
        self.advance(id, Delivery::Erased, &mut arrival.writes);
    }

    /// An unacknowledged bundle that carries an erased record is packed anew without it: the only case in
    /// which bytes change.
    fn repack_erased(&mut self, arrival: &mut Arrival) {
        let carrying = |record: &RecordKey| arrival.touched.contains(record);
        let pending: Vec<EntryId> = self
            .dispatches
            .iter()
            .filter(|(_, d)| d.delivery.pending() && d.records.iter().any(carrying))
            .map(|(id, _)| *id)
            .collect();
        for id in pending {
            let Some(dispatch) = self.dispatches.get(&id).cloned() else { continue };
            for record in &dispatch.records {
                let owner = self.view(record).creator;
                let audience = Self::audience(&record.kind);
                let changes = self.histories.get(record).map(History::changes);
                let kept: Vec<Change> = changes
                    .into_iter()
                    .flatten()
                    .filter(|(change, _)| dispatch.changes.contains(change))
                    .map(|(_, held)| held.change.clone())
                    .filter(|change| change.edits().next().is_some())
                    .collect();
                for change in kept {
                    self.queue(change, audience, owner, &mut arrival.writes);
                }
            }
            // Had the server got it all the same, it comes back with a page, and a coordinator destroys it.
            self.held.remove(&id);
            arrival.writes.remove(Table::Held, id.0.to_vec());
            arrival.writes.remove(Table::Entries, id.0.to_vec());
            self.advance(&id, Delivery::Erased, &mut arrival.writes);
        }
        self.drop_erased_unsent(arrival);
    }

    fn drop_erased_unsent(&mut self, arrival: &mut Arrival) {
        let erased: Vec<_> = self
            .unsent
            .iter()
            .filter(|(_, one)| self.erasures.record(&one.change.record().id))
            .map(|(id, _)| *id)
            .collect();
        for id in erased {
            self.unsent.remove(&id);
            self.stuck.remove(&id);
            arrival.writes.remove(Table::Unsent, id.0.to_vec());
        }
        let erasures = &self.erasures;
        for (id, one) in &mut self.unsent {
            let record = one.change.record().id;
            let redacted = one.change.redacted(|edit| erasures.field(&record, &edit.field));
            if redacted != one.change {
                one.change = redacted;
                self.stuck.remove(id);
                let row = (one.change.to_bytes(), one.audience, one.owner);
                arrival.writes.put(Table::Unsent, id.0.to_vec(), &row);
            }
        }
    }

    fn coordinator_signed(
        &self,
        device: &crate::ids::DeviceId,
        signed: impl Fn(&crate::keys::PublicKeys) -> bool,
    ) -> bool {
        // An order stays valid when its coordinator leaves later.
        self.line.device(device).is_some_and(|standing| {
            standing.role == crate::roster::Role::Coordinator && signed(&standing.keys)
        })
    }

    fn store_touched(&mut self, arrival: &mut Arrival) {
        for key in std::mem::take(&mut arrival.touched) {
            let row = record_row_key(&key);
            match self.histories.get(&key) {
                Some(history) if !history.is_empty() => {
                    arrival.writes.put_bytes(Table::Histories, row, history.to_bytes());
                }
                _ => {
                    self.histories.remove(&key);
                    arrival.writes.remove(Table::Histories, row);
                }
            }
        }
    }
}

#[derive(Default)]
pub(super) struct Arrival {
    now: u64,
    pub(super) writes: Writes,
    touched: BTreeSet<RecordKey>,
    pub(super) faults: usize,
}
