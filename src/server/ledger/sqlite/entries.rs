//! The sequence of entries.

use domain::ids::{CampaignId, EntryId};
use domain::ledger::{Chain, Kind, ServedDigest};
use domain::protocol::Outcome;
use sqlx::{Row, Sqlite, SqliteConnection, Transaction};

use super::columns::{array, damaged, integer, number};
use super::{SqliteLedger, histories, on_disk, put, served, slice};
use crate::ledger::{
    Appended, Entries, Entry, Facts, Head, Held, LedgerError, Slice, Stored, Viewer,
};

impl Entries for SqliteLedger {
    async fn head(&self, campaign: &CampaignId) -> Result<Option<Head>, LedgerError> {
        histories::head(&self.readers, campaign).await
    }

    async fn chain_at(
        &self,
        campaign: &CampaignId,
        number: u64,
    ) -> Result<Option<Chain>, LedgerError> {
        let mut connection = self.readers.acquire().await?;
        chain_at(&mut connection, campaign, number).await
    }

    async fn roster(&self, campaign: &CampaignId) -> Result<Vec<Vec<u8>>, LedgerError> {
        let select = sqlx::query(
            "SELECT bytes FROM entries WHERE campaign = ?1 AND kind = 3 ORDER BY number",
        );
        let rows = select.bind(&campaign.0[..]).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get("bytes")?)).collect()
    }

    async fn append(
        &self,
        campaign: &CampaignId,
        checked_against: &EntryId,
        entries: &[Entry],
        now: u64,
    ) -> Result<Appended, LedgerError> {
        let mut tx = self.begin().await?;
        let head = histories::head(&mut *tx, campaign).await?;
        let mut head = head.ok_or_else(|| LedgerError::Fault("no such campaign".to_owned()))?;
        if head.roster != *checked_against {
            return Ok(Appended::RosterMoved);
        }
        let mut outcomes = Vec::with_capacity(entries.len());
        for entry in entries {
            outcomes.push(append_one(&mut tx, campaign, &mut head, entry, now).await?);
        }
        let orders = accepted_orders(entries, &outcomes);
        let erases = !orders.is_empty();
        self.write_journal(orders).await?;
        put::move_head(&mut tx, campaign, &head).await?;
        tx.commit().await?;
        self.note(campaign, &head).await;
        if erases && let Err(error) = self.forget_log().await {
            // The order is accepted and stands; the next tidying tries again.
            tracing::warn!(%error, "SQLite's log still holds what was destroyed");
        }
        Ok(Appended::Done(outcomes))
    }

    async fn find(&self, campaign: &CampaignId, ids: &[EntryId]) -> Result<Vec<Held>, LedgerError> {
        let mut tx = self.readers.begin().await?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.push(held(&mut tx, campaign, id, Some(*id)).await?);
        }
        Ok(found)
    }

    async fn slice(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        after: u64,
        most: usize,
    ) -> Result<Slice, LedgerError> {
        // One transaction is one moment: nothing can come between the entries and the head.
        let mut tx = self.readers.begin().await?;
        slice::slice(&mut tx, campaign, &viewer, after, most).await
    }

    async fn pick(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        ids: &[EntryId],
    ) -> Result<Vec<Stored>, LedgerError> {
        let mut tx = self.readers.begin().await?;
        slice::pick(&mut tx, campaign, &viewer, ids).await
    }

    async fn served(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        up_to: u64,
    ) -> Result<ServedDigest, LedgerError> {
        let mut tx = self.readers.begin().await?;
        served::served(&mut tx, campaign, &viewer, up_to).await
    }
}

impl SqliteLedger {
    async fn write_journal(&self, orders: Vec<Vec<u8>>) -> Result<(), LedgerError> {
        if orders.is_empty() {
            return Ok(());
        }
        let journal = self.journal.clone();
        on_disk(move || orders.iter().try_for_each(|order| journal.add(order))).await
    }
}

fn accepted_orders(entries: &[Entry], outcomes: &[Outcome]) -> Vec<Vec<u8>> {
    let accepted = entries.iter().zip(outcomes).filter(|(entry, outcome)| {
        entry.kind() == Kind::Erase && matches!(outcome, Outcome::Accepted(_))
    });
    accepted.map(|(entry, _)| entry.bytes.clone()).collect()
}

async fn append_one(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    head: &mut Head,
    entry: &Entry,
    now: u64,
) -> Result<Outcome, LedgerError> {
    let bundle = match entry.facts {
        Facts::Roster { .. } | Facts::Erase { .. } | Facts::Branch { .. } => None,
        Facts::Bundle(_) | Facts::Grant { .. } => entry.bundle(),
    };
    match held(tx, campaign, &entry.id, bundle).await? {
        Held::At(number) => Ok(Outcome::Known(number)),
        Held::Destroyed => Ok(Outcome::Erased),
        Held::Absent => Ok(Outcome::Accepted(put::put(tx, campaign, head, entry, now).await?)),
    }
}

/// `bundle` is the entry itself or the bundle it grants, which may be destroyed before it ever came.
async fn held(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    id: &EntryId,
    bundle: Option<EntryId>,
) -> Result<Held, LedgerError> {
    if let Some(bundle) = bundle {
        let select = sqlx::query("SELECT 1 FROM destroyed WHERE campaign = ?1 AND bundle = ?2");
        let row = select.bind(&campaign.0[..]).bind(&bundle.0[..]);
        if row.fetch_optional(&mut *connection).await?.is_some() {
            return Ok(Held::Destroyed);
        }
    }
    let select = sqlx::query(
        "SELECT number, bytes IS NULL AS gone FROM entries WHERE campaign = ?1 AND id = ?2",
    );
    let row = select.bind(&campaign.0[..]).bind(&id.0[..]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(Held::Absent) };
    let gone: bool = row.try_get("gone")?;
    Ok(if gone { Held::Destroyed } else { Held::At(number(&row, "number")?) })
}

pub(super) async fn chain_at(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    number: u64,
) -> Result<Option<Chain>, LedgerError> {
    if number == 0 {
        return Ok(Some(Chain::start(campaign)));
    }
    // A number that no column can hold is above every head.
    let Ok(number) = integer(number) else { return Ok(None) };
    let select = sqlx::query("SELECT chain FROM entries WHERE campaign = ?1 AND number = ?2");
    let row = select.bind(&campaign.0[..]).bind(number).fetch_optional(connection).await?;
    row.map(|row| array(&row, "chain").map(Chain).map_err(|_| damaged())).transpose()
}
