//! What is done to a data folder from the command line: back up, restore, verify.

use std::path::Path;

use anyhow::Result;

use crate::host::open_service;
use crate::ledger::sqlite::{self, Folder, Verified};

/// Writes a backup of the database into a new file; the server may be at work.
///
/// # Errors
/// One sentence.
pub async fn backup(data: &Path, file: &Path) -> Result<()> {
    Ok(sqlite::backup(&Folder::new(data), file).await?)
}

/// Puts a backup in the place of the database and begins another history over it, in which everything in
/// the journal of erasures is destroyed again. The server must be stopped.
///
/// # Errors
/// One sentence. A restore that was cut short is finished by the next start, or to be repeated if that one
/// says so.
pub async fn restore(data: &Path, file: &Path) -> Result<()> {
    let folder = Folder::new(data);
    sqlite::restore(&folder, file).await?;
    let service = open_service(&folder).await?;
    service.ledger().close().await;
    Ok(())
}

/// Checks the whole database; the server may be at work.
///
/// # Errors
/// What is wrong, in one sentence.
pub async fn verify(data: &Path) -> Result<Verified> {
    Ok(sqlite::verify(&Folder::new(data).database()).await?)
}
