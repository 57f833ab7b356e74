//! Challenges and sessions in memory.

use domain::ids::{CampaignId, DeviceId};

use super::{Challenge, MemoryLedger, State};
use crate::ledger::{Expiry, LedgerError, OpenedSession, Session, Sessions};

impl Sessions for MemoryLedger {
    async fn put_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
        now: u64,
    ) -> Result<(), LedgerError> {
        let (campaign, device) = (*campaign, *device);
        self.with(|state| {
            state.challenges.push(Challenge { campaign, device, nonce, made_at: now });
            let mine = |c: &Challenge| c.campaign == campaign && c.device == device;
            if state.challenges.iter().filter(|c| mine(c)).count() > 8 {
                let oldest = state.challenges.iter().position(mine);
                oldest.map(|index| state.challenges.remove(index));
            }
        });
        Ok(())
    }

    async fn take_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
    ) -> Result<Option<u64>, LedgerError> {
        Ok(self.with(|state| {
            let index = state.challenges.iter().position(|challenge| {
                challenge.campaign == *campaign
                    && challenge.device == *device
                    && challenge.nonce == nonce
            })?;
            Some(state.challenges.remove(index).made_at)
        }))
    }

    async fn open_session(&self, opened: &OpenedSession, now: u64) -> Result<(), LedgerError> {
        self.with(|state| {
            let OpenedSession { token_hash, campaign, device } = *opened;
            state.sessions.insert(token_hash, Session { campaign, device, seen_at: now });
            state.keep_four_sessions(&campaign, &device);
            if let Some(campaign) = state.campaigns.get_mut(&campaign) {
                let used = campaign.invites.values_mut();
                used.filter(|invite| invite.used_by == Some(device))
                    .for_each(|invite| invite.network = None);
            }
        });
        Ok(())
    }

    async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>, LedgerError> {
        Ok(self.with(|state| state.sessions.get(&token_hash).copied()))
    }

    async fn touch_session(&self, token_hash: [u8; 32], now: u64) -> Result<(), LedgerError> {
        self.with(|state| {
            if let Some(session) = state.sessions.get_mut(&token_hash) {
                session.seen_at = now;
            }
        });
        Ok(())
    }

    async fn expire(&self, expiry: Expiry) -> Result<(), LedgerError> {
        self.with(|state| {
            state.challenges.retain(|challenge| challenge.made_at >= expiry.challenges);
            state.sessions.retain(|_, session| session.seen_at >= expiry.sessions);
            for campaign in state.campaigns.values_mut() {
                let old = campaign.invites.values_mut();
                old.filter(|invite| invite.opened_at < expiry.invites)
                    .for_each(|invite| invite.network = None);
            }
        });
        Ok(())
    }
}

impl State {
    fn keep_four_sessions(&mut self, campaign: &CampaignId, device: &DeviceId) {
        let mut mine: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.campaign == *campaign && session.device == *device)
            .map(|(token, session)| (session.seen_at, *token))
            .collect();
        mine.sort_unstable();
        for (_, token) in mine.iter().rev().skip(4) {
            self.sessions.remove(token);
        }
    }
}
