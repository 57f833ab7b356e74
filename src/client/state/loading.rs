//! From the disk to a notebook: everything at once where that is little; else what is shown first, then the
//! rest, while a person looks already.
//!
//! ```text
//!   all other tables, and the first page of histories   one transaction
//!   where that is not all, the newest records           one transaction ──► shown; looked at only
//!   slice, slice, … (between two the browser answers taps), page, slice, … ──► whole: written and synced
//! ```

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::{mem, slice};

use domain::change::RecordKey;
use domain::codec;
use domain::notebook::{BadRows, Notebook, Row, Table, Writes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lists::newest_records;
use super::opening::failed;
use super::{App, Phase};
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock, main_thread, reserve};
use crate::vault::idb::IdbVault;
use crate::vault::{Index, Page, Place, Store, StoreError};

/// A row beside the identity: the keys of the records that a list shows first. It is a hint: records that it
/// leaves out are read with the others.
const SHOWN_FIRST: &[u8] = b"shown first";

/// So long nothing has changed when what can wait is done.
const CALM_MILLIS: u32 = 3_000;

/// Between two looks whether everything was read.
const LOOK_MILLIS: u32 = 20;

/// So long the rest is loaded in one go: then the browser answers taps and paints.
const SLICE_MILLIS: u64 = 5;

