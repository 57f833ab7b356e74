//! Destroying bundles.

use domain::ids::{CampaignId, EntryId};
use sqlx::{Sqlite, Transaction};

use super::SqliteLedger;
use crate::ledger::LedgerError;

/// Destroys bytes and wraps of these bundles and the bytes of their grants, and remembers the ids. Entries
/// of other kinds are out of its reach.
pub(super) async fn destroy(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    bundles: &[EntryId],
) -> Result<(), LedgerError> {
    for bundle in bundles {
        for statement in [
            sqlx::query(
                "INSERT INTO destroyed (campaign, bundle) SELECT ?1, ?2
                 WHERE NOT EXISTS
                    (SELECT 1 FROM entries WHERE campaign = ?1 AND id = ?2 AND kind <> 1)
                 ON CONFLICT DO NOTHING",
            ),
            sqlx::query(
                "DELETE FROM wraps WHERE campaign = ?1 AND number IN
                    (SELECT number FROM entries WHERE campaign = ?1 AND id = ?2 AND kind = 1)",
            ),
            sqlx::query(
                "UPDATE entries SET bytes = NULL WHERE campaign = ?1 AND id = ?2 AND kind = 1",
            ),
            sqlx::query("UPDATE entries SET bytes = NULL WHERE campaign = ?1 AND bundle = ?2"),
        ] {
            statement.bind(&campaign.0[..]).bind(&bundle.0[..]).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

impl SqliteLedger {
    /// Brings the database file up to date and empties SQLite's log, in which destroyed bytes would stand
    /// for a while yet. A reader that is at work can prevent it; the next time does it then.
    pub(super) async fn forget_log(&self) -> Result<(), LedgerError> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        Ok(())
    }
}
