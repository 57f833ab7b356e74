//! A whole sync of a device, in the steps and the order of the client's sync engine.

use domain::ids::EntryId;
use domain::notebook::{Verdict, Writes};
use domain::protocol::{
    Code, MAX_HAVE, Outcome, Pull, Pulled, Push, PushItem, Receipt, Reply, Scope,
};
use domain::replica::PushTicket;

use super::plant::Plant;
use super::planting;
use super::wire::{Cut, Late};
use super::world::World;

/// Entries of one push.
const BATCH: usize = 3;
/// A server that contradicts itself more often in one sync is left alone.
const MAX_ROUNDS: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    Done,
    Anew,
}

impl World {
    /// Syncs once; whatever cuts it, the device goes on later from where it was.
    pub(super) fn sync(&mut self, device: usize) {
        if self.devices[device].out {
            return;
        }
        let mut cut = None;
        for _ in 0..MAX_ROUNDS {
            match self.round(device) {
                Ok(Round::Done) => {
                    self.tell(|| format!("device {device} synced, {:?}", self.standing(device)));
                    self.devices[device].cut = None;
                    return;
                }
                Ok(Round::Anew) => {}
                Err(found) => {
                    cut = Some(found);
                    break;
                }
            }
        }
        if self.plant == Some(Plant::OfferForgotten) {
            planting::alter_sync(&mut self.devices[device], |sync| sync.offer = false);
        }
        self.devices[device].cut = Some(format!("{cut:?}"));
        self.tell(|| format!("device {device} was cut: {cut:?}, {:?}", self.standing(device)));
        match cut {
            Some(Cut::Refused(Code::Revoked)) => self.devices[device].out = true,
            Some(Cut::Refused(Code::UnknownDevice)) => self.enrol_again(device),
            Some(_) | None => {}
        }
    }

    /// Cursor, era, pending, unpacked: for tales.
    fn standing(&self, device: usize) -> (u64, u32, usize, usize) {
        let notebook = &self.devices[device].notebook;
        let state = notebook.sync_state();
        (state.cursor, state.era, notebook.pending().len(), notebook.unpacked())
    }

    fn round(&mut self, device: usize) -> Result<Round, Cut> {
        if self.pull(device, Scope::Orders)? == Round::Anew {
            return Ok(Round::Anew);
        }
        self.mend(device)?;
        if self.devices[device].notebook.sync_state().offer {
            self.offer(device)?;
        }
        self.pack(device)?;
        if self.push(device)? == Round::Anew {
            return Ok(Round::Anew);
        }
        if self.pull(device, Scope::All)? == Round::Anew {
            return Ok(Round::Anew);
        }
        let busy = self.duties(device)?;
        self.devices[device].busy = busy;
        self.pack(device)?;
        if self.push(device)? == Round::Anew {
            return Ok(Round::Anew);
        }
        self.let_go(device)?;
        Ok(Round::Done)
    }

    fn pull(&mut self, device: usize, scope: Scope) -> Result<Round, Cut> {
        let mut received = 0;
        loop {
            let request = self.devices[device].notebook.sync_state().pull(scope);
            let (id, plant) = (self.devices[device].id(), self.plant);
            let reply = self.ask(
                |world| {
                    let mut request = request.clone();
                    planting::on_pull(plant, &mut request);
                    let reply = world.server.pull(id, &request)?;
                    Ok(planting::on_pulled(plant, &request, reply))
                },
                |reply| Late::Page { device, request: request.clone(), reply },
            )?;
            if let Pulled::Page(page) = &reply.answer {
                received += page.entries.len();
            }
            match self.take_page(device, &request, reply)? {
                Verdict::Applied { more: true } => {}
                Verdict::Applied { more: false } => {
                    let state = self.devices[device].notebook.sync_state();
                    let again = scope == Scope::All && state.chain.is_none() && received > 0;
                    return Ok(if again { Round::Anew } else { Round::Done });
                }
                Verdict::Reset | Verdict::Again => return Ok(Round::Anew),
                Verdict::Ignored => {
                    self.ignored += 1;
                    return Err(Cut::Ignored);
                }
            }
        }
    }

    pub(super) fn take_page(
        &mut self,
        device: usize,
        request: &Pull,
        reply: Reply<Pulled>,
    ) -> Result<Verdict, Cut> {
        let (now, plant) = (self.now(device), self.plant);
        let one = &mut self.devices[device];
        let waiting = one.notebook.waiting_entries();
        let waiting = waiting.into_iter().filter_map(|id| Some((id, one.vault.entry(&id)?)));
        let waiting = waiting.collect();
        let before = planting::before_page(plant, one);
        let incoming = one.notebook.take_page(request, &reply, &waiting, now);
        let verdict = incoming.verdict;
        self.resets += usize::from(verdict == Verdict::Reset);
        self.tell(|| {
            let state = self.devices[device].notebook.sync_state();
            let (after, scope, chain) = (request.after, request.scope, request.chain.is_some());
            format!(
                "device {device}, {scope:?} after {after}, chain {chain}: {verdict:?}, now at {}, served {}",
                state.cursor, state.served.count
            )
        });
        self.commit(device, &incoming.writes)?;
        planting::after_page(self, device, before, verdict);
        Ok(verdict)
    }

    fn mend(&mut self, device: usize) -> Result<(), Cut> {
        planting::on_fork(self.plant, &mut self.devices[device]);
        let forked = self.devices[device].notebook.forked();
        self.forks += usize::from(forked);
        let writes = match self.plant {
            Some(Plant::BranchKeptBack) if !self.devices[device].coordinates() => Writes::default(),
            _ => self.devices[device].notebook.mend(&mut self.dice),
        };
        self.tell(|| format!("device {device} mends, forked {forked}, {} rows", writes.0.len()));
        self.commit(device, &writes)
    }