/// What was loaded of a notebook, and the page of histories that comes next.
pub(super) struct Begun {
    pub(super) notebook: Notebook,
    pub(super) next: Option<Page>,
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
        let (mut rows, mut histories) = (Vec::new(), None);
        let loaded = |table: &&Table| **table != Table::Entries;
        let mut places: Vec<Place> =
            Table::ALL.iter().filter(loaded).map(|table| (*table, None)).collect();
        while !places.is_empty() {
            let pages = store.pages(&places).await.map_err(unread)?;
            places.clear();
            for page in pages {
                if page.table == Table::Histories {
                    histories = Some(page);
                } else {
                    rows.extend(store.open(page.table, &page.rows).map_err(unread)?);
                    places.extend(page.rest);
                }
            }
        }
        self.history.set(super::syncing::stored_history(&rows));
        self.parts().stale_session.set(super::renewing::stale_session(&rows));
        let next = match histories {
            Some(page) => first_histories(&store, page, &mut rows).await.map_err(unread)?,
            None => None,
        };
        match Notebook::load(&rows) {
            Ok(notebook) if notebook.is_training() => Err(damaged()),
            Ok(notebook) => Ok(Some(Begun { notebook, next })),
            Err(BadRows::NoIdentity) => {
                canary::read().map_or(Ok(None), |canary| Err(Phase::Lost(canary)))
            }
            Err(_) => Err(damaged()),
        }
    }

    /// Reads all of the notebook, to be [held](Self::hold) and then [checked](Self::check_whole). None where there
    /// is none.
    pub(super) async fn load(&self) -> Result<Option<Notebook>, Phase> {
        let Some(Begun { mut notebook, mut next }) = self.begin_loading().await? else {
            return Ok(None);
        };
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(None) };
        while let Some(page) = next {
            let rows = store.open(page.table, &page.rows).map_err(unread)?;
            notebook.load_histories(&rows).map_err(|_| damaged())?;
            next = following(&store, &page).await.map_err(unread)?;
        }
        Ok(Some(notebook))
    }

    /// Checks a notebook that was read whole and is held, as far as it has anything to lose.
    pub(super) async fn check_whole(&self) -> Result<(), Phase> {
        let (Ok(held), Ok(store)) = (self.notebook(), self.store()) else { return Ok(()) };
        if self.is_training() { Ok(()) } else { whole(&store, &held).await }
    }

    /// Shows what was loaded, and loads the rest.
    pub(super) async fn load_rest(&self, begun: Begun, turn: u64) -> Result<(), Phase> {
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(()) };
        let Begun { notebook, mut next } = begun;
        if !self.is_turn(turn) {
            return Ok(());
        }
        self.hold(notebook);
        if next.is_some() {
            self.loading.set(true);
            self.phase.set(Phase::Ready);
            self.revision.update(|revision| *revision += 1);
        }
        while let Some(page) = next {
            let mut sealed = page.rows.as_slice();
            while !sealed.is_empty() {
                main_thread::give_way().await;
                let Some(held) = self.held_in(turn) else { return Ok(()) };
                sealed = load_slice(&store, page.table, sealed, &mut held.borrow_mut())?;
            }
            next = following(&store, &page).await.map_err(unread)?;
        }
        if self.is_turn(turn) {
            self.check_whole().await?;
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

    /// Once nothing has changed for a while: remembers which records a list shows first, drops answers that are of no
    /// use any more, and keeps room back.
    pub(super) fn when_calm(&self) {
        let (app, seen) = (*self, self.revision.get_untracked());
        spawn_local(async move {
            clock::sleep(CALM_MILLIS).await;
            if app.revision.get_untracked() == seen && !app.loading.get_untracked() {
                app.keep_shown_first().await;
                app.drop_orphaned_answers().await;
                if !app.parts().reserved.get() {
                    let kept = reserve::keep().await;
                    app.parts().reserved.set(kept);
                    app.cramped.set(!kept);
                }
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

/// The histories that are shown first, and the page of others to go on with. Everything, and no page, where one
/// page holds them all.
async fn first_histories(
    store: &Store<IdbVault>,
    mut page: Page,
    rows: &mut Vec<Row>,
) -> Result<Option<Page>, StoreError> {
    let mut first = Vec::new();
    if page.rest.is_some() {
        first = store.rows(Table::Histories, &shown_first(rows)).await?;
    }
    if first.is_empty() {
        // Nothing tells what is new: any are better than none.
        first = store.open(Table::Histories, &mem::take(&mut page.rows))?;
    }
    rows.append(&mut first);
    Ok(Some(page).filter(|page| page.rest.is_some()))
}

/// Loads rows as long as a slice lasts, one at least. Returns those that are left.
fn load_slice<'a>(
    store: &Store<IdbVault>,
    table: Table,
    mut sealed: &'a [(Index, Vec<u8>)],
    notebook: &mut Notebook,
) -> Result<&'a [(Index, Vec<u8>)], Phase> {
    let begun = clock::now();
    while let Some((row, rest)) = sealed.split_first() {
        let rows = store.open(table, slice::from_ref(row)).map_err(unread)?;
        notebook.load_histories(&rows).map_err(|_| damaged())?;
        sealed = rest;
        if clock::now().abs_diff(begun) >= SLICE_MILLIS {
            break;
        }
    }
    Ok(sealed)
}

async fn following(store: &Store<IdbVault>, page: &Page) -> Result<Option<Page>, StoreError> {
    match page.rest {
        Some(place) => Ok(store.pages(&[place]).await?.pop()),
        None => Ok(None),
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
        let (before, writes_before) = (notebook.borrow().clone(), store.calm());
        let writes = notebook.borrow_mut().read_again(&rows, clock::now());
        let failed = store.commit(writes, &mut BrowserRandom).await.is_err();
        if failed && writes_before.is_some_and(|begun| store.calm() == Some(begun + 1)) {
            // It waits for another start. Nothing else was written meanwhile, but drafts may be about to be.
            let now = notebook.replace(before);
            for (id, draft) in now.drafts() {
                let _ = notebook.borrow_mut().keep_draft(*id, draft.clone());
            }
        }
    }
    Ok(())
}

fn shown_first(rows: &[Row]) -> Vec<Vec<u8>> {
    let row = rows.iter().find(|row| row.table == Table::Identity && row.key == SHOWN_FIRST);
    let keys: Option<Vec<RecordKey>> = row.and_then(|row| codec::decode(1, &row.value).ok());
    keys.unwrap_or_default().iter().map(|key| codec::encode(1, key)).collect()
}

fn unread(error: StoreError) -> Phase {
    match error {
        StoreError::Vault(error) => failed(error),
        // What does not open any more is lost.
        StoreError::Sealed => canary::read().map_or_else(damaged, Phase::Lost),
    }
}

fn damaged() -> Phase {
    Phase::Failed("damaged".into())
}
