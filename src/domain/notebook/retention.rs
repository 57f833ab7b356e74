//! What leaves this device once coordinators have it, and how it comes back for a question.
//!
//! ```text
//!   received ──a coordinator's device has it, the days are over──► date and state stay, the rest leaves
//!       ▲                                                                        │
//!       └── answered ◄── the whole record again ◄── entries fetched ◄── "to clarify"
//! ```
//!
//! Leaving is local: the record's changes stay with their ids and lose the content of their edits, and the
//! bytes of the entries that carried them go. Nothing of it is ever sent. What left cannot be offered by
//! this device to a server that lost it; coordinators' devices, which keep everything, can.
//!
//! That a coordinator's device has something is the server's word. One that lies, and destroys what it
//! holds, makes a phone let go of the last copy; it learns nothing by that.

use std::collections::{BTreeMap, BTreeSet};

use super::incoming::Arrival;
use super::loading::record_row_key;
use super::rows::{Carried, Retired, Table, Writes};
use super::{Incoming, Notebook, Verdict};
use crate::change::{Change, RecordKey};
use crate::fold::{CREATED, DELETED, Source};
use crate::ids::EntryId;
use crate::ledger::Kind;
use crate::order::Gather;
use crate::protocol::{Delivered, MAX_HAVE, Reply};
use crate::replica::{Delivery, PushTicket};
use crate::review::Review;

/// Days for which content stays readable after its receipt, unless the campaign chose another number.
pub const RETENTION_DAYS: u64 = 14;
/// The most that a campaign may choose.
pub const MAX_RETENTION_DAYS: u64 = 90;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// The kinds of records that leave, and the field of each that stays: its date.
const LEAVING: &[(&str, &str)] =
    &[("visit", "visited_on"), ("finding", ""), ("testimony", "heard_on")];
const REVIEW_STATE: &str = "review_state";
const REVIEW: &str = "review_";

impl Notebook {
    /// The entries of which the server is to be asked whether a coordinator's device has them: the request
    /// of the call `reached`.
    pub fn unreached(&self) -> Vec<EntryId> {
        let unreached = self.carried.iter().filter(|(_, carried)| !carried.reached);
        unreached.map(|(id, _)| *id).take(MAX_HAVE).collect()
    }

    /// Takes the reply in: of the entries that were asked for, those that a coordinator's device has.
    ///
    /// `ticket` is [`SyncState::ticket`](crate::replica::SyncState::ticket) as it was when they were asked for.
    pub fn take_reached(
        &mut self,
        ticket: PushTicket,
        asked: &[EntryId],
        reply: &Reply<Vec<EntryId>>,
    ) -> (Verdict, Writes) {
        let mut writes = Writes::default();
        if !self.of_this_history(ticket, reply) {
            return (Verdict::Ignored, writes);
        }
        for id in reply.answer.iter().filter(|id| asked.contains(id)) {
            if let Some(carried) = self.carried.get_mut(id).filter(|carried| !carried.reached) {
                carried.reached = true;
                writes.put(Table::Carried, id.0.to_vec(), carried);
            }
        }
        (Verdict::Applied { more: false }, writes)
    }

    /// Lets go of every record whose time has come: of its content only date and review state stay.
    ///
    /// Its time has come when it is of a kind that leaves, everything of it was received at least `days` days
    /// (at most [`MAX_RETENTION_DAYS`]) before `now`, a coordinator's device has all of it, no question about
    /// it is open, and no draft of it lies here. Coordinators' devices keep everything; so does a device that
    /// no coordinator confirmed, because nobody else may ever read what it wrote. While the server's roster leaves
    /// something out, whom it takes for a coordinator may be one no more: nothing leaves meanwhile.
    pub fn retire(&mut self, now: u64, days: u64) -> Writes {
        let mut writes = Writes::default();
        if self.is_coordinator() || !self.confirmed() || self.forked() {
            return writes;
        }
        let age = days.min(MAX_RETENTION_DAYS) * DAY;
        let carriers = self.carriers();
        for (record, entries) in &carriers {
            if self.may_leave(record, entries, now, age) {
                self.let_go(record, entries, now, &mut writes);
            }
        }
        writes
    }

