//! When a sync happens, and what is said of it.

use domain::codec;
use domain::notebook::{Row, Table, Writes};
use domain::protocol::Code;
use domain::replica::Stuck;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sync_history::SyncHistory;
use super::{App, Phase, Trouble, lists};
use crate::browser::random::BrowserRandom;
use crate::browser::{clock, http, page};
use crate::sync::{self, Fault, Progress};

/// Between two tries while the page is open.
const EVERY_MILLIS: u32 = 15_000;

/// A sync that was given up is looked after so many times, so far apart, until it has ended.
const ENDINGS: usize = 20;
const ENDING_MILLIS: u32 = 50;

/// A row beside the identity: the history of syncs.
const SYNCS: &[u8] = b"syncs";

/// What is known of syncing. `received` is never inferred from it: each record says that itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// A sync is running, and how far it is.
    pub running: Option<Progress>,
    /// Why the last one did not; none when it did.
    pub fault: Option<Fault>,
}

/// The history of syncs as it was stored.
pub(super) fn stored_history(rows: &[Row]) -> SyncHistory {
    let stored = rows.iter().find(|row| row.table == Table::Identity && row.key == SYNCS);
    stored.and_then(|row| codec::decode(1, &row.value).ok()).unwrap_or_default()
}

impl App {
    /// What is known of syncing.
    pub fn sync_status(&self) -> SyncStatus {
        self.sync.get()
    }

    /// Syncs, unless a sync is running. There is nothing to sync with in training.
    ///
    /// # Errors
    /// [`Trouble`]; the status says the same.
    pub async fn sync_now(&self) -> Result<(), Trouble> {
        // A sync writes histories: see `Notebook::load_histories`.
        self.loaded().await;
        let parts = self.parts();
        if self.is_training() || parts.syncing.replace(true) {
            return Ok(());
        }
        let waiting = self.peek(lists::waiting_visits).unwrap_or_default();
        let result = self.sync_once().await;
        parts.syncing.set(false);
        let fault = match &result {
            Err(Trouble::Sync(fault)) => Some(fault.clone()),
            Err(Trouble::Store(error)) => Some(Fault::Store(error.clone())),
            _ => None,
        };
        self.sync.update(|status| {
            status.running = None;
            status.fault.clone_from(&fault);
        });
        let received = self.peek(|notebook| lists::received_of(notebook, &waiting));
        let received = received.unwrap_or_default();
        self.note_sync(fault.as_ref().map(Fault::code), received).await;
        if self.peek(domain::notebook::Notebook::is_coordinator).unwrap_or_default()
            && self.went_through(&result)
        {
            // Who waits is asked after each sync; that it fails says nothing about the sync.
            let _ = self.fetch_enrolments().await;
            if self.peek(domain::notebook::Notebook::is_copy) == Some(true) {
                // So does a successor that could not be taken in: the next sync tries again.
                let _ = self.succeed().await;
            }
        }
        result
    }

    /// Whether everything went through that can: what was noted on a copy waits until the copy has keys of its
    /// own, and must not keep it from getting them.
    pub(super) fn went_through(&self, result: &Result<(), Trouble>) -> bool {
        match result {
            Ok(()) => true,
            Err(Trouble::Sync(Fault::Stuck(Stuck::Copy))) => {
                self.peek(domain::notebook::Notebook::forked) == Some(false)
            }
            Err(_) => false,
        }
    }

    /// The history of syncs, the newest first.
    pub fn sync_history(&self) -> SyncHistory {
        self.history.get()
    }

    /// What could not be kept of it is no loss worth a word: it is about syncs, not about visits.
    async fn note_sync(&self, fault: Option<&str>, received: usize) {
        let told = self.history.try_update(|history| history.note(clock::now(), fault, received));
        if told == Some(true)
            && let Ok(store) = self.store()
        {
            let row = codec::encode(1, &self.history.get_untracked());
            let writes = Writes(vec![(Table::Identity, SYNCS.to_vec(), Some(row))]);
            let _ = store.commit(writes, &mut BrowserRandom).await;
        }
    }

    pub(super) async fn sync_once(&self) -> Result<(), Trouble> {
        self.sign_in_anew().await?;
        self.loaded().await;
        self.caught_up().await?;
        let (notebook, store) = (self.notebook()?, self.store()?);
        let status = self.sync;
        let app = *self;
        let tell = move |progress| {
            status.update(|status| status.running = Some(progress));
            app.changed();
        };
        let result = sync::sync(&notebook, &store, self.wire()?, &tell).await;
        if let Err(Fault::Store(_)) = result {
            self.catch_up().await;
        }
        if matches!(&result, Err(Fault::Refused(code)) if code == Code::UnknownDevice.as_str()) {
            // That this fails too says nothing more than the fault that is told.
            let _ = self.enrol_again().await;
        }
        self.changed();
        Ok(result?)
    }

    /// Syncs now, when the page comes to the front, when the browser thinks there is a network, and every
    /// few seconds while there is something to do.
    pub(super) fn schedule(&self) {
        let app = *self;
        let attempt = move || {
            spawn_local(async move {
                if app.phase.get_untracked() == Phase::Ready {
                    // The status tells what failed; the next attempt comes by itself.
                    let _ = app.sync_now().await;
                }
            });
        };
        attempt();
        if self.parts().scheduled.replace(true) {
            return;
        }
        page::on_visibility(move || {
            if page::visible() {
                attempt();
            }
        });
        page::on_network(move || {
            // What still waits for an answer over the network before would keep this sync from beginning.
            http::give_up();
            spawn_local(async move {
                for _ in 0..ENDINGS {
                    if !app.parts().syncing.get() {
                        break;
                    }
                    clock::sleep(ENDING_MILLIS).await;
                }
                attempt();
            });
        });
        spawn_local(async move {
            loop {
                clock::sleep(EVERY_MILLIS).await;
                if page::visible() && app.phase.get_untracked() == Phase::Ready {
                    let _ = app.sync_now().await;
                }
            }
        });
    }
}
