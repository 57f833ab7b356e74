//! Invitations and enrolments.

use domain::campaign::Enrolment;
use domain::codec;
use domain::ids::{CampaignId, DeviceId, InviteId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::SqliteLedger;
use super::columns::{array, damaged, integer, number};
use crate::ledger::{Invite, Invites, LedgerError};

impl Invites for SqliteLedger {
    async fn open_invite(
        &self,
        campaign: &CampaignId,
        invite: &Invite,
    ) -> Result<bool, LedgerError> {
        let insert = sqlx::query(
            "INSERT INTO invites
                (campaign, invite, token_hash, network, terms, generation, opened_at, used_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        );
        let insert = insert
            .bind(&campaign.0[..])
            .bind(&invite.id.0[..])
            .bind(&invite.token_hash[..])
            .bind(invite.network.as_deref())
            .bind(&invite.terms[..])
            .bind(i64::from(invite.generation))
            .bind(integer(invite.opened_at)?)
            .bind(invite.used_by.as_ref().map(|device| &device.0[..]));
        Ok(insert.execute(&self.writer).await?.rows_affected() == 1)
    }

    async fn invite(
        &self,
        campaign: &CampaignId,
        id: &InviteId,
    ) -> Result<Option<Invite>, LedgerError> {
        let select = sqlx::query("SELECT * FROM invites WHERE campaign = ?1 AND invite = ?2");
        let select = select.bind(&campaign.0[..]).bind(&id.0[..]);
        select.fetch_optional(&self.readers).await?.as_ref().map(read_invite).transpose()
    }

    async fn enrol(
        &self,
        campaign: &CampaignId,
        enrolment: &Enrolment,
    ) -> Result<bool, LedgerError> {
        let device = enrolment.keys.device();
        let mut tx = self.begin().await?;
        let claim = sqlx::query(
            "UPDATE invites SET used_by = ?3
             WHERE campaign = ?1 AND invite = ?2 AND used_by IS NULL",
        );
        let claim = claim.bind(&campaign.0[..]).bind(&enrolment.invite.0[..]).bind(&device.0[..]);
        let claimed = claim.execute(&mut *tx).await?.rows_affected() == 1;
        let insert = sqlx::query(
            "INSERT INTO enrolments (campaign, device, enrolment) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        );
        let insert = insert.bind(&campaign.0[..]).bind(&device.0[..]);
        let insert = insert.bind(codec::encode(1, enrolment)).execute(&mut *tx).await?;
        if !claimed || insert.rows_affected() == 0 {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn offer_enrolment(
        &self,
        campaign: &CampaignId,
        enrolment: &Enrolment,
    ) -> Result<(), LedgerError> {
        let insert = sqlx::query(
            "INSERT INTO offered_enrolments (campaign, device, enrolment) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET enrolment = ?3",
        );
        let device = enrolment.keys.device();
        let insert = insert.bind(&campaign.0[..]).bind(&device.0[..]);
        insert.bind(codec::encode(1, enrolment)).execute(&self.writer).await?;
        Ok(())
    }

    async fn enrolment(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
    ) -> Result<Option<Enrolment>, LedgerError> {
        let select =
            sqlx::query("SELECT enrolment FROM enrolments WHERE campaign = ?1 AND device = ?2");
        let select = select.bind(&campaign.0[..]).bind(&device.0[..]);
        select.fetch_optional(&self.readers).await?.as_ref().map(read_enrolment).transpose()
    }

    async fn enrolments(&self, campaign: &CampaignId) -> Result<Vec<Enrolment>, LedgerError> {
        let select = sqlx::query(
            "SELECT enrolment FROM enrolments WHERE campaign = ?1
             UNION ALL
             SELECT enrolment FROM offered_enrolments o WHERE campaign = ?1 AND NOT EXISTS
                (SELECT 1 FROM enrolments e WHERE e.campaign = ?1 AND e.device = o.device)",
        );
        let rows = select.bind(&campaign.0[..]).fetch_all(&self.readers).await?;
        rows.iter().map(read_enrolment).collect()
    }
}

fn read_invite(row: &SqliteRow) -> Result<Invite, LedgerError> {
    let used_by: Option<&[u8]> = row.try_get("used_by")?;
    let used_by = used_by.map(<[u8; 16]>::try_from).transpose().map_err(|_| damaged())?;
    Ok(Invite {
        id: InviteId(array(row, "invite")?),
        token_hash: array(row, "token_hash")?,
        network: row.try_get("network")?,
        terms: row.try_get("terms")?,
        generation: u32::try_from(number(row, "generation")?).map_err(|_| damaged())?,
        opened_at: number(row, "opened_at")?,
        used_by: used_by.map(DeviceId),
    })
}

fn read_enrolment(row: &SqliteRow) -> Result<Enrolment, LedgerError> {
    codec::decode(1, row.try_get("enrolment")?).map_err(|_| damaged())
}
