//! What orders to erase do: they win over everything that is held or on its way.

use super::Notebook;
use super::incoming::Arrival;
use super::rows::Table;
use crate::change::{Change, RecordKey};
use crate::fold::History;
use crate::ids::EntryId;
use crate::ledger::{EraseOrder, Kind, Signed};
use crate::protocol::Delivered;
use crate::replica::Delivery;

impl Notebook {
    pub(super) fn take_order(&mut self, entry: &Delivered, arrival: &mut Arrival) {
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

    /// Drops an entry's bytes. What links to it keeps its place in its device's line of bundles.
    fn destroy(&mut self, id: &EntryId, arrival: &mut Arrival) {
        let Some(held) = self.held.get_mut(id).filter(|held| held.kind == Kind::Bundle) else {
            return;
        };
        (held.destroyed, held.waiting) = (true, None);
        held.records.clear();
        arrival.writes.put(Table::Held, id.0.to_vec(), held);
        arrival.writes.remove(Table::Entries, id.0.to_vec());
        self.forget_carried(id, &mut arrival.writes);
        self.advance(id, Delivery::Erased, &mut arrival.writes);
    }

    /// An unacknowledged bundle that carries an erased record is packed anew without it: the only case in
    /// which bytes change. Another member's, passed on from a file, is only dropped: its phone sends the rest
    /// anew, and this device's name must not stand under it.
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
            let own = self.is_of_member(&id);
            for record in dispatch.records.iter().filter(|_| own) {
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
            if !own {
                self.dispatches.remove(&id);
                arrival.writes.remove(Table::Dispatches, id.0.to_vec());
            }
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
}
