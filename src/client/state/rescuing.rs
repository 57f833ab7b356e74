//! A sealed copy where the app itself cannot be trusted: rows go from the disk to the file, and no notebook is made
//! of them, since that may be what breaks down.

use super::Trouble;
use super::backing_up::seal_rows;
use super::mode::Mode;
use crate::browser::files::ReadyFile;
use crate::browser::key_slot;
use crate::vault::idb::IdbVault;
use crate::vault::{Store, StoreError};

/// The rows of the campaign's notebook that still open, in a sealed file, and the code that opens it.
///
/// # Errors
/// `no_notebook` on a device without one, `no_key_slot`, `locked`, `backup_too_large`; [`Trouble`].
pub async fn rescue() -> Result<(String, ReadyFile), Trouble> {
    let slot = key_slot::read(Mode::Field.key_file()).await;
    let slot = slot.map_err(|_| Trouble::Rule("no_key_slot"))?;
    let slot = slot.ok_or(Trouble::Rule("no_notebook"))?;
    let key = slot.open(None).map_err(|_| Trouble::Rule("locked"))?;
    let vault = IdbVault::open(Mode::Field.database()).await.map_err(StoreError::from)?;
    let store = Store::new(vault, key);
    seal_rows(&store, store.readable().await?).await
}
