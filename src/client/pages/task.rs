//! Something a page asked for, and how it went.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::Trouble;

/// What takes longer than this is said to be under way. To draw that for less would flicker, and hold up what it is
/// about: a save is on the disk before a form is drawn again.
const BUSY_AFTER: Duration = Duration::from_millis(100);

/// One thing at a time: whether it is under way, and why the last one failed.
#[derive(Clone, Copy)]
pub(super) struct Task {
    under_way: StoredValue<bool>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
}

type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

impl Task {
    pub(super) fn new() -> Self {
        let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None));
        Self { under_way: StoredValue::new(false), busy, trouble }
    }

    /// Whether one is under way, and has been for longer than a blink.
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
        if !self.under_way.get_value() {
            self.start(Box::pin(work), Box::new(then));
        }
    }

    fn start(self, work: Work, then: Box<dyn FnOnce()>) {
        self.under_way.set_value(true);
        if self.trouble.with_untracked(Option::is_some) {
            self.trouble.set(None);
        }
        let tell = move || {
            if self.under_way.try_get_value() == Some(true) {
                self.busy.try_set(true);
            }
        };
        set_timeout(tell, BUSY_AFTER);
        spawn_local(async move {
            let done = work.await;
            let is_gone = self.under_way.try_set_value(false).is_some();
            if self.busy.try_get_untracked() == Some(true) {
                self.busy.try_set(false);
            }
            match done {
                _ if is_gone => {}
                Ok(()) => then(),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}
