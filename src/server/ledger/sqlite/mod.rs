//! The ledger in SQLite: one file, one writer, several readers.
//!
//! WAL with `synchronous=FULL`: what was committed outlives a power cut. All writes go through one connection
//! and begin with `BEGIN IMMEDIATE`; a transaction that reads first and writes later can fail for good
//! otherwise. `secure_delete` overwrites what is destroyed.

mod backup;
mod columns;
mod connect;
mod cursors;
mod destroy;
mod entries;
mod folder;
mod histories;
mod invites;
mod put;
mod served;
mod sessions;
mod slice;
mod verify;

use std::io;
use std::sync::Arc;

use sqlx::{Sqlite, SqlitePool, Transaction};

use super::LedgerError;
use super::journal::Journal;
use super::seen::Seen;

pub use backup::{backup, restore};
pub use connect::{Beginning, OpenError};
pub use folder::Folder;
pub use verify::{Verified, verify};

/// An open database with the files beside it; while it is open, no other process can open it.
pub struct SqliteLedger {
    writer: SqlitePool,
    readers: SqlitePool,
    journal: Arc<Journal>,
    seen: Arc<Seen>,
    /// Held, not read.
    _lock: std::fs::File,
}

impl SqliteLedger {
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, LedgerError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Finishes what is under way and closes the files.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code());
        let code = code.and_then(|code| code.parse::<i32>().ok());
        // Extended codes hold the primary one in their lowest byte.
        match (code.map(|code| (code & 0xff, code)), &error) {
            // Full; and the index of the log could not grow, which has no other reason.
            (Some((13, _) | (_, 4874)), _) => Self::Full(error.to_string()),
            // Busy, locked, read-only, input or output, cannot open.
            (Some((5 | 6 | 8 | 10 | 14, _)), _)
            | (None, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Fault(error.to_string()),
        }
    }
}

impl From<io::Error> for LedgerError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full(error.to_string())
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

/// Runs what waits for the disk where it holds nobody up.
async fn on_disk<T: Send + 'static>(
    act: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, LedgerError> {
    let done = tokio::task::spawn_blocking(act).await;
    let done = done.map_err(|error| LedgerError::Fault(error.to_string()))?;
    Ok(done?)
}

#[cfg(test)]
mod tests;
