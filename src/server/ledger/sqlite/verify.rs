//! Reading everything to see whether it is what was stored.

use std::path::Path;

use domain::ids::{CampaignId, EntryId};
use domain::ledger::{Chain, Kind};
use domain::roster::Line;
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};

use super::columns::{array, kind, number};
use super::{OpenError, connect, served};
use crate::ledger::LedgerError;

/// What a database holds, all of it right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verified {
    /// Campaigns.
    pub campaigns: u64,
    /// Entries.
    pub entries: u64,
    /// Those whose bytes an order destroyed.
    pub destroyed: u64,
}

/// Checks a database file: SQLite's own integrity, the hash of every entry, every campaign's chain, roster
/// and sums. It may be in use meanwhile.
///
/// # Errors
/// What is wrong, in one sentence.
pub async fn verify(database: &Path) -> Result<Verified, OpenError> {
    let bad = |error: LedgerError| OpenError::NotADatabase(database.to_owned(), error.to_string());
    // The defaults leave a file alone that is opened to be read.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database).read_only(true);
    let mut connection = options.connect().await.map_err(|error| bad(error.into()))?;
    let verified = all(&mut connection).await.map_err(bad);
    connection.close().await.ok();
    verified
}

async fn all(connection: &mut SqliteConnection) -> Result<Verified, LedgerError> {
    if !connect::is_ours(connection).await? {
        return Err(fault("it is another program's, or of another version"));
    }
    integrity(connection).await?;
    let mut tx = connection.begin().await?;
    let mut verified = Verified::default();
    let rows = sqlx::query("SELECT campaign, head, chain, roster FROM campaigns");
    for row in rows.fetch_all(&mut *tx).await? {
        let id = CampaignId(array(&row, "campaign")?);
        let head = (number(&row, "head")?, Chain(array(&row, "chain")?));
        let roster = EntryId(array(&row, "roster")?);
        campaign(&mut tx, &id, head, roster, &mut verified).await?;
        // An older backup has no sums; they are made when it is opened.
        if connect::version(&mut tx).await? >= 3 {
            let [stored, right] = served::ends(&mut tx, &id).await?;
            if stored != right {
                return Err(fault("the sums of what devices were served are wrong"));
            }
        }
        verified.campaigns += 1;
    }
    Ok(verified)
}

async fn integrity(connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    let rows = sqlx::query("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    let found: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    if found != ["ok"] {
        return Err(LedgerError::Fault(found.join("; ")));
    }
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
    if broken.is_empty() { Ok(()) } else { Err(fault("a row refers to one that is missing")) }
}

async fn campaign(
    connection: &mut SqliteConnection,
    id: &CampaignId,
    head: (u64, Chain),
    roster: EntryId,
    verified: &mut Verified,
) -> Result<(), LedgerError> {
    let (mut at, mut chain, mut line) = (0, Chain::start(id), Vec::new());
    loop {
        let select = sqlx::query(
            "SELECT number, id, kind, received_at, chain, bytes FROM entries
             WHERE campaign = ?1 AND number > ?2 ORDER BY number LIMIT 100",
        );
        let last = super::columns::integer(at)?;
        let rows = select.bind(&id.0[..]).bind(last).fetch_all(&mut *connection).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let entry = EntryId(array(row, "id")?);
            at += 1;
            chain = chain.next(at, &entry, number(row, "received_at")?);
            if number(row, "number")? != at || Chain(array(row, "chain")?) != chain {
                return Err(LedgerError::Fault(format!("the chain breaks at number {at}")));
            }
            verified.entries += 1;
            match row.try_get::<Option<Vec<u8>>, _>("bytes")? {
                Some(bytes) if EntryId::of(&bytes) != entry => {
                    return Err(LedgerError::Fault(format!("entry {at} is not what it was")));
                }
                Some(bytes) if kind(row)? == Kind::Roster => line.push(bytes),
                Some(_) => {}
                None => verified.destroyed += 1,
            }
        }
    }
    if (at, chain) != head {
        return Err(fault("the newest number is not the last entry's"));
    }
    let read = Line::read(line.iter().map(Vec::as_slice));
    match read.map(|line| (line.campaign(), line.newest())) {
        Ok(whole) if whole == (*id, roster) => Ok(()),
        _ => Err(fault("a roster is not whole")),
    }
}

fn fault(what: &str) -> LedgerError {
    LedgerError::Fault(what.to_owned())
}
