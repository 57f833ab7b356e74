//! Entries in memory.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use domain::ids::{CampaignId, DeviceId, EntryId};
use domain::ledger::{Chain, Kind, ServedDigest};
use domain::protocol::Outcome;

use super::{Campaign, MemoryLedger, Row, readers};
use crate::ledger::{
    Appended, Entries, Entry, Facts, Head, Held, LedgerError, Slice, Stored, Viewer, slice_size,
};

impl Entries for MemoryLedger {
    async fn head(&self, id: &CampaignId) -> Result<Option<Head>, LedgerError> {
        Ok(self.with(|state| state.campaigns.get(id).map(Campaign::head)))
    }

    async fn chain_at(&self, id: &CampaignId, number: u64) -> Result<Option<Chain>, LedgerError> {
        self.in_campaign(id, |campaign| campaign.chain_at(number))
    }

    async fn roster(&self, id: &CampaignId) -> Result<Vec<Vec<u8>>, LedgerError> {
        self.in_campaign(id, |campaign| {
            let roster = campaign.rows.iter().filter(|row| row.kind == Kind::Roster);
            roster.filter_map(|row| row.bytes.clone()).collect()
        })
    }

    async fn append(
        &self,
        id: &CampaignId,
        checked_against: &EntryId,
        entries: &[Entry],
        now: u64,
    ) -> Result<Appended, LedgerError> {
        self.with(|state| {
            let fault = || LedgerError::Fault("no such campaign".to_owned());
            let campaign = state.campaigns.get_mut(id).ok_or_else(fault)?;
            if campaign.roster != *checked_against {
                return Ok(Appended::RosterMoved);
            }
            let mut revoked = BTreeSet::new();
            let mut outcomes = Vec::new();
            for entry in entries {
                outcomes.push(self.append_one(campaign, entry, now, &mut revoked));
            }
            let gone = |campaign: &CampaignId, device: &DeviceId| {
                campaign == id && revoked.contains(device)
            };
            state.sessions.retain(|_, session| !gone(&session.campaign, &session.device));
            state.challenges.retain(|challenge| !gone(&challenge.campaign, &challenge.device));
            Ok(Appended::Done(outcomes))
        })
    }

    async fn find(&self, id: &CampaignId, ids: &[EntryId]) -> Result<Vec<Held>, LedgerError> {
        self.in_campaign(id, |campaign| ids.iter().map(|id| campaign.held(id, Some(id))).collect())
    }

    async fn slice(
        &self,
        id: &CampaignId,
        viewer: Viewer,
        after: u64,
        most: usize,
    ) -> Result<Slice, LedgerError> {
        self.in_campaign(id, |campaign| campaign.slice(viewer, after, most))
    }

    async fn pick(
        &self,
        id: &CampaignId,
        viewer: Viewer,
        ids: &[EntryId],
    ) -> Result<Vec<Stored>, LedgerError> {
        self.in_campaign(id, |campaign| {
            let wanted = campaign.rows.iter().zip(1_u64..).filter(|(row, _)| ids.contains(&row.id));
            let seen = wanted.filter(|(row, _)| row.is_seen_by(&viewer));
            seen.map(|(row, number)| campaign.stored(row, number, &viewer)).collect()
        })
    }

    async fn served(
        &self,
        id: &CampaignId,
        viewer: Viewer,
        up_to: u64,
    ) -> Result<ServedDigest, LedgerError> {
        self.in_campaign(id, |campaign| {
            let rows = campaign.rows.iter().take(usize::try_from(up_to).unwrap_or(usize::MAX));
            let seen = rows.filter(|row| row.is_seen_by(&viewer));
            seen.fold(ServedDigest::default(), |digest, row| digest.with(&row.id))
        })
    }
}

impl MemoryLedger {
    fn append_one(
        &self,
        campaign: &mut Campaign,
        entry: &Entry,
        now: u64,
        revoked: &mut BTreeSet<DeviceId>,
    ) -> Outcome {
        match campaign.held(&entry.id, entry.bundle().as_ref()) {
            Held::At(number) => return Outcome::Known(number),
            Held::Destroyed => return Outcome::Erased,
            Held::Absent => {}
        }
        match &entry.facts {
            Facts::Erase { .. } => {
                let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
                if !journal.contains(&entry.bytes) {
                    journal.push(entry.bytes.clone());
                }
            }
            Facts::Roster { revoked: device, .. } => revoked.extend(device),
            Facts::Bundle(_) | Facts::Grant { .. } | Facts::Branch { .. } => {}
        }
        Outcome::Accepted(campaign.put(entry, now))
    }
}

