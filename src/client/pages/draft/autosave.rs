//! Saving while somebody writes.
//!
//! Law: "saved" is said only when the state says that these very answers are on the disk; what changed
//! meanwhile is saved after. Leaving the page loses nothing: the last answers are saved all the same. What
//! could not be saved is tried again as long as the page is there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::{App, Draft};

/// Between a tap and its saving: a pause in typing, shorter than the second that may be lost.
const PAUSE: Duration = Duration::from_millis(250);

/// From one that failed to the next: somebody may be making room meanwhile.
const AGAIN: Duration = Duration::from_secs(3);

/// What may be said about saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saved {
    /// Nothing was noted yet.
    Untouched,
    /// Something is not on the disk yet.
    Saving,
    /// All of it is on the disk.
    OnDisk,
    /// It could not be saved: the code says why.
    Failed(String),
}

/// The saver of one draft.
#[derive(Clone)]
pub(super) struct Autosave {
    app: App,
    status: RwSignal<Saved>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    /// What is not on the disk.
    unsaved: Option<Draft>,
    waiting: bool,
    saving: bool,
}

impl Autosave {
    pub(super) fn new(app: App, status: RwSignal<Saved>) -> Self {
        Self { app, status, inner: Arc::default() }
    }

    /// The draft has changed.
    pub(super) fn touch(&self, draft: Draft) {
        self.status.set(Saved::Saving);
        let mut inner = self.inner();
        inner.unsaved = Some(draft);
        if !inner.waiting {
            inner.waiting = true;
            let saver = self.clone();
            set_timeout(move || saver.flush(), PAUSE);
        }
    }

    /// From now on somebody else takes care of the draft.
    pub(super) fn stop(&self) {
        self.inner().unsaved = None;
    }

    /// Saves what is not on the disk, without waiting for a pause.
    pub(super) fn flush(&self) {
        let mut inner = self.inner();
        inner.waiting = false;
        if inner.saving {
            return;
        }
        let Some(draft) = inner.unsaved.take() else { return };
        inner.saving = true;
        drop(inner);
        let saver = self.clone();
        // Not bound to the page: it must finish.
        spawn_local(async move {
            let result = saver.app.keep_draft(draft.clone()).await;
            saver.after(draft, result.err().map(|trouble| trouble.code()));
        });
    }

    fn after(&self, draft: Draft, trouble: Option<String>) {
        let mut inner = self.inner();
        inner.saving = false;
        let (more, failed) = (inner.unsaved.is_some(), trouble.is_some());
        let status = match trouble {
            Some(code) => {
                inner.unsaved.get_or_insert(draft);
                Saved::Failed(code)
            }
            None if more => Saved::Saving,
            None => Saved::OnDisk,
        };
        let again = more && !inner.waiting;
        drop(inner);
        let is_gone = self.status.try_set(status).is_some();
        if again {
            self.flush();
        } else if failed && !is_gone {
            let saver = self.clone();
            // A page that is gone may have been opened anew, and written more.
            let again = move || saver.status.try_get_untracked().iter().for_each(|_| saver.flush());
            set_timeout(again, AGAIN);
        }
    }

    /// Nobody panics while holding it: one thread, and no call inside.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
