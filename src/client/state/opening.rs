//! Opening the notebook: lock, key, store.

use std::cell::RefCell;
use std::rc::Rc;

use domain::keys::{BadSlot, VaultKey};
use domain::notebook::{Notebook, Table};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::loading::Begun;
use super::renewing::SIGN_IN;
use super::{App, Phase, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock, http, key_slot, tab_lock};
use crate::vault::idb::IdbVault;
use crate::vault::{Store, StoreError, VaultError};

/// The code of a store that the browser took away.
pub(super) const GONE: &str = "gone";

/// The code of one that the browser does not give access to.
pub(super) const UNREAD: &str = "store";

/// The code of one that has no room: without some, none is opened.
pub(super) const FULL: &str = "full";

/// Another tab is given this long to close before the page says so.
const PATIENCE_MILLIS: u32 = 700;

impl App {
    /// Takes the notebook from the tab that holds it.
    pub fn take_over(&self) {
        let app = *self;
        let lock = self.mode.lock();
        tab_lock::take(lock, move || app.begin(), move || app.yield_to_other());
    }

    /// After a loss was read: what is left goes on as a copy; where nothing is, this device begins anew.
    pub fn accept_loss(&self) {
        let app = *self;
        spawn_local(async move {
            app.next_turn();
            match app.salvage().await {
                Ok(()) => {
                    // What was only practised with is nobody's loss.
                    if let Phase::Lost(known) = app.phase.get_untracked()
                        && !app.is_training()
                    {
                        canary::accept(&known);
                    }
                    canary::clear();
                    app.begin();
                }
                Err(trouble) => app.phase.set(Phase::Failed(trouble.code())),
            }
        });
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
    pub(super) async fn begin_key(&self) -> Result<VaultKey, Trouble> {
        let failed = |_| Trouble::Rule("no_key_slot");
        let file = self.mode.key_file();
        match key_slot::read(file).await.map_err(failed)? {
            Some(slot) => slot.open(None).map_err(|_| Trouble::Rule("locked")),
            None => {
                let key = VaultKey::generate(&mut BrowserRandom);
                key_slot::write(file, &key.raw_slot()).await.map_err(failed)?;
                Ok(key)
            }
        }
    }

    pub(super) fn install(&self, notebook: Notebook) {
        self.hold(notebook);
        self.opened();
    }

    /// The notebook that is held was read whole: it is shown, written and synced from now on.
    pub(super) fn opened(&self) {
        self.phase.set(Phase::Ready);
        self.parts().told.set(None);
        self.changed();
        if !self.is_training() {
            self.tell_loss();
            self.schedule();
        }
    }

    /// Others may hold the same notebook: it is replaced in place, by what the disk holds.
    pub(super) fn hold(&self, notebook: Notebook) {
        self.parts().behind.set(None);
        let held = self.parts().notebook.borrow().clone();
        match held {
            Some(held) => drop(held.replace(notebook)),
            None => drop(self.parts().notebook.replace(Some(Rc::new(RefCell::new(notebook))))),
        }
    }

    /// Keeps of the database what still reads, and nothing else: rows that no key opens would stand in the way of
    /// the next notebook.
    async fn salvage(&self) -> Result<(), Trouble> {
        self.parts().notebook.replace(None);
        let key = self.begin_key().await?;
        let store = self.put_store(key).await.map_err(StoreError::from)?;
        let salvaged = Notebook::salvaged(store.readable().await?);
        let mut writes = salvaged.map(|(_, writes)| writes).unwrap_or_default();
        if !writes.is_empty() {
            writes.0.push((Table::Identity, SIGN_IN.to_vec(), Some(vec![1])));
        }
        Ok(store.replace(writes, &mut BrowserRandom).await?)
    }

    fn begin(&self) {
        let app = *self;
        spawn_local(async move {
            let turn = app.next_turn();
            app.phase.set(Phase::Opening);
            let opened = async {
                match app.open_store().await? {
                    Some(begun) => app.load_rest(begun, turn).await,
                    None if app.is_turn(turn) => {
                        app.phase.set(Phase::New);
                        Ok(())
                    }
                    None => Ok(()),
                }
            };
            if let Err(phase) = opened.await
                && app.is_turn(turn)
            {
                // What was read of it is not to be used.
                app.parts().notebook.replace(None);
                app.loading.set(false);
                app.phase.set(phase);
            }
        });
    }

    /// From here on only this opening counts.
    fn next_turn(&self) -> u64 {
        let turn = &self.parts().turn;
        turn.set(turn.get() + 1);
        self.loading.set(false);
        turn.get()
    }

    /// Whether no other opening began since, and no other tab took the notebook.
    pub(super) fn is_turn(&self, turn: u64) -> bool {
        self.parts().turn.get() == turn
    }

    /// The opening that counts now.
    pub(super) fn turn(&self) -> u64 {
        self.parts().turn.get()
    }

    fn yield_to_other(&self) {
        self.next_turn();
        // The other tab syncs from now on.
        http::give_up();
        self.parts().notebook.replace(None);
        self.parts().store.replace(None);
        self.phase.set(Phase::OtherTab);
    }

    /// Opens the database under this key; its rows are not read yet.
    pub(super) async fn put_store(&self, key: VaultKey) -> Result<Rc<Store<IdbVault>>, VaultError> {
        Ok(self.keep_store(IdbVault::open(self.mode.database()).await?, key))
    }

    fn keep_store(&self, vault: IdbVault, key: VaultKey) -> Rc<Store<IdbVault>> {
        let store = Rc::new(Store::new(vault, key));
        self.parts().store.replace(Some(store.clone()));
        store
    }

    async fn open_store(&self) -> Result<Option<Begun>, Phase> {
        if self.is_training() {
            return self.open_training().await.map(|notebook| Some(Begun { notebook, next: None }));
        }
        // Neither waits for the other. What was read of the key comes first: without one, nothing of the
        // database is of use.
        let opening = IdbVault::open(self.mode.database());
        let slot = key_slot::read(self.mode.key_file()).await;
        let vault = opening.await;
        let slot = slot.map_err(|_| Phase::Failed("no_key_slot".into()))?;
        let Some(slot) = slot else {
            // No key: whatever is in the database cannot be read any more.
            return canary::read().map_or(Ok(None), |canary| Err(Phase::Lost(canary)));
        };
        let key = slot.open(None).map_err(|fault| match fault {
            BadSlot::Locked | BadSlot::Passphrase => Phase::Failed("locked".into()),
            BadSlot::Empty => Phase::Failed("no_key_slot".into()),
        })?;
        self.keep_store(vault.map_err(failed)?, key);
        self.begin_loading().await
    }
}

pub(super) fn failed(error: VaultError) -> Phase {
    Phase::Failed(
        match error {
            VaultError::Full => FULL,
            VaultError::Newer => "newer_store",
            VaultError::Gone => GONE,
            VaultError::Unavailable(_) => UNREAD,
        }
        .to_owned(),
    )
}
