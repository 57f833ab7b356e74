//! How far devices have come: what they asked for says what they store.

use std::future::Future;

use domain::ids::{CampaignId, DeviceId};

use super::LedgerError;

/// The numbers up to which devices hold what they get, in the present history only.
pub trait Cursors: Send + Sync + 'static {
    /// Notes that a device holds everything it gets up to a number; a lower one than before changes nothing.
    fn note_cursor(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        number: u64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// What was noted since the present history began.
    fn cursors(
        &self,
        campaign: &CampaignId,
    ) -> impl Future<Output = Result<Vec<(DeviceId, u64)>, LedgerError>> + Send;
}
