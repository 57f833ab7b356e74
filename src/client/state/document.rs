//! What is being written: sealed, and overwritten in place at every pause.

use domain::ids::RecordId;
use domain::notebook::Writes;
use leptos::task::spawn_local;

use super::{App, Trouble};
use crate::browser::canary;
use crate::browser::random::BrowserRandom;
use crate::vault::{StoreError, VaultError};

/// One thing that is being written, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) id: RecordId,
    pub(super) bytes: Vec<u8>,
}

impl Document {
    /// Key and value of its row.
    pub(super) fn into_row(self) -> (Vec<u8>, Vec<u8>) {
        (self.id.0.to_vec(), self.bytes)
    }
}

impl App {
    /// Keeps what is being written; on the disk when it returns.
    ///
    /// # Errors
    /// [`Trouble`]: what was typed is on the page still.
    pub async fn keep(&self, document: Document) -> Result<(), Trouble> {
        self.caught_up().await?;
        let Document { id, bytes } = document;
        let (notebook, store) = (self.notebook()?, self.store()?);
        let stored = notebook.borrow().drafts().get(&id).cloned();
        let writes: Writes = notebook.borrow_mut().keep_draft(id, bytes.clone());
        let Err(error) = store.commit(writes, &mut BrowserRandom).await else {
            self.changed();
            return Ok(());
        };
        if error == StoreError::Vault(VaultError::Gone) {
            self.reload().await;
            return Err(error.into());
        }
        // As it is on the disk. To read everything anew would close the form on somebody who is writing.
        let mut notebook = notebook.borrow_mut();
        if notebook.drafts().get(&id) == Some(&bytes) {
            // Rows that say what the disk holds are not written.
            let _ = match stored {
                Some(stored) => notebook.keep_draft(id, stored),
                None => notebook.drop_draft(id),
            };
        }
        Err(error.into())
    }

    /// Gives up what is being written under this id, if anything is, whatever page is open then.
    pub fn forget(&self, id: RecordId) {
        let stored = self.peek(|notebook| notebook.drafts().get(&id).cloned()).flatten();
        if let Some(bytes) = stored {
            let app = *self;
            // What could not be dropped is there still, and is found again where it was begun.
            spawn_local(async move { drop(app.give_up(Document { id, bytes }).await) });
        }
    }

    /// Drops a document, unless something else was written in its place meanwhile.
    ///
    /// # Errors
    /// [`Trouble`]: it is there still.
    pub(super) async fn give_up(&self, document: Document) -> Result<(), Trouble> {
        self.caught_up().await?;
        let Document { id, bytes } = document;
        let (notebook, store) = (self.notebook()?, self.store()?);
        if notebook.borrow().drafts().get(&id) != Some(&bytes) {
            return Ok(());
        }
        let writes = notebook.borrow_mut().drop_draft(id);
        if !self.is_training() {
            canary::lower(writes.taken_away());
        }
        let dropped = store.commit(writes, &mut BrowserRandom).await;
        if dropped.is_err() && !notebook.borrow().drafts().contains_key(&id) {
            // As it is on the disk.
            let _ = notebook.borrow_mut().keep_draft(id, bytes);
        }
        self.changed();
        Ok(dropped?)
    }
}
