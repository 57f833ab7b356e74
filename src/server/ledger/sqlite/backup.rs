//! Backups, and putting one back.

use std::fs::File;
use std::io;
use std::path::Path;

use domain::ids::Epoch;
use sqlx::{ConnectOptions, Connection};

use super::folder::companions;
use super::{Folder, OpenError, SqliteLedger, connect, verify};

/// Writes a whole copy of the database, as of one moment, into a new file. The server may be at work.
///
/// # Errors
/// [`OpenError`]; an existing file is never overwritten.
pub async fn backup(folder: &Folder, file: &Path) -> Result<(), OpenError> {
    let database = folder.database();
    if !database.exists() {
        let error = io::Error::new(io::ErrorKind::NotFound, "it holds no database");
        return Err(OpenError::Folder(folder.path().to_owned(), error));
    }
    if file.exists() {
        let error = io::Error::new(io::ErrorKind::AlreadyExists, "there is a file already");
        return Err(OpenError::Beside(file.to_owned(), error));
    }
    let bad = |error: sqlx::Error| OpenError::NotADatabase(database.clone(), error.to_string());
    let mut connection = connect::options(&database).connect().await.map_err(bad)?;
    let copy = sqlx::query("VACUUM INTO ?1").bind(file.to_string_lossy().into_owned());
    copy.execute(&mut connection).await.map_err(bad)?;
    connection.close().await.map_err(bad)?;
    let synced = File::open(file).and_then(|file| file.sync_all());
    synced.map_err(|error| OpenError::Beside(file.to_owned(), error))
}

/// Checks a backup and opens it in the place of the present database, which is kept beside it. Another
/// history must begin before it is served; until that is done, every opening says
/// [`TurnedBack`](connect::Beginning::TurnedBack).
///
/// # Errors
/// [`OpenError`]; the present database is as it was.
pub async fn restore(folder: &Folder, file: &Path) -> Result<(), OpenError> {
    verify(file).await?;
    let _lock = folder.lock()?;
    let unusable = |error| OpenError::Folder(folder.path().to_owned(), error);
    let incoming = folder.incoming();
    remove_with_companions(&incoming).map_err(unusable)?;
    std::fs::copy(file, &incoming).map_err(|error| OpenError::Beside(file.to_owned(), error))?;
    mark(&incoming).await?;
    File::open(&incoming).and_then(|file| file.sync_all()).map_err(unusable)?;
    swap(folder).map_err(unusable)
}

/// A copy with a history id of zeros: whatever happens before the real one is drawn, this is not the old.
async fn mark(database: &Path) -> Result<(), OpenError> {
    let bad = |error: sqlx::Error| OpenError::NotADatabase(database.to_owned(), error.to_string());
    let mut connection = connect::options(database).connect().await.map_err(bad)?;
    let update = sqlx::query("UPDATE server SET epoch = ?1").bind(&UNBEGUN.0[..]);
    update.execute(&mut connection).await.map_err(bad)?;
    // The last connection of a database brings its log into it and removes the log.
    connection.close().await.map_err(bad)
}

/// The history id of a database that was put back and whose history has not begun.
pub(super) const UNBEGUN: Epoch = Epoch([0; 16]);

fn swap(folder: &Folder) -> io::Result<()> {
    let (database, replaced) = (folder.database(), folder.replaced());
    if database.exists() {
        remove_with_companions(&replaced)?;
        for (from, to) in companions(&database).iter().zip(companions(&replaced)) {
            if from.exists() {
                std::fs::rename(from, to)?;
            }
        }
        std::fs::rename(&database, &replaced)?;
    }
    std::fs::rename(folder.incoming(), &database)?;
    File::open(folder.path())?.sync_all()
}

fn remove_with_companions(database: &Path) -> io::Result<()> {
    let [log, index] = companions(database);
    for path in [database, &log, &index] {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

impl SqliteLedger {
    /// Whether a backup was put back and no history has begun over it.
    pub(super) async fn is_unbegun(&self) -> Result<bool, crate::ledger::LedgerError> {
        use crate::ledger::Histories;
        Ok(self.epoch().await? == UNBEGUN)
    }
}
