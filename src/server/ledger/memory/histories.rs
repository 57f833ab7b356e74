//! Histories in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use domain::ids::{CampaignId, EntryId, Epoch};
use domain::ledger::Chain;

use super::{Campaign, MemoryLedger};
use crate::ledger::{Created, Entry, Histories, LedgerError};

impl Histories for MemoryLedger {
    async fn epoch(&self) -> Result<Epoch, LedgerError> {
        Ok(self.with(|state| state.epoch))
    }

    async fn begin_history(&self, epoch: Epoch) -> Result<(), LedgerError> {
        self.with(|state| {
            state.epoch = epoch;
            state.sessions.clear();
            state.challenges.clear();
            state.campaigns.values_mut().for_each(|campaign| campaign.cursors.clear());
        });
        Ok(())
    }

    async fn campaigns(&self) -> Result<Vec<CampaignId>, LedgerError> {
        Ok(self.with(|state| state.campaigns.keys().copied().collect()))
    }

    async fn offer_set_up(&self, hash: [u8; 32]) -> Result<(), LedgerError> {
        self.with(|state| state.set_up = Some(hash));
        Ok(())
    }

    async fn create(
        &self,
        id: &CampaignId,
        set_up: [u8; 32],
        roster: &[Entry],
        now: u64,
    ) -> Result<Created, LedgerError> {
        self.with(|state| {
            if let Some(known) = state.used_set_ups.get(&set_up) {
                return Ok(if known == id { Created::Known } else { Created::BadSetUp });
            }
            if state.set_up != Some(set_up) || state.campaigns.contains_key(id) {
                return Ok(Created::BadSetUp);
            }
            state.set_up = None;
            state.used_set_ups.insert(set_up, *id);
            let campaign = state.campaigns.entry(*id).or_insert_with(|| Campaign {
                rows: Vec::new(),
                numbers: BTreeMap::new(),
                destroyed: BTreeSet::new(),
                start: Chain::start(id),
                roster: EntryId(id.0),
                invites: BTreeMap::new(),
                enrolments: BTreeMap::new(),
                cursors: BTreeMap::new(),
                offered: BTreeMap::new(),
            });
            roster.iter().for_each(|entry| {
                campaign.put(entry, now);
            });
            Ok(Created::New)
        })
    }

    async fn journal(&self) -> Result<Vec<Vec<u8>>, LedgerError> {
        Ok(self.journal.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn destroy(&self, id: &CampaignId, bundles: &[EntryId]) -> Result<(), LedgerError> {
        self.in_campaign(id, |campaign| campaign.destroy(bundles))
    }
}
