//! The server's ledger in memory, with pages so short that a history of twenty entries has several.

use std::sync::Arc;

use domain::campaign::Enrolment;
use domain::ids::{CampaignId, DeviceId, EntryId, Epoch, InviteId};
use domain::ledger::{Chain, ServedDigest};
use server::ledger::memory::MemoryLedger;
use server::ledger::{
    Appended, Created, Cursors, Entries, Entry, Expiry, Head, Held, Histories, Invite, Invites,
    LedgerError, OpenedSession, Session, Sessions, Slice, Stored, Viewer,
};

/// Everything as the ledger inside does it, but for the length of a slice, which is counted in entries: so a
/// history's faults do not depend on how well something compresses.
pub(super) struct SmallPages {
    pub(super) inner: Arc<MemoryLedger>,
    pub(super) entries: usize,
}

type Answer<T> = Result<T, LedgerError>;

impl Entries for SmallPages {
    async fn head(&self, campaign: &CampaignId) -> Answer<Option<Head>> {
        self.inner.head(campaign).await
    }

    async fn chain_at(&self, campaign: &CampaignId, number: u64) -> Answer<Option<Chain>> {
        self.inner.chain_at(campaign, number).await
    }

    async fn roster(&self, campaign: &CampaignId) -> Answer<Vec<Vec<u8>>> {
        self.inner.roster(campaign).await
    }

    async fn append(
        &self,
        campaign: &CampaignId,
        checked_against: &EntryId,
        entries: &[Entry],
        now: u64,
    ) -> Answer<Appended> {
        self.inner.append(campaign, checked_against, entries, now).await
    }

    async fn find(&self, campaign: &CampaignId, ids: &[EntryId]) -> Answer<Vec<Held>> {
        self.inner.find(campaign, ids).await
    }

    async fn slice(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        after: u64,
        most: usize,
    ) -> Answer<Slice> {
        let mut slice = self.inner.slice(campaign, viewer, after, most).await?;
        if slice.entries.len() > self.entries {
            slice.entries.truncate(self.entries);
            slice.more = true;
            slice.next = slice.entries.last().map_or(after, |entry| entry.number);
            let chain = self.inner.chain_at(campaign, slice.next).await?;
            slice.chain = chain.unwrap_or(slice.chain);
        }
        Ok(slice)
    }

    async fn pick(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        ids: &[EntryId],
    ) -> Answer<Vec<Stored>> {
        self.inner.pick(campaign, viewer, ids).await
    }

    async fn served(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        up_to: u64,
    ) -> Answer<ServedDigest> {
        self.inner.served(campaign, viewer, up_to).await
    }
}

impl Cursors for SmallPages {
    async fn note_cursor(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        number: u64,
    ) -> Answer<()> {
        self.inner.note_cursor(campaign, device, number).await
    }

    async fn cursors(&self, campaign: &CampaignId) -> Answer<Vec<(DeviceId, u64)>> {
        self.inner.cursors(campaign).await
    }
}

impl Histories for SmallPages {
    async fn epoch(&self) -> Answer<Epoch> {
        self.inner.epoch().await
    }

    async fn begin_history(&self, epoch: Epoch) -> Answer<()> {
        self.inner.begin_history(epoch).await
    }

    async fn campaigns(&self) -> Answer<Vec<CampaignId>> {
        self.inner.campaigns().await
    }

    async fn offer_set_up(&self, hash: [u8; 32]) -> Answer<()> {
        self.inner.offer_set_up(hash).await
    }

    async fn create(
        &self,
        campaign: &CampaignId,
        set_up: [u8; 32],
        roster: &[Entry],
        now: u64,
    ) -> Answer<Created> {
        self.inner.create(campaign, set_up, roster, now).await
    }

    async fn journal(&self) -> Answer<Vec<Vec<u8>>> {
        self.inner.journal().await
    }

    async fn destroy(&self, campaign: &CampaignId, bundles: &[EntryId]) -> Answer<()> {
        self.inner.destroy(campaign, bundles).await
    }
}

impl Invites for SmallPages {
    async fn open_invite(&self, campaign: &CampaignId, invite: &Invite) -> Answer<bool> {
        self.inner.open_invite(campaign, invite).await
    }

    async fn invite(&self, campaign: &CampaignId, id: &InviteId) -> Answer<Option<Invite>> {
        self.inner.invite(campaign, id).await
    }

    async fn enrol(&self, campaign: &CampaignId, enrolment: &Enrolment) -> Answer<bool> {
        self.inner.enrol(campaign, enrolment).await
    }

    async fn offer_enrolment(&self, id: &CampaignId, enrolment: &Enrolment) -> Answer<()> {
        self.inner.offer_enrolment(id, enrolment).await
    }

    async fn enrolment(&self, id: &CampaignId, device: &DeviceId) -> Answer<Option<Enrolment>> {
        self.inner.enrolment(id, device).await
    }

    async fn enrolments(&self, campaign: &CampaignId) -> Answer<Vec<Enrolment>> {
        self.inner.enrolments(campaign).await
    }
}

impl Sessions for SmallPages {
    async fn put_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
        now: u64,
    ) -> Answer<()> {
        self.inner.put_challenge(campaign, device, nonce, now).await
    }

    async fn take_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
    ) -> Answer<Option<u64>> {
        self.inner.take_challenge(campaign, device, nonce).await
    }

    async fn open_session(&self, session: &OpenedSession, now: u64) -> Answer<()> {
        self.inner.open_session(session, now).await
    }

    async fn session(&self, token_hash: [u8; 32]) -> Answer<Option<Session>> {
        self.inner.session(token_hash).await
    }

    async fn touch_session(&self, token_hash: [u8; 32], now: u64) -> Answer<()> {
        self.inner.touch_session(token_hash, now).await
    }

    async fn expire(&self, expiry: Expiry) -> Answer<()> {
        self.inner.expire(expiry).await
    }
}