impl Campaign {
    pub(super) fn put(&mut self, entry: &Entry, now: u64) -> u64 {
        let Head { number, chain, .. } = self.head();
        let number = number + 1;
        self.rows.push(Row {
            id: entry.id,
            kind: entry.kind(),
            received_at: now,
            chain: chain.next(number, &entry.id, now),
            author: entry.author(),
            header: match &entry.facts {
                Facts::Bundle(header) => Some(header.clone()),
                _ => None,
            },
            grant: match entry.facts {
                Facts::Grant { bundle, reader } => Some((bundle, reader)),
                _ => None,
            },
            readers: readers(&entry.wraps),
            bytes: Some(entry.bytes.clone()),
            wraps: entry.wraps.clone(),
        });
        self.numbers.insert(entry.id, number);
        match &entry.facts {
            Facts::Roster { rotates, .. } => {
                self.roster = entry.id;
                let unused = self.invites.values_mut().filter(|invite| invite.used_by.is_none());
                unused.filter(|_| *rotates).for_each(|invite| invite.network = None);
            }
            Facts::Erase { destroy } => self.destroy(destroy),
            Facts::Bundle(_) | Facts::Grant { .. } | Facts::Branch { .. } => {}
        }
        number
    }

    pub(super) fn destroy(&mut self, bundles: &[EntryId]) {
        let others = |id: &&EntryId| match self.numbers.get(id) {
            Some(number) => self.rows[*number as usize - 1].kind == Kind::Bundle,
            None => true,
        };
        let bundles: BTreeSet<EntryId> = bundles.iter().filter(others).copied().collect();
        for row in &mut self.rows {
            let granted = row.grant.is_some_and(|(bundle, _)| bundles.contains(&bundle));
            if granted || bundles.contains(&row.id) {
                row.bytes = None;
                row.wraps.clear();
            }
        }
        self.destroyed.extend(bundles);
    }

    fn head(&self) -> Head {
        let chain = self.rows.last().map_or(self.start, |row| row.chain);
        Head { number: self.rows.len() as u64, chain, roster: self.roster }
    }

    fn chain_at(&self, number: u64) -> Option<Chain> {
        if number == 0 {
            return Some(self.start);
        }
        let index = usize::try_from(number - 1).ok()?;
        self.rows.get(index).map(|row| row.chain)
    }

    /// `bundle` is the entry itself or the bundle it grants, which may be destroyed before it ever came.
    fn held(&self, id: &EntryId, bundle: Option<&EntryId>) -> Held {
        if bundle.is_some_and(|bundle| self.destroyed.contains(bundle)) {
            return Held::Destroyed;
        }
        match self.numbers.get(id) {
            Some(number) if self.rows[*number as usize - 1].bytes.is_none() => Held::Destroyed,
            Some(number) => Held::At(*number),
            None => Held::Absent,
        }
    }

    fn slice(&self, viewer: Viewer, after: u64, most: usize) -> Slice {
        let (mut entries, mut size) = (Vec::new(), 0);
        let first = usize::try_from(after).unwrap_or(usize::MAX);
        for (row, number) in self.rows.iter().skip(first).zip(after + 1..) {
            if !row.is_seen_by(&viewer) {
                continue;
            }
            let stored = self.stored(row, number, &viewer);
            size += slice_size(&stored);
            if size > most && !entries.is_empty() {
                let next = entries.last().map_or(after, |entry: &Stored| entry.number);
                let chain = self.chain_at(next).unwrap_or(self.start);
                return Slice { entries, next, chain, more: true };
            }
            entries.push(stored);
        }
        let Head { number, chain, .. } = self.head();
        Slice { entries, next: number, chain, more: false }
    }

    fn stored(&self, row: &Row, number: u64, viewer: &Viewer) -> Stored {
        let granted = row.grant.filter(|(_, reader)| *reader == viewer.device);
        let granted = granted.and_then(|(bundle, _)| self.numbers.get(&bundle));
        Stored {
            number,
            id: row.id,
            kind: row.kind,
            received_at: row.received_at,
            bytes: row.bytes.clone(),
            wraps: row.wraps.clone(),
            granted: granted.and_then(|number| self.rows[*number as usize - 1].bytes.clone()),
        }
    }
}
