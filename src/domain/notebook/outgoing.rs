//! What leaves the device: packing, sending, receipts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rows::{EntryRow, Held, Table, Writes};
use super::{Notebook, Verdict};
use crate::bundle::{Audience, Bundle, SealedBundle};
use crate::change::{Change, RecordKey};
use crate::ids::{ChangeId, DeviceId, EntryId, MemberId};
use crate::ledger::Kind;
use crate::order::{self, Gather};
use crate::protocol::{Receipt, Reply};
use crate::replica::{
    ALERT, Delivery, Packing, PushTicket, ReceiptVerdict, Stuck, Tips, Unsent, pack,
};

/// One of this device's entries, on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// How far it has come.
    pub delivery: Delivery,
    /// The place among this device's entries: they are sent in this order, alerts first.
    pub place: u32,
    /// The records a bundle speaks of; none for other kinds.
    pub records: Vec<RecordKey>,
    /// The changes it carries.
    pub changes: Vec<ChangeId>,
}

impl Notebook {
    /// Packs every unsent change that can be packed into bundles. What cannot stays unsent and is told by
    /// [`stuck`](Self::stuck).
    pub fn pack(&mut self, rng: &mut impl rand_core::CryptoRng) -> Writes {
        if self.copy {
            self.stuck = self.unsent.keys().map(|id| (*id, Stuck::Copy)).gather();
            return Writes::default();
        }
        // What was too large once is too large for ever, and trying costs the most.
        let large = |id: &ChangeId| self.stuck.get(id) == Some(&Stuck::TooLarge);
        let unsent: Vec<Unsent> = self
            .unsent
            .iter()
            .filter(|(id, _)| !large(id))
            .map(|(_, one)| self.owned(one))
            .collect();
        let Packing { packed, tips, stuck } = pack(&unsent, &self.line, &self.ring, self.tips, rng);
        self.stuck.retain(|_, why| *why == Stuck::TooLarge);
        self.stuck.extend(stuck);
        let mut writes = Writes::default();
        if packed.is_empty() {
            return writes;
        }
        let mut before = self.tips;
        for bundle in packed {
            for change in &bundle.changes {
                self.unsent.remove(change);
                writes.remove(Table::Unsent, change.0.to_vec());
            }
            let (id, previous) = (bundle.sealed.id, before.of(bundle.audience));
            before.advance(bundle.audience, id);
            let held = Held::new(Kind::Bundle, Some((self.device(), previous)));
            let entry = EntryRow { bytes: bundle.sealed.bytes, wraps: bundle.sealed.wraps };
            self.dispatch(id, held, &entry, (bundle.records, bundle.changes), &mut writes);
        }
        self.tips = tips;
        self.write_sync(&mut writes);
        writes
    }

    /// The changes that the last packing could not pack, and why; nothing of them is lost.
    pub fn stuck(&self) -> &BTreeMap<ChangeId, Stuck> {
        &self.stuck
    }

    /// Queues an entry this device signed that is no bundle: a roster entry is taken into the roster when
    /// the server accepted it, and not before. A notebook to practise with queues nothing.
    pub fn enqueue(&mut self, kind: Kind, bytes: Vec<u8>) -> (EntryId, Writes) {
        let mut writes = Writes::default();
        let id = EntryId::of(&bytes);
        if self.training || self.dispatches.contains_key(&id) {
            return (id, writes);
        }
        let held = Held::new(kind, None);
        if kind == Kind::Roster {
            self.keep_stray(id, &bytes, &mut writes);
        }
        let entry = EntryRow { bytes, wraps: Vec::new() };
        self.dispatch(id, held, &entry, (Vec::new(), Vec::new()), &mut writes);
        (id, writes)
    }

    /// Queues a bundle that this device sealed anew in another's place, with its wraps: it is kept and sent
    /// like every other, so that it outlives a restore. Its `previous` is [`tips`](Self::tips). A copy and a
    /// notebook to practise with seal nothing, and queue nothing.
    pub fn enqueue_resealed(&mut self, bundle: SealedBundle, records: Vec<RecordKey>) -> Writes {
        let mut writes = Writes::default();
        if self.copy || self.training {
            return writes;
        }
        let Ok(read) = Bundle::read(&bundle.bytes) else { return writes };
        let header = read.header();
        let held = Held::new(Kind::Bundle, Some((header.device, header.previous)));
        self.tips.advance(header.audience, bundle.id);
        let entry = EntryRow { bytes: bundle.bytes, wraps: bundle.wraps };
        self.dispatch(bundle.id, held, &entry, (records, Vec::new()), &mut writes);
        self.write_sync(&mut writes);
        writes
    }

    /// Every bundle of a device that is held here: what a revocation of it names as accepted.
    ///
    /// All of them, and not the last ones alone: who does not get every bundle of the device, or gets some
    /// after an order destroyed those between, could not tell that an older one comes before an accepted one.
    pub fn bundles_of(&self, device: &DeviceId) -> Vec<EntryId> {
        let of = |held: &Held| held.link.is_some_and(|(author, _)| author == *device);
        self.held.iter().filter(|(_, held)| of(held)).map(|(id, _)| *id).collect()
    }

    /// The last bundles of this device.
    pub fn tips(&self) -> &Tips {
        &self.tips
    }

    /// The entries still to be sent, in order: alerts before all else.
    pub fn pending(&self) -> Vec<EntryId> {
        let pending = self.dispatches.iter().filter(|(_, dispatch)| dispatch.delivery.pending());
        let mut pending: Vec<_> = pending.collect();
        order::sort_by_key(&mut pending, |(_, dispatch)| {
            (!dispatch.records.iter().any(|record| record.kind == ALERT), dispatch.place)
        });
        pending.into_iter().map(|(id, _)| *id).collect()
    }