    /// When the content of a record left this device, by its clock; none while it is here.
    pub fn retired(&self, record: &RecordKey) -> Option<u64> {
        self.retired.get(record).map(|retired| retired.at)
    }

    /// The entries to be fetched again because a coordinator asks something about a record whose content
    /// left: the requests of the call `fetch`, [`MAX_FETCH`](crate::protocol::MAX_FETCH) at a time.
    pub fn wanted(&self) -> Vec<EntryId> {
        let carriers = self.carriers();
        let asked = self.retired.iter().filter(|(record, _)| self.is_asked(record));
        let missing = asked.flat_map(|(record, retired)| {
            let entries = carriers.get(record).into_iter().flatten();
            entries.filter(|id| !retired.back.contains(*id)).copied()
        });
        missing.gather::<BTreeSet<_>>().into_iter().collect()
    }

    /// Takes fetched entries in: the records in question are whole again once all of theirs came. The bytes
    /// are not stored again. `now` is the phone's clock in milliseconds since 1970.
    pub fn take_fetched(
        &mut self,
        ticket: PushTicket,
        asked: &[EntryId],
        reply: &Reply<Vec<Delivered>>,
        now: u64,
    ) -> Incoming {
        let mut arrival = Arrival { now, ..Arrival::default() };
        if !self.of_this_history(ticket, reply) {
            return Incoming { verdict: Verdict::Ignored, writes: Writes::default(), faults: 0 };
        }
        let mut back = BTreeSet::new();
        for entry in reply.answer.iter().filter(|entry| asked.contains(&entry.id)) {
            if entry.bytes.as_ref().is_some_and(|bytes| EntryId::of(bytes) != entry.id) {
                arrival.faults += 1;
                continue;
            }
            back.insert(entry.id);
            match entry.kind {
                Kind::Bundle => self.take_bundle(entry, &mut arrival),
                Kind::Grant => self.take_grant(entry, &mut arrival),
                Kind::Roster | Kind::Erase | Kind::Branch => {}
            }
        }
        self.note_back(&back, &mut arrival.writes);
        self.store_touched(&mut arrival);
        self.write_sync(&mut arrival.writes);
        let verdict = Verdict::Applied { more: !self.wanted().is_empty() };
        Incoming { verdict, writes: arrival.writes, faults: arrival.faults }
    }

    /// Notes which records that leave one day an entry spoke of. Coordinators' devices need not know.
    pub(super) fn carry(
        &mut self,
        entry: EntryId,
        changes: &[(Change, Source)],
        now: u64,
        writes: &mut Writes,
    ) {
        if self.is_coordinator() || self.carried.contains_key(&entry) {
            return;
        }
        let records = changes.iter().map(|(change, _)| change.record());
        let records: BTreeSet<&RecordKey> =
            records.filter(|record| date_of(record).is_some()).gather();
        if records.is_empty() {
            return;
        }
        let records = records.into_iter().cloned().gather();
        let carried = Carried { records, since: now, reached: false, dropped: false };
        writes.put(Table::Carried, entry.0.to_vec(), &carried);
        self.carried.insert(entry, carried);
    }

    /// A change as it is kept: of a record whose content left, only what stays and what its review says,
    /// until a question brings it back.
    pub(super) fn as_kept(&self, change: Change) -> Change {
        let record = change.record();
        if !self.retired.contains_key(record) || self.is_asked(record) {
            return change;
        }
        let date = date_of(record);
        change.redacted(|edit| !stays(date, &edit.field) && !edit.field.starts_with(REVIEW))
    }

    /// What a server of another history said of coordinators' devices says nothing of this one.
    pub(super) fn forget_reached(&mut self, writes: &mut Writes) {
        for (id, carried) in self.carried.iter_mut().filter(|(_, carried)| carried.reached) {
            carried.reached = false;
            writes.put(Table::Carried, id.0.to_vec(), carried);
        }
    }

    /// An order destroyed the entry.
    pub(super) fn forget_carried(&mut self, id: &EntryId, writes: &mut Writes) {
        if self.carried.remove(id).is_some() {
            writes.remove(Table::Carried, id.0.to_vec());
        }
    }

    pub(super) fn is_dropped(&self, id: &EntryId) -> bool {
        self.carried.get(&self.brought_by(id)).is_some_and(|carried| carried.dropped)
    }

