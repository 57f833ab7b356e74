//! Histories of the server, and the campaigns in them.

use std::future::Future;

use domain::ids::{CampaignId, EntryId, Epoch};

use super::{Entry, LedgerError};

/// What became of a founding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// The campaign exists now, and the set-up secret is used.
    New,
    /// This secret founded this very campaign before.
    Known,
    /// The secret is not the one on offer, or it founded another campaign.
    BadSetUp,
}

/// The server's history id, its campaigns and what outlives them.
pub trait Histories: Send + Sync + 'static {
    /// The id of the present history.
    fn epoch(&self) -> impl Future<Output = Result<Epoch, LedgerError>> + Send;

    /// Begins another history over the present entries: all sessions and challenges end, and what was noted of
    /// devices' cursors is forgotten.
    fn begin_history(&self, epoch: Epoch) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Every campaign here.
    fn campaigns(&self) -> impl Future<Output = Result<Vec<CampaignId>, LedgerError>> + Send;

    /// Puts a set-up secret, of which this is the SHA-256, in the place of the one on offer.
    fn offer_set_up(&self, hash: [u8; 32]) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Creates a campaign with its first roster entries and uses the set-up secret up, all or nothing.
    fn create(
        &self,
        campaign: &CampaignId,
        set_up: [u8; 32],
        roster: &[Entry],
        now: u64,
    ) -> impl Future<Output = Result<Created, LedgerError>> + Send;

    /// The bytes of every order to erase that was ever accepted here, of every history: they are kept apart
    /// from the entries and survive a restore.
    fn journal(&self) -> impl Future<Output = Result<Vec<Vec<u8>>, LedgerError>> + Send;

    /// Destroys bundles as an order to erase does, without an entry: for orders of an earlier history.
    fn destroy(
        &self,
        campaign: &CampaignId,
        bundles: &[EntryId],
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;
}
