//! Challenges and sessions.

use domain::ids::{CampaignId, DeviceId};

use super::SqliteLedger;
use super::columns::{array, integer, number};
use crate::ledger::{Expiry, LedgerError, OpenedSession, Session, Sessions};

impl Sessions for SqliteLedger {
    async fn put_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
        now: u64,
    ) -> Result<(), LedgerError> {
        let mut tx = self.begin().await?;
        let insert = sqlx::query(
            "INSERT INTO challenges (campaign, device, nonce, made_at) VALUES (?1, ?2, ?3, ?4)",
        );
        let insert = insert.bind(&campaign.0[..]).bind(&device.0[..]).bind(&nonce[..]);
        insert.bind(integer(now)?).execute(&mut *tx).await?;
        let delete = sqlx::query(
            "DELETE FROM challenges WHERE campaign = ?1 AND device = ?2 AND nonce NOT IN
                (SELECT nonce FROM challenges WHERE campaign = ?1 AND device = ?2
                 ORDER BY made_at DESC LIMIT 8)",
        );
        delete.bind(&campaign.0[..]).bind(&device.0[..]).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    async fn take_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
    ) -> Result<Option<u64>, LedgerError> {
        let delete = sqlx::query(
            "DELETE FROM challenges WHERE campaign = ?1 AND device = ?2 AND nonce = ?3
             RETURNING made_at",
        );
        let delete = delete.bind(&campaign.0[..]).bind(&device.0[..]).bind(&nonce[..]);
        let row = delete.fetch_optional(&self.writer).await?;
        row.map(|row| number(&row, "made_at")).transpose()
    }

    async fn open_session(&self, opened: &OpenedSession, now: u64) -> Result<(), LedgerError> {
        let OpenedSession { token_hash, campaign, device } = opened;
        let mut tx = self.begin().await?;
        let insert = sqlx::query(
            "INSERT INTO sessions (token_hash, campaign, device, seen_at) VALUES (?1, ?2, ?3, ?4)",
        );
        let insert = insert.bind(&token_hash[..]).bind(&campaign.0[..]).bind(&device.0[..]);
        insert.bind(integer(now)?).execute(&mut *tx).await?;
        for statement in [
            sqlx::query(
                "DELETE FROM sessions WHERE campaign = ?1 AND device = ?2 AND token_hash NOT IN
                    (SELECT token_hash FROM sessions WHERE campaign = ?1 AND device = ?2
                     ORDER BY seen_at DESC LIMIT 4)",
            ),
            sqlx::query("UPDATE invites SET network = NULL WHERE campaign = ?1 AND used_by = ?2"),
        ] {
            statement.bind(&campaign.0[..]).bind(&device.0[..]).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>, LedgerError> {
        let select =
            sqlx::query("SELECT campaign, device, seen_at FROM sessions WHERE token_hash = ?1");
        let row = select.bind(&token_hash[..]).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        let campaign = CampaignId(array(&row, "campaign")?);
        let device = DeviceId(array(&row, "device")?);
        Ok(Some(Session { campaign, device, seen_at: number(&row, "seen_at")? }))
    }

    async fn touch_session(&self, token_hash: [u8; 32], now: u64) -> Result<(), LedgerError> {
        let update = sqlx::query("UPDATE sessions SET seen_at = ?2 WHERE token_hash = ?1");
        update.bind(&token_hash[..]).bind(integer(now)?).execute(&self.writer).await?;
        Ok(())
    }

    async fn expire(&self, expiry: Expiry) -> Result<(), LedgerError> {
        let mut tx = self.begin().await?;
        for (statement, before) in [
            (sqlx::query("DELETE FROM challenges WHERE made_at < ?1"), expiry.challenges),
            (sqlx::query("DELETE FROM sessions WHERE seen_at < ?1"), expiry.sessions),
            (sqlx::query("UPDATE invites SET network = NULL WHERE opened_at < ?1"), expiry.invites),
        ] {
            statement.bind(integer(before)?).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        // Also for an erasure after which a reader was in the way.
        self.forget_log().await
    }
}
