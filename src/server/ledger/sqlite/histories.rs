//! Histories and campaigns.

use domain::ids::{CampaignId, EntryId, Epoch};
use domain::ledger::Chain;
use sqlx::{Row, Sqlite, Transaction};

use super::columns::{array, integer};
use super::{SqliteLedger, destroy, on_disk, put};
use crate::ledger::{Created, Entry, Head, Histories, LedgerError};

impl Histories for SqliteLedger {
    async fn epoch(&self) -> Result<Epoch, LedgerError> {
        let row = sqlx::query("SELECT epoch FROM server").fetch_one(&self.readers).await?;
        Ok(Epoch(array(&row, "epoch")?))
    }

    async fn begin_history(&self, epoch: Epoch) -> Result<(), LedgerError> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE server SET epoch = ?1").bind(&epoch.0[..]).execute(&mut *tx).await?;
        sqlx::query("DELETE FROM sessions").execute(&mut *tx).await?;
        sqlx::query("DELETE FROM challenges").execute(&mut *tx).await?;
        sqlx::query("DELETE FROM cursors").execute(&mut *tx).await?;
        tx.commit().await?;
        // In this order: a crash in between begins yet another history, and that is harmless.
        let (seen, heads) = (self.seen.clone(), self.heads().await?);
        on_disk(move || seen.begin(heads)).await
    }

    async fn campaigns(&self) -> Result<Vec<CampaignId>, LedgerError> {
        let rows = sqlx::query("SELECT campaign FROM campaigns").fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(CampaignId(array(row, "campaign")?))).collect()
    }

    async fn offer_set_up(&self, hash: [u8; 32]) -> Result<(), LedgerError> {
        let update = sqlx::query("UPDATE server SET set_up = ?1").bind(&hash[..]);
        update.execute(&self.writer).await?;
        Ok(())
    }

    async fn create(
        &self,
        campaign: &CampaignId,
        set_up: [u8; 32],
        roster: &[Entry],
        now: u64,
    ) -> Result<Created, LedgerError> {
        let mut tx = self.begin().await?;
        let used =
            sqlx::query("SELECT campaign FROM campaigns WHERE set_up = ?1").bind(&set_up[..]);
        if let Some(row) = used.fetch_optional(&mut *tx).await? {
            let known = array(&row, "campaign")? == campaign.0;
            return Ok(if known { Created::Known } else { Created::BadSetUp });
        }
        if !insert_campaign(&mut tx, campaign, set_up).await? {
            return Ok(Created::BadSetUp);
        }
        let (chain, first) = (Chain::start(campaign), EntryId(campaign.0));
        let mut head = Head { number: 0, chain, roster: first };
        for entry in roster {
            put::put(&mut tx, campaign, &mut head, entry, now).await?;
        }
        put::move_head(&mut tx, campaign, &head).await?;
        tx.commit().await?;
        self.note(campaign, &head).await;
        Ok(Created::New)
    }

    async fn journal(&self) -> Result<Vec<Vec<u8>>, LedgerError> {
        Ok(self.journal.orders())
    }

    async fn destroy(&self, campaign: &CampaignId, bundles: &[EntryId]) -> Result<(), LedgerError> {
        let mut tx = self.begin().await?;
        destroy::destroy(&mut tx, campaign, bundles).await?;
        tx.commit().await?;
        self.forget_log().await
    }
}

impl SqliteLedger {
    /// Notes the head beside the database. That it cannot be noted takes nothing back: what was committed
    /// is there, and a file that lags behind means nothing.
    pub(super) async fn note(&self, campaign: &CampaignId, head: &Head) {
        let (seen, campaign, head) = (self.seen.clone(), *campaign, *head);
        let noted = on_disk(move || seen.note(&campaign, head.number, head.chain)).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the newest head was not noted beside the database");
        }
    }
}

/// Uses the secret up and begins the campaign; `false` if the secret is not the one on offer.
async fn insert_campaign(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    set_up: [u8; 32],
) -> Result<bool, LedgerError> {
    let take = sqlx::query("UPDATE server SET set_up = NULL WHERE set_up = ?1").bind(&set_up[..]);
    if take.execute(&mut **tx).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let insert = sqlx::query(
        "INSERT INTO campaigns (campaign, set_up, head, chain, roster) VALUES (?1, ?2, ?3, ?4, ?1)
         ON CONFLICT DO NOTHING",
    );
    let chain = Chain::start(campaign);
    let insert = insert.bind(&campaign.0[..]).bind(&set_up[..]).bind(integer(0)?);
    Ok(insert.bind(&chain.0[..]).execute(&mut **tx).await?.rows_affected() == 1)
}

/// Where a campaign stands; within a write it is the locked counter row.
pub(super) async fn head(
    connection: impl sqlx::Executor<'_, Database = Sqlite>,
    campaign: &CampaignId,
) -> Result<Option<Head>, LedgerError> {
    let select = sqlx::query("SELECT head, chain, roster FROM campaigns WHERE campaign = ?1");
    let row = select.bind(&campaign.0[..]).fetch_optional(connection).await?;
    let read = |row: sqlx::sqlite::SqliteRow| {
        let number = u64::try_from(row.try_get::<i64, _>("head")?);
        let number = number.map_err(|_| super::columns::damaged())?;
        let chain = Chain(array(&row, "chain")?);
        Ok(Head { number, chain, roster: EntryId(array(&row, "roster")?) })
    };
    row.map(read).transpose()
}
