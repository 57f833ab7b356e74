//! The roster when a server lost part of it: following the server's branch, and joining it with this
//! device's own.
//!
//! Law: a device leaves its roster only for one that covers it ([`Line::covers`]). Until a coordinator's
//! device has joined the branches it goes on by its own: it records, seals and reads by that.

use std::collections::BTreeMap;

use super::incoming::Arrival;
use super::loading::BadRows;
use super::rows::{Table, Writes, place};
use super::{Dispatch, Notebook};
use crate::bundle::MAX_BUNDLE;
use crate::campaign::reunite;
use crate::ids::EntryId;
use crate::ledger::{Branch, Kind, Signed};
use crate::protocol::Delivered;
use crate::replica::Delivery;
use crate::roster::{Line, RosterEntry, RosterRefusal, Signer};

/// The lost entries that one reunion carries, in bytes; the rest follows with the next one.
const MOST_LOST: usize = MAX_BUNDLE / 2;

impl Notebook {
    /// Whether the server's roster left out something that this device's roster holds. It is reported with
    /// the code `roster_fork`; nothing is lost by it.
    pub fn forked(&self) -> bool {
        self.theirs.is_some()
    }

    /// Does what this device can about entries that the server's roster left out: a coordinator's device
    /// queues the reunion, any other hands in what it holds. To be called after roster and orders were
    /// pulled and before anything is pushed.
    pub fn mend(&mut self, rng: &mut impl rand_core::CryptoRng) -> Writes {
        let mut writes = Writes::default();
        // What this device signed and the server once accepted is sent again where it still fits.
        let newest = Some(self.server_line().newest());
        let again = self.strays.iter().filter(|(id, bytes)| {
            self.dispatches.contains_key(id) && self.was_accepted(id) && previous(bytes) == newest
        });
        let again: Vec<EntryId> = again.map(|(id, _)| *id).collect();
        again.iter().for_each(|id| self.advance(id, Delivery::Sent, &mut writes));
        writes.append(self.join(false, rng));
        writes
    }

    /// Whether there are lost entries that a person must look at: signed by somebody whom the server's
    /// roster puts out, who may have signed them only afterwards.
    pub fn doubtful(&self) -> bool {
        let base = self.server_line();
        self.lost_branches().iter().any(|lost| !trusted(base, lost))
    }

    /// As [`mend`](Self::mend), after a coordinator looked at [`doubtful`](Self::doubtful) entries. What they
    /// took in stays without effect, and whom they put out is out.
    pub fn mend_doubtful(&mut self, rng: &mut impl rand_core::CryptoRng) -> Writes {
        self.mended = None;
        self.join(true, rng)
    }

    /// The roster that the server goes by.
    pub(super) fn server_line(&self) -> &Line {
        self.theirs.as_ref().unwrap_or(&self.line)
    }

    pub(super) fn take_roster(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let followed = self.theirs.as_mut().unwrap_or(&mut self.line);
        if followed.passes(&entry.id) {
            return;
        }
        let carried = followed.contains(&entry.id);
        let appended = followed.append(bytes);
        match appended {
            Ok(_) if !carried && self.theirs.is_none() => {
                self.drop_stray(&entry.id, &mut arrival.writes);
                let index = self.line.entries().count() - 1;
                arrival.writes.put(Table::Roster, place(index), bytes);
                if self.line.joins() {
                    self.begin_anew(&mut arrival.writes);
                }
            }
            Ok(_) if !carried => self.follow(&mut arrival.writes),
            // The server went another way before the newest entry of the line that was followed.
            Ok(_) | Err(RosterRefusal::Moved) => match self.other_way(&entry.id, bytes) {
                Some(line) => {
                    self.theirs = Some(line);
                    self.follow(&mut arrival.writes);
                }
                None => arrival.faults += 1,
            },
            Err(_) => arrival.faults += 1,
        }
    }

