//! Saving while somebody writes.
//!
//! Law: "saved" is said only when the state says that these very answers are on the disk; what changed
//! meanwhile is saved after. Leaving the page loses nothing: the last answers are saved all the same. What
//! could not be saved is tried again as long as the page is there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::trouble::trouble_text;
use crate::i18n::{Key, text};
use crate::state::{App, Document};

/// Between a tap and its saving: a pause in typing, shorter than the second that may be lost.
const PAUSE: Duration = Duration::from_millis(250);

/// So often a page that was left waits for a notebook that cannot be written.
const LAST_TRIES: usize = 3;

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

impl Saved {
    /// In words; of what is untouched nothing is said.
    pub(super) fn say(&self) -> String {
        match self {
            Self::Untouched => String::new(),
            Self::Saving => text(Key::VisitSaving).to_owned(),
            Self::OnDisk => text(Key::VisitSaved).to_owned(),
            Self::Failed(code) => {
                format!("{} · {}", text(Key::VisitNotSaved), trouble_text(code))
            }
        }
    }
}

/// The saver of one thing that is being written.
#[derive(Clone)]
pub(super) struct Autosave {
    app: App,
    status: RwSignal<Saved>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    /// What is not on the disk.
    unsaved: Option<Document>,
    waiting: bool,
    saving: bool,
    /// How often it was stopped.
    stops: u32,
}

impl Autosave {
    /// The saver of what the component at hand holds.
    pub(super) fn new(app: App, status: RwSignal<Saved>) -> StoredValue<Self> {
        let saver = StoredValue::new(Self { app, status, inner: Arc::default() });
        // A phone may end a page that is not looked at, and tell it nothing more.
        let hiding = window_event_listener_untyped("visibilitychange", move |_| {
            saver.with_value(Self::flush);
        });
        on_cleanup(move || hiding.remove());
        saver
    }

    /// What is written has changed.
    pub(super) fn touch(&self, document: Document) {
        self.status.set(Saved::Saving);
        let mut inner = self.inner();
        inner.unsaved = Some(document);
        if !inner.waiting {
            inner.waiting = true;
            let saver = self.clone();
            set_timeout(move || saver.flush(), PAUSE);
        }
    }

    /// From now on somebody else takes care of it.
    pub(super) fn stop(&self) {
        let mut inner = self.inner();
        inner.unsaved = None;
        inner.stops += 1;
    }

    /// Saves what is not on the disk, without waiting for a pause.
    pub(super) fn flush(&self) {
        let mut inner = self.inner();
        inner.waiting = false;
        if inner.saving || inner.unsaved.is_none() {
            return;
        }
        inner.saving = true;
        drop(inner);
        // Not bound to the page: it must finish.
        spawn_local(self.clone().save());
    }

    async fn save(self) {
        // Until it may be written it is taken care of here no more than before: it can be stopped.
        let mut ready = self.app.caught_up().await;
        for _ in 0..LAST_TRIES {
            // A page that is gone is told of nothing and tries nothing again.
            if ready.is_ok() || self.status.try_get_untracked().is_some() {
                break;
            }
            ready = self.app.caught_up().await;
        }
        let (document, stops) = {
            let mut inner = self.inner();
            let document = inner.unsaved.take();
            inner.saving = document.is_some();
            (document, inner.stops)
        };
        let Some(document) = document else { return };
        let result = match ready {
            Ok(()) => self.app.keep(document.clone()).await,
            failed => failed,
        };
        self.after(document, stops, result.err().map(|trouble| trouble.code()));
    }

    fn after(&self, document: Document, stops: u32, trouble: Option<String>) {
        let mut inner = self.inner();
        inner.saving = false;
        // What was stopped is put back by nobody, and nobody is told of it: only what was written since counts.
        let is_stopped = inner.stops != stops;
        let trouble = trouble.filter(|_| !is_stopped);
        let (more, failed) = (inner.unsaved.is_some(), trouble.is_some());
        if is_stopped && !more {
            return;
        }
        let status = match trouble {
            Some(code) => {
                inner.unsaved.get_or_insert(document);
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