    fn of_this_history<T>(&self, ticket: PushTicket, reply: &Reply<T>) -> bool {
        ticket == self.sync.ticket() && self.sync.epoch == Some(reply.epoch)
    }

    /// Whether a question about the record waits for an answer. One that was answered before the content left is
    /// withheld with it: it asks for nothing again.
    fn is_asked(&self, record: &RecordKey) -> bool {
        Review::of(&self.view(record)).open_questions().next().is_some()
    }

    /// The entries that spoke of each record.
    fn carriers(&self) -> BTreeMap<RecordKey, Vec<EntryId>> {
        let mut carriers: BTreeMap<RecordKey, Vec<EntryId>> = BTreeMap::new();
        for (id, carried) in &self.carried {
            for record in &carried.records {
                carriers.entry(record.clone()).or_default().push(*id);
            }
        }
        carriers
    }

    fn may_leave(&self, record: &RecordKey, entries: &[EntryId], now: u64, age: u64) -> bool {
        let old = |id: &EntryId| {
            let carried = self.carried.get(id);
            carried.is_some_and(|c| c.reached && c.since.saturating_add(age) <= now)
        };
        let own = self.dispatches.iter().filter(|(_, dispatch)| dispatch.records.contains(record));
        let mut settled = own.map(|(id, dispatch)| match dispatch.delivery {
            Delivery::Erased | Delivery::Retired => true,
            // Served to this device, too: only then its bytes are known to be the server's.
            Delivery::Received => self.carried.contains_key(id),
            Delivery::Stored | Delivery::Sent | Delivery::Refused(_) => false,
        });
        let unsent = self.unsent.values().any(|unsent| unsent.change.record() == record);
        entries.iter().all(old)
            && settled.all(|settled| settled)
            && !unsent
            && !self.drafts.contains_key(&record.id)
            && !self.is_asked(record)
    }

    fn let_go(&mut self, record: &RecordKey, entries: &[EntryId], now: u64, writes: &mut Writes) {
        let (key, date) = (record_row_key(record), date_of(record));
        if let Some(history) = self.histories.get_mut(record)
            && history.withhold(|field| stays(date, field))
        {
            writes.put_bytes(Table::Histories, key.clone(), history.to_bytes());
        }
        for id in entries {
            if let Some(carried) = self.carried.get_mut(id).filter(|carried| !carried.dropped) {
                carried.dropped = true;
                writes.put(Table::Carried, id.0.to_vec(), carried);
                writes.remove(Table::Entries, id.0.to_vec());
                if let Some(bundle) = self.brought(id) {
                    writes.remove(Table::Entries, bundle.0.to_vec());
                }
                self.advance(id, Delivery::Retired, writes);
            }
        }
        if self.retired.get(record).is_none_or(|retired| !retired.back.is_empty()) {
            let retired = Retired { at: now, back: BTreeSet::new() };
            writes.put(Table::Retired, key, &retired);
            self.retired.insert(record.clone(), retired);
        }
    }

    /// Notes which entries came back for the records in question; a record of which all came is here again.
    fn note_back(&mut self, back: &BTreeSet<EntryId>, writes: &mut Writes) {
        let carriers = self.carriers();
        let asked: Vec<RecordKey> =
            self.retired.keys().filter(|record| self.is_asked(record)).cloned().collect();
        for record in asked {
            let Some(retired) = self.retired.get_mut(&record) else { continue };
            let entries = carriers.get(&record).map(Vec::as_slice).unwrap_or_default();
            retired.back.extend(entries.iter().filter(|id| back.contains(*id)));
            if entries.iter().all(|id| retired.back.contains(id)) {
                self.retired.remove(&record);
                writes.remove(Table::Retired, record_row_key(&record));
            } else {
                writes.put(Table::Retired, record_row_key(&record), retired);
            }
        }
    }
}

/// The field that dates a record of a kind that leaves; none for kinds that stay.
fn date_of(record: &RecordKey) -> Option<&'static str> {
    LEAVING.iter().find(|(kind, _)| *kind == record.kind).map(|(_, date)| *date)
}

fn stays(date: Option<&str>, field: &str) -> bool {
    [CREATED, DELETED, REVIEW_STATE].contains(&field) || date == Some(field)
}