    pub(super) fn take_branch(&mut self, entry: &Delivered, arrival: &mut Arrival) {
        let Some(bytes) = &entry.bytes else { return };
        let Ok(branch) = Signed::<Branch>::read(Kind::Branch, bytes) else {
            arrival.faults += 1;
            return;
        };
        self.hold(entry, None, arrival);
        for bytes in branch.body.entries {
            let id = EntryId::of(&bytes);
            if !self.line.contains(&id) {
                // Somebody got it from the server: it was accepted, whatever the answer was that came here.
                if self.dispatches.contains_key(&id) {
                    self.advance(&id, Delivery::Received, &mut arrival.writes);
                }
                self.keep_stray(id, &bytes, &mut arrival.writes);
            }
        }
    }

    pub(super) fn keep_stray(&mut self, id: EntryId, bytes: &[u8], writes: &mut Writes) {
        writes.put_bytes(Table::Strays, id.0.to_vec(), bytes.to_vec());
        self.strays.insert(id, bytes.to_vec());
    }

    pub(super) fn drop_stray(&mut self, id: &EntryId, writes: &mut Writes) {
        if self.strays.remove(id).is_some() {
            writes.remove(Table::Strays, id.0.to_vec());
        }
    }

    /// Another history: which branch the server is on is seen anew.
    pub(super) fn forget_branch(&mut self, writes: &mut Writes) {
        self.mended = None;
        self.lose_sight(writes);
    }

    /// Roster and orders are pulled from the start: they show which branch the server is on.
    pub(super) fn lose_sight(&mut self, writes: &mut Writes) {
        if self.theirs.take().is_some() {
            writes.remove(Table::Fork, Vec::new());
        }
    }

    /// No chain tells that a restore put the server on another branch after roster and orders were pulled, or
    /// on this device's own again: while it is on another, the next sync looks from the start.
    pub(super) fn look_again(&mut self) {
        if self.forked() {
            self.sync.orders = 0;
        }
    }

    /// The server's branch from its row: its entries after those of this device's line.
    pub(super) fn regrown(&self, entries: &[Vec<u8>]) -> Result<Line, BadRows> {
        let before = entries.first().and_then(|bytes| previous(bytes));
        let line = before.and_then(|id| self.line.up_to(&id));
        let mut line = line.ok_or(BadRows::Roster(RosterRefusal::Moved))?;
        entries.iter().try_for_each(|bytes| line.append(bytes).map(|_| ()))?;
        Ok(line)
    }

    /// The line that leads to an entry that does not follow the newest one.
    fn other_way(&self, id: &EntryId, bytes: &[u8]) -> Option<Line> {
        let before = previous(bytes)?;
        let mut known = [Some(&self.line), self.theirs.as_ref()].into_iter().flatten();
        known.find_map(|known| {
            if known.contains(id) {
                return known.up_to(id);
            }
            let mut line = known.up_to(&before)?;
            line.append(bytes).ok()?;
            Some(line)
        })
    }

    /// After the server's branch grew: it is followed as soon as it covers what is held here.
    fn follow(&mut self, writes: &mut Writes) {
        let Some(theirs) = self.theirs.take() else { return };
        if self.line.passes(&theirs.newest()) {
            writes.remove(Table::Fork, Vec::new());
        } else if theirs.covers(&self.line) {
            let before = self.line.entries().count();
            self.line = theirs;
            let rows = self.line.entries().enumerate();
            rows.for_each(|(index, bytes)| {
                writes.put(Table::Roster, place(index), &bytes.to_vec())
            });
            let now = self.line.entries().count();
            (now..before).for_each(|index| writes.remove(Table::Roster, place(index)));
            writes.remove(Table::Fork, Vec::new());
            self.begin_anew(writes);
        } else {
            let new = theirs.entries().filter(|bytes| !self.line.passes(&EntryId::of(bytes)));
            let new: Vec<Vec<u8>> = new.map(<[u8]>::to_vec).collect();
            writes.put(Table::Fork, Vec::new(), &new);
            self.theirs = Some(theirs);
        }
    }

    /// With branches joined, what rested on one of them is sent and offered again.
    fn begin_anew(&mut self, writes: &mut Writes) {
        self.sync = self.sync.to_offer();
        self.forget_reached(writes);
        let refused = |(id, d): (&EntryId, &Dispatch)| {
            let again = matches!(d.delivery, Delivery::Refused(_)) && !self.is_roster(id);
            again.then_some(*id)
        };
        let refused: Vec<EntryId> = self.dispatches.iter().filter_map(refused).collect();
        refused.iter().for_each(|id| self.advance(id, Delivery::Sent, writes));
        let known: Vec<EntryId> =
            self.strays.keys().filter(|id| self.line.contains(id)).copied().collect();
        known.iter().for_each(|id| self.drop_stray(id, writes));
    }

