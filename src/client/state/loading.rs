//! From the disk to a notebook: everything at once where that is little; else what is shown first, then page by
//! page, while a person looks already.
//!
//! ```text
//!   all tables but the histories, the first page of those, the newest records ──► shown; looked at only
//!   page, page, … (between two of them the browser answers taps)              ──► whole: written and synced
//! ```

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::change::RecordKey;
use domain::codec;
use domain::notebook::{BadRows, Notebook, Row, Table, Writes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lists::newest_records;
use super::opening::failed;
use super::{App, Phase};
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock};
use crate::vault::idb::IdbVault;
use crate::vault::{Index, Store, StoreError};

/// A row beside the identity: the keys of the records that a list shows first. It is a hint: records that it
/// leaves out are read with the others.
const SHOWN_FIRST: &[u8] = b"shown first";

/// So long nothing has changed when the hint is brought up to date.
const CALM_MILLIS: u32 = 3_000;

/// Between two looks whether everything was read.
const LOOK_MILLIS: u32 = 20;

/// What was read of a notebook, and behind which key there is more of it.
pub(super) struct Begun {
    pub(super) notebook: Notebook,
    pub(super) rest: Option<Index>,
}

impl App {
    /// Whether the notebook is still being read: lists may lack records, and what is written waits.
    pub fn is_loading(&self) -> bool {
        self.loading.get()
    }

    /// Returns when everything was read.
    pub(super) async fn loaded(&self) {
        while self.loading.get_untracked() {
            clock::sleep(LOOK_MILLIS).await;
        }
    }

    /// Reads enough of the notebook to show it. None where there is none.
    pub(super) async fn begin_loading(&self) -> Result<Option<Begun>, Phase> {
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(None) };
        let mut rows = Vec::new();
        let others = |table: &&Table| !matches!(table, Table::Histories | Table::Entries);
        for table in Table::ALL.iter().filter(others) {
            rows.extend(store.table(*table).await.map_err(unread)?);
        }
        self.history.set(super::syncing::stored_history(&rows));
        self.parts().stale_session.set(super::renewing::stale_session(&rows));
        let page = store.page(Table::Histories, None).await.map_err(unread)?;
        if page.last.is_some() {
            for key in shown_first(&rows) {
                let row = store.row(Table::Histories, &codec::encode(1, &key)).await;
                rows.extend(row.map_err(unread)?);
            }
        }
        rows.extend(page.rows);
        match Notebook::load(&rows) {
            Ok(notebook) if notebook.is_training() => Err(damaged()),
            Ok(notebook) => Ok(Some(Begun { notebook, rest: page.last })),
            Err(BadRows::NoIdentity) => {
                canary::read().map_or(Ok(None), |canary| Err(Phase::Lost(canary)))
            }
            Err(_) => Err(damaged()),
        }
    }

    /// Reads all of the notebook. None where there is none.
    pub(super) async fn load(&self) -> Result<Option<Notebook>, Phase> {
        let Some(Begun { mut notebook, mut rest }) = self.begin_loading().await? else {
            return Ok(None);
        };
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(None) };
        while let Some(after) = rest {
            let page = store.page(Table::Histories, Some(after)).await.map_err(unread)?;
            notebook.load_histories(&page.rows).map_err(|_| damaged())?;
            rest = page.last;
        }
        let notebook = RefCell::new(notebook);
        whole(&store, &notebook).await?;
        Ok(Some(notebook.into_inner()))
    }

    /// Shows what was read, and reads the rest.
    pub(super) async fn load_rest(&self, begun: Begun, turn: u64) -> Result<(), Phase> {
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(()) };
        let Begun { notebook, rest } = begun;
        let is_training = notebook.is_training();
        if !self.is_turn(turn) {
            return Ok(());
        }
        self.hold(notebook);
        let mut next = rest;
        if next.is_some() {
            self.loading.set(true);
            self.phase.set(Phase::Ready);
            self.revision.update(|revision| *revision += 1);
        }
        while let Some(after) = next {
            // Taps are answered first.
            clock::sleep(0).await;
            let page = store.page(Table::Histories, Some(after)).await.map_err(unread)?;
            let Some(held) = self.held_in(turn) else { return Ok(()) };
            held.borrow_mut().load_histories(&page.rows).map_err(|_| damaged())?;
            next = page.last;
        }
        let Some(held) = self.held_in(turn) else { return Ok(()) };
        if !is_training {
            whole(&store, &held).await?;
        }
        if self.is_turn(turn) {
            self.loading.set(false);
            self.opened();
        }
        Ok(())
    }

    /// The notebook, as long as this opening counts.
    fn held_in(&self, turn: u64) -> Option<Rc<RefCell<Notebook>>> {
        self.notebook().ok().filter(|_| self.is_turn(turn))
    }

    /// Remembers which records a list shows first, once nothing has changed for a while.
    pub(super) fn note_shown_first(&self) {
        let (app, seen) = (*self, self.revision.get_untracked());
        spawn_local(async move {
            clock::sleep(CALM_MILLIS).await;
            if app.revision.get_untracked() == seen && !app.loading.get_untracked() {
                app.keep_shown_first().await;
            }
        });
    }

    async fn keep_shown_first(&self) {
        let Some(keys) = self.peek(newest_records) else { return };
        let row = codec::encode(1, &keys);
        if self.parts().shown_first.replace(row.clone()) == row {
            return;
        }
        if let Ok(store) = self.store() {
            let writes = Writes(vec![(Table::Identity, SHOWN_FIRST.to_vec(), Some(row))]);
            // Without it the next start shows other records first.
            let _ = store.commit(writes, &mut BrowserRandom).await;
        }
    }
}

/// Checks a notebook of which all rows were read, and reads what an older app could not. One that is emptier
/// than the canary says is a loss, never a new phone.
async fn whole(store: &Store<IdbVault>, notebook: &RefCell<Notebook>) -> Result<(), Phase> {
    let records = super::lists::record_count(&notebook.borrow());
    if let Some(canary) = canary::read().filter(|canary| records < canary.records) {
        return Err(Phase::Lost(canary));
    }
    let unread = notebook.borrow().unread_entries();
    let mut rows = BTreeMap::new();
    for id in unread {
        if let Ok(Some(row)) = store.entry(&id).await {
            rows.insert(id, row);
        }
    }
    if !rows.is_empty() {
        let before = notebook.borrow().clone();
        let writes = notebook.borrow_mut().read_again(&rows, clock::now());
        if store.commit(writes, &mut BrowserRandom).await.is_err() {
            // It waits for another start. Drafts may have been kept meanwhile, and nothing else.
            let now = notebook.replace(before);
            for (id, draft) in now.drafts() {
                let _ = notebook.borrow_mut().keep_draft(*id, draft.clone());
            }
        }
    }
    Ok(())
}

fn shown_first(rows: &[Row]) -> Vec<RecordKey> {
    let row = rows.iter().find(|row| row.table == Table::Identity && row.key == SHOWN_FIRST);
    row.and_then(|row| codec::decode(1, &row.value).ok()).unwrap_or_default()
}

fn unread(error: StoreError) -> Phase {
    match error {
        StoreError::Vault(error) => failed(error),
        StoreError::Sealed => damaged(),
    }
}

fn damaged() -> Phase {
    Phase::Failed("damaged".into())
}
