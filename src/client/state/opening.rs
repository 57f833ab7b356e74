//! Opening the notebook: lock, key, rows, canary.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::keys::{BadSlot, VaultKey};
use domain::notebook::{BadRows, Notebook};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::mode::Mode;
use super::{App, Phase};
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock, key_slot, tab_lock};
use crate::vault::idb::IdbVault;
use crate::vault::{Store, StoreError, VaultError};

/// Another tab is given this long to close before the page says so.
const PATIENCE_MILLIS: u32 = 700;

impl App {
    /// Takes the notebook from the tab that holds it.
    pub fn take_over(&self) {
        let app = *self;
        let lock = self.mode.lock();
        tab_lock::take(lock, move || app.begin(), move || app.yield_to_other());
    }

    /// After a loss was read: forgets the canary, so that this device can begin anew.
    pub fn accept_loss(&self) {
        canary::clear();
        self.begin();
    }

    pub(super) fn open(&self) {
        let app = *self;
        let lock = self.mode.lock();
        tab_lock::ask(lock, move || app.begin(), move || app.yield_to_other());
        spawn_local(async move {
            clock::sleep(PATIENCE_MILLIS).await;
            if app.phase.get_untracked() == Phase::Opening && app.parts().store.borrow().is_none() {
                app.phase.set(Phase::OtherTab);
            }
        });
    }

    /// The key for a device that begins: an existing one is kept.
    pub(super) async fn begin_key(&self) -> Result<VaultKey, super::Trouble> {
        let failed = |_| super::Trouble::Rule("no_key_slot");
        let file = self.mode.key_file();
        match key_slot::read(file).await.map_err(failed)? {
            Some(slot) => slot.open(None).map_err(|_| super::Trouble::Rule("locked")),
            None => {
                let key = VaultKey::generate(&mut BrowserRandom);
                key_slot::write(file, &key.raw_slot()).await.map_err(failed)?;
                Ok(key)
            }
        }
    }

    pub(super) fn install(&self, notebook: Notebook) {
        self.parts().notebook.replace(Some(Rc::new(RefCell::new(notebook))));
        self.phase.set(Phase::Ready);
        self.changed();
        if !self.is_training() {
            self.schedule();
        }
    }

    /// Reads everything from the disk again.
    pub(super) async fn reload(&self) {
        let read = match self.mode {
            Mode::Field => self.load().await,
            Mode::Training => self.open_training().await.map(Some),
        };
        let phase = match read {
            Ok(Some(notebook)) => {
                let held = self.parts().notebook.borrow().clone();
                match held {
                    // Others may hold the same notebook: it is replaced in place.
                    Some(held) => drop(held.replace(notebook)),
                    None => {
                        drop(self.parts().notebook.replace(Some(Rc::new(RefCell::new(notebook)))))
                    }
                }
                self.revision.update(|revision| *revision += 1);
                return;
            }
            Ok(None) => Phase::New,
            Err(phase) => phase,
        };
        self.phase.set(phase);
    }

    fn begin(&self) {
        let app = *self;
        spawn_local(async move {
            app.phase.set(Phase::Opening);
            match app.open_store().await {
                Ok(Some(notebook)) => app.install(notebook),
                Ok(None) => app.phase.set(Phase::New),
                Err(phase) => app.phase.set(phase),
            }
        });
    }

    fn yield_to_other(&self) {
        self.parts().notebook.replace(None);
        self.parts().store.replace(None);
        self.phase.set(Phase::OtherTab);
    }

    /// Opens the database under this key; its rows are not read yet.
    pub(super) async fn put_store(&self, key: VaultKey) -> Result<Rc<Store<IdbVault>>, VaultError> {
        let store = Rc::new(Store::new(IdbVault::open(self.mode.database()).await?, key));
        self.parts().store.replace(Some(store.clone()));
        Ok(store)
    }

    async fn open_store(&self) -> Result<Option<Notebook>, Phase> {
        if self.is_training() {
            return self.open_training().await.map(Some);
        }
        let file = self.mode.key_file();
        let slot = key_slot::read(file).await.map_err(|_| Phase::Failed("no_key_slot".into()))?;
        let Some(slot) = slot else {
            // No key: whatever is in the database cannot be read any more.
            return canary::read().map_or(Ok(None), |canary| Err(Phase::Lost(canary)));
        };
        let key = slot.open(None).map_err(|fault| match fault {
            BadSlot::Locked | BadSlot::Passphrase => Phase::Failed("locked".into()),
            BadSlot::Empty => Phase::Failed("no_key_slot".into()),
        })?;
        self.put_store(key).await.map_err(failed)?;
        self.load().await
    }

    /// A store that is emptier than the canary says is a loss, never a new phone.
    async fn load(&self) -> Result<Option<Notebook>, Phase> {
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(None) };
        let rows = store.load().await.map_err(|error| match error {
            StoreError::Vault(error) => failed(error),
            StoreError::Sealed => Phase::Failed("damaged".into()),
        })?;
        self.history.set(super::syncing::stored_history(&rows));
        self.parts().stale_session.set(super::renewing::stale_session(&rows));
        let known = canary::read();
        match Notebook::load(&rows) {
            Ok(notebook) if notebook.is_training() => Err(Phase::Failed("damaged".into())),
            Ok(notebook) => match known {
                Some(canary) if super::lists::record_count(&notebook) < canary.records => {
                    Err(Phase::Lost(canary))
                }
                _ => Ok(Some(read_again(&store, notebook).await)),
            },
            Err(BadRows::NoIdentity) => known.map_or(Ok(None), |canary| Err(Phase::Lost(canary))),
            Err(_) => Err(Phase::Failed("damaged".into())),
        }
    }
}

/// Reads what an older app could not. When that cannot be stored, it waits for another start.
async fn read_again(store: &Store<IdbVault>, notebook: Notebook) -> Notebook {
    let mut rows = BTreeMap::new();
    for id in notebook.unread_entries() {
        if let Ok(Some(row)) = store.entry(&id).await {
            rows.insert(id, row);
        }
    }
    if rows.is_empty() {
        return notebook;
    }
    let mut newer = notebook.clone();
    let writes = newer.read_again(&rows, clock::now());
    match store.commit(writes, &mut BrowserRandom).await {
        Ok(()) => newer,
        Err(_) => notebook,
    }
}

pub(super) fn failed(error: VaultError) -> Phase {
    Phase::Failed(
        match error {
            VaultError::Full => "full",
            VaultError::Newer => "newer_store",
            VaultError::Blocked => "blocked",
            VaultError::Unavailable(_) => "store",
        }
        .to_owned(),
    )
}