    /// Whether the server had this entry at some time: what others hold, it had; what this device signed it
    /// had if it said so.
    fn was_accepted(&self, id: &EntryId) -> bool {
        self.dispatches.get(id).is_none_or(|dispatch| dispatch.delivery == Delivery::Received)
    }

    fn join(&mut self, looked: bool, rng: &mut impl rand_core::CryptoRng) -> Writes {
        let base = self.server_line();
        let (newest, keys) = (base.newest(), self.ring.device());
        if self.mended == Some(newest) {
            return Writes::default();
        }
        for lost in self.lost_branches() {
            let reunion = (looked || trusted(base, &lost))
                .then(|| reunite(base, &lost, &self.ring, rng).ok())
                .flatten();
            if let Some(entry) = reunion {
                self.mended = Some(newest);
                return self.queue_again(Kind::Roster, entry);
            }
            if self.forked() {
                let (campaign, device) = (base.campaign(), keys.id());
                let (_, entry) = Branch { campaign, device, entries: lost }.sign(keys);
                return self.queue_again(Kind::Branch, entry);
            }
        }
        Writes::default()
    }

    /// What was refused before may be right now.
    fn queue_again(&mut self, kind: Kind, bytes: Vec<u8>) -> Writes {
        let (id, mut writes) = self.enqueue(kind, bytes);
        let refused = |dispatch: &Dispatch| matches!(dispatch.delivery, Delivery::Refused(_));
        if self.dispatches.get(&id).is_some_and(refused) {
            self.advance(&id, Delivery::Stored, &mut writes);
        }
        writes
    }

    /// The branches that the server's line left out, as far as one reunion carries: the one held here; else
    /// those that others handed in.
    fn lost_branches(&self) -> Vec<Vec<Vec<u8>>> {
        if let Some(theirs) = &self.theirs {
            let lost = theirs.lacks(&self.line).map(<[u8]>::to_vec);
            return vec![fitting(lost.collect())];
        }
        let accepted = self.strays.iter().filter(|(id, _)| self.was_accepted(id));
        let accepted: Vec<&Vec<u8>> = accepted.map(|(_, bytes)| bytes).collect();
        let mut after: BTreeMap<EntryId, &Vec<u8>> = BTreeMap::new();
        for bytes in &accepted {
            previous(bytes).map(|id| after.insert(id, bytes));
        }
        let first = accepted.iter().filter(|bytes| {
            previous(bytes).is_some_and(|id| self.line.contains(&id) && id != self.line.newest())
        });
        let branch = |first: &&Vec<u8>| {
            let next = |bytes: &&Vec<u8>| after.get(&EntryId::of(bytes)).copied();
            let run = std::iter::successors(Some(*first), next);
            fitting(run.cloned().collect())
        };
        first.map(branch).filter(|lost| self.line.branch(lost).is_ok()).collect()
    }
}

/// As many of the first entries as one reunion carries; at least one.
fn fitting(mut entries: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut size = 0;
    let fits = entries.iter().take_while(|bytes| {
        size += bytes.len();
        size <= MOST_LOST
    });
    let fitting = fits.count().max(1);
    entries.truncate(fitting);
    entries
}

/// Whether the line puts out nobody who signed one of these entries.
fn trusted(line: &Line, entries: &[Vec<u8>]) -> bool {
    let signer = |bytes: &Vec<u8>| match read(bytes)?.signer {
        Signer::Device(device) => Some(device),
        Signer::Recovery => None,
    };
    let mut signers = entries.iter().filter_map(signer);
    signers.all(|id| line.device(&id).is_none_or(|standing| standing.revoked.is_none()))
}

fn previous(bytes: &[u8]) -> Option<EntryId> {
    read(bytes)?.previous
}

fn read(bytes: &[u8]) -> Option<RosterEntry> {
    Signed::<RosterEntry>::read(Kind::Roster, bytes).ok().map(|signed| signed.body)
}
