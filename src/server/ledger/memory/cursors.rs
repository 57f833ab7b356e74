//! Cursors in memory.

use domain::ids::{CampaignId, DeviceId};

use super::MemoryLedger;
use crate::ledger::{Cursors, LedgerError};

impl Cursors for MemoryLedger {
    async fn note_cursor(
        &self,
        id: &CampaignId,
        device: &DeviceId,
        number: u64,
    ) -> Result<(), LedgerError> {
        self.in_campaign(id, |campaign| {
            let noted = campaign.cursors.entry(*device).or_default();
            *noted = number.max(*noted);
        })
    }

    async fn cursors(&self, id: &CampaignId) -> Result<Vec<(DeviceId, u64)>, LedgerError> {
        self.in_campaign(id, |campaign| campaign.cursors.clone().into_iter().collect())
    }
}
