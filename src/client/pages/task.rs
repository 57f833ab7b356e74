//! Something a page asked for, and how it went.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::Trouble;

/// One thing at a time: whether it is under way, and why the last one failed.
#[derive(Clone, Copy)]
pub(super) struct Task {
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
}

type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

impl Task {
    pub(super) fn new() -> Self {
        Self { busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    pub(super) fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why the last one failed.
    pub(super) fn trouble(self) -> Signal<Option<Trouble>> {
        self.trouble.into()
    }

    pub(super) fn fail(self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
    }

    /// Does it to its end, whether or not the page stays; `then` only when it went well and the page is
    /// still there. While one is under way, another is not begun.
    pub(super) fn run(
        self,
        work: impl Future<Output = Result<(), Trouble>> + 'static,
        then: impl FnOnce() + 'static,
    ) {
        if !self.busy.get_untracked() {
            self.start(Box::pin(work), Box::new(then));
        }
    }

    fn start(self, work: Work, then: Box<dyn FnOnce()>) {
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let done = work.await;
            let is_gone = self.busy.try_set(false).is_some();
            match done {
                _ if is_gone => {}
                Ok(()) => then(),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}