    /// How many changes wait for a bundle.
    pub fn unpacked(&self) -> usize {
        self.unsent.len()
    }

    /// This device's entries and how far they have come.
    pub fn dispatches(&self) -> impl Iterator<Item = (&EntryId, &Dispatch)> {
        self.dispatches.iter()
    }

    /// Notes that these entries are about to be sent: from now on they are on their way.
    pub fn mark_sent(&mut self, ids: &[EntryId]) -> (PushTicket, Writes) {
        let mut writes = Writes::default();
        for id in ids {
            self.advance(id, Delivery::Sent, &mut writes);
        }
        (self.sync.ticket(), writes)
    }

    /// Takes the reply to a push in.
    pub fn take_receipts(
        &mut self,
        ticket: PushTicket,
        sent: &[EntryId],
        reply: &Reply<Vec<Receipt>>,
    ) -> (Verdict, Writes) {
        let mut writes = Writes::default();
        match self.sync.receipts(ticket, sent, reply) {
            ReceiptVerdict::Ignore => (Verdict::Ignored, writes),
            ReceiptVerdict::Reset(next) => {
                self.begin_again(next, &mut writes);
                (Verdict::Reset, writes)
            }
            ReceiptVerdict::Apply(deliveries) => {
                for (id, delivery) in deliveries {
                    // A server that lost part of the roster refuses what rests on it: that is no verdict.
                    let refused = matches!(delivery, Delivery::Refused(_));
                    let roster = self.is_roster(&id);
                    if refused && roster {
                        self.drop_stray(&id, &mut writes);
                    }
                    if !refused || roster || !self.forked() {
                        self.note_refused_grant(&id, &delivery, &mut writes);
                        self.advance(&id, delivery, &mut writes);
                    }
                }
                (Verdict::Applied { more: false }, writes)
            }
        }
    }

    /// What this device offers to a server that lost entries: roster first and in order, then all else.
    /// Own entries are on their way already and not among them, nor is what left this device. Bundles that
    /// this device sends for another are: it is not served them, and so would not see that they are gone.
    pub fn offers(&self) -> Vec<EntryId> {
        let roster = self.line.entries().map(EntryId::of);
        let mut others: Vec<_> = self
            .held
            .iter()
            .filter(|(id, held)| held.kind != Kind::Roster && !self.sends(id))
            .filter(|(id, held)| !held.destroyed && !self.is_dropped(id))
            .map(|(id, held)| (held.kind == Kind::Grant, held.number, *id))
            .collect();
        order::sort(&mut others);
        roster.chain(others.into_iter().map(|(_, _, id)| id)).collect()
    }

    /// Notes that everything was offered, if no other history began since `ticket` was made.
    pub fn offered(&mut self, ticket: PushTicket) -> Writes {
        let mut writes = Writes::default();
        if ticket == self.sync.ticket() {
            self.sync = self.sync.offered();
            self.write_sync(&mut writes);
        }
        writes
    }

    /// Whether an entry is on its way by itself: this device signed it, or no receipt names it yet.
    fn sends(&self, id: &EntryId) -> bool {
        let dispatch = self.dispatches.get(id);
        dispatch.is_some_and(|d| self.is_signer(id) || d.delivery != Delivery::Received)
    }

    /// The creator may have become known since the change was made.
    fn owned(&self, one: &Unsent) -> Unsent {
        let unknown = one.owner.is_none() && one.audience == Audience::Restricted;
        let owner = if unknown { self.view(one.change.record()).creator } else { one.owner };
        Unsent { owner, ..one.clone() }
    }

    pub(super) fn queue(
        &mut self,
        change: Change,
        audience: Audience,
        owner: Option<MemberId>,
        writes: &mut Writes,
    ) {
        if self.training {
            return;
        }
        let id = change.id();
        writes.put(Table::Unsent, id.0.to_vec(), &(change.to_bytes(), audience, owner));
        self.unsent.insert(id, Unsent { change, audience, owner });
    }

    pub(super) fn write_sync(&self, writes: &mut Writes) {
        writes.put(Table::Sync, Vec::new(), &(self.sync, self.tips, self.clock));
    }

    pub(super) fn is_roster(&self, id: &EntryId) -> bool {
        self.held.get(id).is_some_and(|held| held.kind == Kind::Roster)
    }

    pub(super) fn advance(&mut self, id: &EntryId, delivery: Delivery, writes: &mut Writes) {
        // What an order destroyed stays destroyed and what left stays away, whatever a late receipt says.
        if let Some(dispatch) = self.dispatches.get_mut(id)
            && dispatch.delivery.may_become(&delivery)
        {
            dispatch.delivery = delivery;
            writes.put(Table::Dispatches, id.0.to_vec(), dispatch);
        }
    }

    pub(super) fn dispatch(
        &mut self,
        id: EntryId,
        held: Held,
        entry: &EntryRow,
        (records, changes): (Vec<RecordKey>, Vec<ChangeId>),
        writes: &mut Writes,
    ) {
        let place = self.dispatches.values().map(|d| d.place + 1).max().unwrap_or_default();
        let dispatch = Dispatch { delivery: Delivery::Stored, place, records, changes };
        writes.put(Table::Entries, id.0.to_vec(), entry);
        writes.put(Table::Held, id.0.to_vec(), &held);
        writes.put(Table::Dispatches, id.0.to_vec(), &dispatch);
        self.held.insert(id, held);
        self.dispatches.insert(id, dispatch);
    }
}
