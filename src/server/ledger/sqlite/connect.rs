//! Opening the database.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::ids::Epoch;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Row, SqliteConnection, SqlitePool};

use super::{Folder, SqliteLedger, columns, served};
use crate::ledger::journal::Journal;
use crate::ledger::seen::{Heads, Seen};
use crate::ledger::{Entries, Histories, LedgerError};

/// One script per version, never edited once landed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_cursors.sql"),
    include_str!("migrations/0003_served.sql"),
    include_str!("migrations/0004_branches.sql"),
];
const READERS: u32 = 4;

/// How a ledger was found when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// There was none.
    New,
    /// It goes on where it stopped.
    Continued,
    /// It was turned back: an older copy of the database stands there. Another history must begin before
    /// anything is served.
    TurnedBack,
}

/// Why a data folder is not opened, in one sentence each.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be created or written.
    #[error("The data folder {} cannot be used: {}.", .0.display(), .1)]
    Folder(PathBuf, io::Error),
    /// Another process holds it.
    #[error("The data folder {} is in use by another perron process.", .0.display())]
    InUse(PathBuf),
    /// There was a database and it is gone.
    #[error(
        "The database {} is missing though this folder has served a campaign: restore a backup \
         with `perron restore`, or choose an empty folder.", .0.display()
    )]
    Missing(PathBuf),
    /// Not a database of this program.
    #[error("{} is not a database of perron, or it is damaged: {}.", .0.display(), .1)]
    NotADatabase(PathBuf, String),
    /// A newer program's.
    #[error("The database {} was written by a newer perron; install that one.", .0.display())]
    Newer(PathBuf),
    /// A file beside the database.
    #[error("{} cannot be used: {}.", .0.display(), .1)]
    Beside(PathBuf, io::Error),
}

impl SqliteLedger {
    /// Opens the database of a folder, or creates it with this history id.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(folder: &Folder, epoch: Epoch) -> Result<(Self, Beginning), OpenError> {
        let lock = folder.lock()?;
        let path = folder.database();
        let beside = |path: PathBuf| |error| OpenError::Beside(path, error);
        let seen = Seen::open(&folder.seen()).map_err(beside(folder.seen()))?;
        if !path.exists() && !seen.heads().is_empty() {
            return Err(OpenError::Missing(path));
        }
        let journal = Journal::open(&folder.journal()).map_err(beside(folder.journal()))?;
        let bad = |error: LedgerError| OpenError::NotADatabase(path.clone(), error.to_string());
        let writer = pool(options(&path).create_if_missing(true), 1).await.map_err(bad)?;
        let new = migrate(&writer, &path, epoch).await?;
        let readers = pool(options(&path).read_only(true), READERS).await.map_err(bad)?;
        let (journal, seen) = (Arc::new(journal), Arc::new(seen));
        let ledger = Self { writer, readers, journal, seen, _lock: lock };
        let turned_back = ledger.is_turned_back().await.map_err(bad)?
            || ledger.is_unbegun().await.map_err(bad)?;
        let beginning = match (new, turned_back) {
            (_, true) => Beginning::TurnedBack,
            (true, false) => Beginning::New,
            (false, false) => Beginning::Continued,
        };
        Ok((ledger, beginning))
    }

    /// Whether a head that was served is not in the database.
    async fn is_turned_back(&self) -> Result<bool, LedgerError> {
        let here = self.campaigns().await?;
        for (campaign, (number, chain)) in self.seen.heads() {
            if !here.contains(&campaign) {
                return Ok(true);
            }
            if self.chain_at(&campaign, number).await? != Some(chain) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) async fn heads(&self) -> Result<Heads, LedgerError> {
        let mut heads = Heads::new();
        for campaign in self.campaigns().await? {
            if let Some(head) = self.head(&campaign).await? {
                heads.insert(campaign, (head.number, head.chain));
            }
        }
        Ok(heads)
    }
}

pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("secure_delete", "ON")
}

async fn pool(options: SqliteConnectOptions, most: u32) -> Result<SqlitePool, LedgerError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(10))
        // When the disk is full SQLite rolls back by itself, and sqlx goes on counting a transaction that is
        // over: that connection would refuse every other one, so another takes its place.
        .before_acquire(|connection, _| {
            let usable = !connection.is_in_transaction();
            Box::pin(std::future::ready(Ok(usable)))
        });
    Ok(pool.connect_with(options).await?)
}

/// Brings the tables up to date: whether they are new.
async fn migrate(pool: &SqlitePool, path: &Path, epoch: Epoch) -> Result<bool, OpenError> {
    let bad = |error: sqlx::Error| OpenError::NotADatabase(path.to_owned(), error.to_string());
    let mut connection = pool.acquire().await.map_err(bad)?;
    let version = version(&mut connection).await.map_err(bad)?;
    let known = usize::try_from(version).unwrap_or(usize::MAX);
    if known > MIGRATIONS.len() {
        return Err(OpenError::Newer(path.to_owned()));
    }
    for (script, number) in MIGRATIONS.iter().zip(1_i64..).skip(known) {
        let stepped = step(&mut connection, script, number, epoch).await;
        stepped.map_err(|e| OpenError::NotADatabase(path.to_owned(), e.to_string()))?;
    }
    Ok(known == 0)
}

/// One version more, all or nothing.
async fn step(
    connection: &mut SqliteConnection,
    script: &'static str,
    number: i64,
    epoch: Epoch,
) -> Result<(), LedgerError> {
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(script).execute(&mut *tx).await?;
    if number == 1 {
        let insert = sqlx::query("INSERT INTO server (one, epoch) VALUES (1, ?1)");
        insert.bind(&epoch.0[..]).execute(&mut *tx).await?;
    }
    if number == 3 {
        served::fill(&mut tx).await?;
    }
    // A pragma takes no parameters; the number is ours.
    let version = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {number}"));
    sqlx::raw_sql(version).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn version(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let row = sqlx::query("PRAGMA user_version").fetch_one(&mut *connection).await?;
    row.try_get(0)
}

/// Whether a connection is to a database of this program, and of a version it knows.
pub(super) async fn is_ours(connection: &mut SqliteConnection) -> Result<bool, LedgerError> {
    let row = sqlx::query("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let application: i64 = row.try_get(0).map_err(|_| columns::damaged())?;
    let version = version(connection).await?;
    Ok(application == 0x5045_5252 && (1..=MIGRATIONS.len() as i64).contains(&version))
}
