//! What arrives: pages of entries, and what they do to the records.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use super::rows::{EntryRow, Held, Table, Writes};
use super::verdict::{Incoming, Verdict};
use crate::change::RecordKey;
use crate::codec::Malformed;
use crate::ids::{DeviceId, EntryId};
use crate::ledger::{Branch, EraseOrder, Grant, Kind, Signed};
use crate::protocol::{Delivered, Pull, Pulled, Reply, Scope};
use crate::reading::Wait;
use crate::replica::{Delivery, PageVerdict, SyncState};
use crate::roster::RosterEntry;

impl Notebook {
    /// Takes the reply to a pull in. `now` is the phone's clock in milliseconds since 1970.
    ///
    /// `waiting` are the stored bytes of [`waiting_entries`](Self::waiting_entries): a page whose roster
    /// entries make them readable opens them too. A notebook to practise with takes nothing in.
    pub fn take_page(
        &mut self,
        request: &Pull,
        reply: &Reply<Pulled>,
        waiting: &BTreeMap<EntryId, EntryRow>,
        now: u64,
    ) -> Incoming {
        // What the server serves depends on its own branch of the roster.
        if self.training {
            let (verdict, writes) = (Verdict::Ignored, Writes::default());
            return Incoming { verdict, writes, faults: 0 };
        }
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

    /// The bundles that a longer roster may make readable.
    pub fn waiting_entries(&self) -> Vec<EntryId> {
        let waiting = |held: &Held| matches!(held.waiting, Some(Wait::Confirmation | Wait::Key));
        self.held.iter().filter(|(_, held)| waiting(held)).map(|(id, _)| *id).collect()
    }

    /// The entries that only a newer app may read: to be given to [`read_again`](Self::read_again) when the
    /// app starts.
    pub fn unread_entries(&self) -> Vec<EntryId> {
        let unread = self.held.iter().filter(|(_, held)| held.waiting == Some(Wait::Update));
        unread.map(|(id, _)| *id).collect()
    }

    /// Tries [`unread_entries`](Self::unread_entries), given as stored: this app may be newer than the one
    /// that could not read them. `now` is the phone's clock in milliseconds since 1970.
    pub fn read_again(&mut self, rows: &BTreeMap<EntryId, EntryRow>, now: u64) -> Writes {
        let mut arrival = Arrival { now, ..Arrival::default() };
        let mut anew = false;
        for (id, row) in rows {
            match self.held.get(id).map(|held| held.kind) {
                Some(Kind::Bundle) => self.read_stored(id, row, &mut arrival),
                Some(kind) if !is_newer(kind, &row.bytes) => {
                    self.held.remove(id);
                    arrival.writes.remove(Table::Held, id.0.to_vec());
                    arrival.writes.remove(Table::Entries, id.0.to_vec());
                    anew = true;
                }
                _ => {}
            }
        }
        if anew {
            // What rests on these entries was passed over too: everything is pulled once more.
            self.sync = SyncState { orders: 0, ..self.sync.again() };
            self.forget_served(&mut arrival.writes);
            self.write_sync(&mut arrival.writes);
        }
        self.judge_revocations();
        self.store_touched(&mut arrival);
        arrival.writes
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
        self.forget_numbers(|_, _| true, writes);
        self.forget_reached(writes);
        self.write_sync(writes);
    }

    /// What is pulled from the start must show every own entry again.
    pub(super) fn forget_served(&mut self, writes: &mut Writes) {
        self.forget_numbers(Self::is_served, writes);
    }

    fn forget_numbers(&mut self, of: impl Fn(&Self, &EntryId) -> bool, writes: &mut Writes) {
        let ids: Vec<EntryId> = self.dispatches.keys().filter(|id| of(self, id)).copied().collect();
        for id in ids {
            if let Some(held) = self.held.get_mut(&id).filter(|held| held.number.is_some()) {
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
            self.is_served(id) && held.is_some_and(|held| held.number.is_none())
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
        if page.scope == Scope::Orders && page.after == 0 {
            self.lose_sight(&mut arrival.writes);
        }
        self.listing_kept &= page.entries.is_empty();
        self.all_granted &= page.entries.is_empty();
        for entry in &page.entries {
            self.note(&entry.id, arrival, |held| {
                held.number = Some(entry.number);
                held.received_at.get_or_insert(entry.received_at);
            });
            if self.waits_for_update(entry, arrival) {
                continue;
            }
            match entry.kind {
                Kind::Roster => self.take_roster(entry, arrival),
                Kind::Erase => self.take_order(entry, arrival),
                Kind::Bundle | Kind::Grant | Kind::Branch => {}
            }
        }
        if self.line.newest() != roster {
            self.ring.learn(&self.line);
            for (id, row) in waiting {
                self.read_stored(id, row, arrival);
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
            self.look_again();
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

    /// Changes what is known of a held entry, and stores it when that changed.
    pub(super) fn note(
        &mut self,
        id: &EntryId,
        arrival: &mut Arrival,
        change: impl FnOnce(&mut Held),
    ) {
        let Some(held) = self.held.get_mut(id) else { return };
        let before = held.clone();
        change(held);
        if *held != before {
            arrival.writes.put(Table::Held, id.0.to_vec(), held);
        }
    }

    /// A newer app's roster entry, order or grant is kept until this app is newer. Bundles see to that
    /// themselves: see [`read`](Self::read).
    fn waits_for_update(&mut self, entry: &Delivered, arrival: &mut Arrival) -> bool {
        let newer = entry.bytes.as_ref().is_some_and(|bytes| is_newer(entry.kind, bytes));
        if newer {
            self.hold(entry, None, arrival);
            self.note(&entry.id, arrival, |held| held.waiting = Some(Wait::Update));
        }
        newer
    }

    pub(super) fn hold(
        &mut self,
        entry: &Delivered,
        link: Option<(DeviceId, Option<EntryId>)>,
        arrival: &mut Arrival,
    ) {
        let Some(bytes) = &entry.bytes else { return };
        if self.held.contains_key(&entry.id) {
            return;
        }
        let (number, received_at) = (Some(entry.number), Some(entry.received_at));
        let held = Held { number, received_at, ..Held::new(entry.kind, link) };
        let row = EntryRow { bytes: bytes.clone(), wraps: entry.wraps.clone() };
        arrival.writes.put(Table::Entries, entry.id.0.to_vec(), &row);
        arrival.writes.put(Table::Held, entry.id.0.to_vec(), &held);
        self.held.insert(entry.id, held);
    }

    pub(super) fn coordinator_signed(
        &self,
        device: &DeviceId,
        signed: impl Fn(&crate::keys::PublicKeys) -> bool,
    ) -> bool {
        // An order stays valid when its coordinator leaves later.
        self.line.device(device).is_some_and(|standing| {
            standing.role == crate::roster::Role::Coordinator && signed(&standing.keys)
        })
    }
}

/// Whether a newer app wrote this entry. A bundle's changes have versions of their own: that one is read.
fn is_newer(kind: Kind, bytes: &[u8]) -> bool {
    let fault = match kind {
        Kind::Bundle => None,
        Kind::Grant => Signed::<Grant>::read(kind, bytes).err(),
        Kind::Roster => Signed::<RosterEntry>::read(kind, bytes).err(),
        Kind::Erase => Signed::<EraseOrder>::read(kind, bytes).err(),
        Kind::Branch => Signed::<Branch>::read(kind, bytes).err(),
    };
    matches!(fault, Some(Malformed::Version(_)))
}

#[derive(Default)]
pub(super) struct Arrival {
    pub(super) now: u64,
    pub(super) writes: Writes,
    pub(super) touched: BTreeSet<RecordKey>,
    pub(super) faults: usize,
}
