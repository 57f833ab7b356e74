//! How far devices have come.

use domain::ids::{CampaignId, DeviceId};

use super::SqliteLedger;
use super::columns::{array, integer, number};
use crate::ledger::{Cursors, LedgerError};

impl Cursors for SqliteLedger {
    async fn note_cursor(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        number: u64,
    ) -> Result<(), LedgerError> {
        // Most pulls bring nothing new: they are to cost no write.
        let known = self.cursors(campaign).await?;
        if known.iter().any(|(known, noted)| known == device && *noted >= number) {
            return Ok(());
        }
        let note = sqlx::query(
            "INSERT INTO cursors (campaign, device, number) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET number = max(number, excluded.number)",
        );
        let note = note.bind(&campaign.0[..]).bind(&device.0[..]).bind(integer(number)?);
        note.execute(&self.writer).await?;
        Ok(())
    }

    async fn cursors(&self, campaign: &CampaignId) -> Result<Vec<(DeviceId, u64)>, LedgerError> {
        let select = sqlx::query("SELECT device, number FROM cursors WHERE campaign = ?1");
        let rows = select.bind(&campaign.0[..]).fetch_all(&self.readers).await?;
        let noted =
            rows.iter().map(|row| Ok((DeviceId(array(row, "device")?), number(row, "number")?)));
        noted.collect()
    }
}