    fn pack(&mut self, device: usize) -> Result<(), Cut> {
        if self.devices[device].notebook.unpacked() == 0 {
            return Ok(());
        }
        let writes = self.devices[device].notebook.pack(&mut self.dice);
        let notebook = &self.devices[device].notebook;
        let has_keys = notebook.stuck().is_empty() || !notebook.confirmed();
        assert!(has_keys, "every confirmed device has the keys to pack");
        self.commit(device, &writes)
    }

    fn push(&mut self, device: usize) -> Result<Round, Cut> {
        let pending = self.devices[device].notebook.pending();
        for ids in pending.chunks(BATCH) {
            let one = &mut self.devices[device];
            let entries = ids.iter().filter_map(|id| one.vault.entry(id));
            let items: Vec<PushItem> =
                entries.map(|row| PushItem { bytes: row.bytes, wraps: row.wraps }).collect();
            assert_eq!(items.len(), ids.len(), "the bytes of something pending are gone");
            let (ticket, writes) = one.notebook.mark_sent(ids);
            self.commit(device, &writes)?;
            if self.plant == Some(Plant::OutboxDroppedOnSend) {
                planting::drop_outbox(&mut self.devices[device], ids);
            }
            let push = Push { items };
            let late = |reply| Late::Receipts { device, ticket, sent: ids.to_vec(), reply };
            let reply = self.send(device, &push, late)?;
            if self.take_receipts(device, ticket, ids, reply)? == Verdict::Reset {
                return Ok(Round::Anew);
            }
        }
        Ok(Round::Done)
    }

    pub(super) fn take_receipts(
        &mut self,
        device: usize,
        mut ticket: PushTicket,
        sent: &[EntryId],
        mut reply: Reply<Vec<Receipt>>,
    ) -> Result<Verdict, Cut> {
        let notebook = &mut self.devices[device].notebook;
        if self.plant == Some(Plant::AckWithoutEpoch) {
            ticket = notebook.sync_state().ticket();
            reply.epoch = notebook.sync_state().epoch.unwrap_or(reply.epoch);
        }
        self.tell(|| format!("device {device} gets receipts {:?}", reply.answer));
        let notebook = &mut self.devices[device].notebook;
        let refused = reply.answer.iter().filter(|r| matches!(r.outcome, Outcome::Refused(_)));
        self.refused += refused.count();
        let (verdict, writes) = notebook.take_receipts(ticket, sent, &reply);
        self.resets += usize::from(verdict == Verdict::Reset);
        self.commit(device, &writes)?;
        if verdict != Verdict::Ignored && verdict != Verdict::Reset {
            let told = reply.answer.iter().filter(|receipt| receipt.outcome.received());
            let told = told.filter_map(|receipt| self.truth.revocations.get(&receipt.id));
            self.truth.put_out.extend(told.copied());
        }
        if self.plant == Some(Plant::OwnPushMovesCursor) {
            planting::move_cursor(&mut self.devices[device], &reply);
        }
        Ok(verdict)
    }

    /// Gives a server that lost entries what this device holds of them.
    fn offer(&mut self, device: usize) -> Result<(), Cut> {
        let notebook = &self.devices[device].notebook;
        let (ticket, offers) = (notebook.sync_state().ticket(), notebook.offers());
        let id = self.devices[device].id();
        for ids in offers.chunks(MAX_HAVE) {
            let missing = self.ask(|world| world.server.have(id, ids), |_| Late::Nothing)?.answer;
            for ids in missing.chunks(BATCH) {
                let items = ids.iter().filter_map(|id| self.offered_item(device, id)).collect();
                self.send(device, &Push { items }, |_| Late::Nothing)?;
            }
        }
        let writes = self.devices[device].notebook.offered(ticket);
        self.commit(device, &writes)
    }

    /// Roster entries are kept with the roster, not with the other entries.
    fn offered_item(&self, device: usize, id: &EntryId) -> Option<PushItem> {
        let one = &self.devices[device];
        let mut roster = one.notebook.line().entries();
        if let Some(bytes) = roster.find(|bytes| EntryId::of(bytes) == *id) {
            return Some(PushItem { bytes: bytes.to_vec(), wraps: Vec::new() });
        }
        let row = one.vault.entry(id)?;
        Some(PushItem { bytes: row.bytes, wraps: row.wraps })
    }

    fn send(
        &mut self,
        device: usize,
        push: &Push,
        late: impl Fn(Reply<Vec<Receipt>>) -> Late,
    ) -> Result<Reply<Vec<Receipt>>, Cut> {
        let (from, now, plant) = (self.devices[device].id(), self.server_now(), self.plant);
        if self.fault(|mix| mix.twice) {
            self.late.push(Late::Push { from, push: push.clone() });
        }
        self.ask(|world| planting::on_push(plant, &world.server, from, push, now), late)
    }

    /// Stores what an operation wrote, or crashes before or after it.
    pub(super) fn commit(&mut self, device: usize, writes: &Writes) -> Result<(), Cut> {
        if writes.is_empty() {
            return Ok(());
        }
        let crash = self.fault(|mix| mix.crash);
        let stored = !crash || self.dice.percent(50);
        let one = &mut self.devices[device];
        if stored {
            one.vault.apply(writes);
        } else if self.plant == Some(Plant::CursorBeforeData) {
            planting::store_cursor_only(one, writes);
        }
        if crash {
            one.restart();
            return Err(Cut::Crashed);
        }
        Ok(())
    }
}
