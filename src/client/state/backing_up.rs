//! A backup of this device, and a device from a backup.

use domain::codec;
use domain::keys::{BackupCode, random};
use domain::notebook::{Backup, MAX_BACKUP, Notebook, Row, Table, Writes};

use super::handing_over::{file_name, read_file};
use super::renewing::SIGN_IN;
use super::{App, Document, Trouble};
use crate::browser::files::ReadyFile;
use crate::browser::random::BrowserRandom;
use crate::browser::{clock, storage};
use crate::vault::idb::IdbVault;
use crate::vault::{Store, StoreError, VaultError};

/// A row beside the identity: the code of this device's backups, so that one paper opens all of them.
const CODE: &[u8] = b"backup code";

/// A running sync is given so many looks to end, and so long between them.
const LOOKS: usize = 100;
const LOOK_MILLIS: u32 = 300;

impl App {
    /// Everything of this device in one sealed file, and the code that opens it: 26 characters. `unsaved` is in it
    /// as if it had been saved.
    ///
    /// What is finished is packed first, if there is room: this device and a copy of it then send the very same
    /// bytes.
    ///
    /// # Errors
    /// `busy` when a sync does not end, `backup_too_large`; [`Trouble`].
    pub async fn back_up(&self, unsaved: Option<Document>) -> Result<(String, ReadyFile), Trouble> {
        if self.is_training() {
            return Err(Trouble::Rule("training"));
        }
        // A sync between two reads could show tables of different moments.
        let parts = self.parts();
        for _ in 0..LOOKS {
            if !parts.syncing.get() {
                break;
            }
            clock::sleep(LOOK_MILLIS).await;
        }
        if parts.syncing.replace(true) {
            return Err(Trouble::Rule("busy"));
        }
        let made = self.seal_backup(unsaved).await;
        parts.syncing.set(false);
        made
    }

    /// Makes this new device one from the file that was picked in the input with this id.
    ///
    /// # Errors
    /// `already_member`, `backup_code`, `file_…`; [`Trouble`]. Nothing was stored then.
    pub async fn restore(&self, input: &str, code: &str) -> Result<(), Trouble> {
        let bytes = read_file(input, MAX_BACKUP).await?;
        let code: BackupCode = code.parse().map_err(|_| Trouble::Rule("backup_code"))?;
        let backup = Backup::open(&bytes, &code).map_err(|bad| Trouble::Rule(bad.code()))?;
        let restored = Notebook::restored(backup.rows);
        let (notebook, mut writes) = restored.map_err(|_| Trouble::Rule("file_damaged"))?;
        writes.0.push((Table::Identity, SIGN_IN.to_vec(), Some(vec![1])));
        let store = self.begin_store().await?;
        store.replace(writes, &mut BrowserRandom).await?;
        self.parts().stale_session.set(true);
        self.install(notebook);
        storage::ask_to_persist().await;
        Ok(())
    }

    async fn seal_backup(&self, unsaved: Option<Document>) -> Result<(String, ReadyFile), Trouble> {
        match self.pack().await {
            Ok(()) | Err(Trouble::Store(StoreError::Vault(VaultError::Full))) => {}
            Err(trouble) => return Err(trouble),
        }
        let store = self.store()?;
        let mut rows = store.load().await?;
        if let Some((key, value)) = unsaved.map(Document::into_row) {
            rows.retain(|row| row.table != Table::Drafts || row.key != key);
            rows.push(Row { table: Table::Drafts, key, value });
        }
        seal_rows(&store, rows).await
    }
}

/// A sealed file of these rows, and the code that opens it: the one on this device's paper, if it has one.
pub(super) async fn seal_rows(
    store: &Store<IdbVault>,
    mut rows: Vec<Row>,
) -> Result<(String, ReadyFile), Trouble> {
    let known = rows.iter().find(|row| row.table == Table::Identity && row.key == CODE);
    let code = match known.and_then(code_of) {
        Some(code) => code,
        None => {
            let code = BackupCode::new(random(&mut BrowserRandom));
            let (table, key, value) =
                (Table::Identity, CODE.to_vec(), codec::encode(1, &code.to_string()));
            let writes = Writes(vec![(table, key.clone(), Some(value.clone()))]);
            rows.push(Row { table, key, value });
            // Without room for it the next copy has another code, and this one opens all the same.
            let _ = store.commit(writes, &mut BrowserRandom).await;
            code
        }
    };
    let sealed = Backup { made_at: clock::now(), rows }.seal(&code, random(&mut BrowserRandom));
    let bytes = sealed.map_err(|large| Trouble::Rule(large.code()))?;
    Ok((code.to_string(), ReadyFile { name: file_name("copie"), bytes }))
}

fn code_of(row: &Row) -> Option<BackupCode> {
    codec::decode::<String>(1, &row.value).ok()?.parse().ok()
}
