//! Reading everything from the disk again, where memory may hold what is not on it.
//!
//! Law: what was read takes the place of what is held only when nothing was written meanwhile. What a person does waits
//! for it; a sync that is under way does not, and what it wrote is read too.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::mode::Mode;
use super::opening::{FULL, GONE, UNREAD};
use super::{App, Phase, Trouble, count};
use crate::browser::{canary, clock, http};
use crate::vault::{StoreError, VaultError};

/// So often it is read again because something was written meanwhile, so far apart.
const TRIES: usize = 20;
const PAUSE_MILLIS: u32 = 20;

/// So long anybody waits for it.
const PATIENCE_MILLIS: u64 = 30_000;

impl App {
    /// Makes sure that memory shows what the disk holds, after a sync that could not be stored.
    ///
    /// # Errors
    /// [`Trouble::Store`] as long as the disk cannot be read: then nothing may be written.
    pub async fn caught_up(&self) -> Result<(), Trouble> {
        if !self.reread().await {
            return Err(StoreError::Vault(VaultError::Unavailable(String::new())).into());
        }
        if self.parts().behind.get().is_some() {
            self.catch_up().await;
        }
        let error = match self.parts().behind.get() {
            None => return Ok(()),
            Some(FULL) => VaultError::Full,
            Some(_) => VaultError::Unavailable(String::new()),
        };
        Err(StoreError::Vault(error).into())
    }

    /// As [`reload`](Self::reload), after a sync that could not be stored. While the disk cannot be read, what is on
    /// the screen stays: of what a sync brought nothing is false, and somebody may be writing.
    pub(super) async fn catch_up(&self) {
        let Err(phase) = self.read_again().await else { return };
        let unread = match &phase {
            Phase::Failed(code) => [UNREAD, FULL].into_iter().find(|unread| code == *unread),
            _ => None,
        };
        self.parts().behind.set(unread);
        if unread.is_none() {
            self.phase.set(phase);
        }
    }

    /// Reads everything from the disk again, because what somebody did could not be stored. A sync that waits for an
    /// answer is given up: it might send that next.
    pub(super) async fn reload(&self) {
        http::give_up();
        if let Err(phase) = self.read_again().await {
            self.phase.set(phase);
        }
    }

    /// Waits while something is being read again; whether that has ended. A browser on a full disk was seen to
    /// answer no request at all: whoever writes is to be told.
    async fn reread(&self) -> bool {
        has_ended(|| !self.parts().rereading.get()).await
    }

    /// In place of a notebook that another opening, or another tab, has taken nothing is put, and nothing is told.
    async fn read_again(&self) -> Result<(), Phase> {
        let turn = self.turn();
        if !self.reread().await {
            return Err(Phase::Failed(UNREAD.into()));
        }
        self.parts().rereading.set(true);
        let (app, outcome) = (*self, Rc::new(RefCell::new(None)));
        let told = outcome.clone();
        spawn_local(async move {
            let read = app.read_undisturbed(turn).await;
            told.replace(Some(read));
            app.parts().rereading.set(false);
        });
        // What is read after all is held then.
        has_ended(|| outcome.borrow().is_some()).await;
        match outcome.take().unwrap_or_else(|| Err(Phase::Failed(UNREAD.into()))) {
            _ if !self.is_turn(turn) => Ok(()),
            Ok(()) => {
                self.revision.update(|revision| *revision += 1);
                Ok(())
            }
            // The browser may have taken the canary too; what was here is known all the same.
            Err(Phase::Failed(code)) if code == GONE => {
                let known = canary::read().or_else(|| self.peek(count));
                Err(known.map_or(Phase::Failed(code), Phase::Lost))
            }
            Err(phase) => Err(phase),
        }
    }

    async fn read_undisturbed(&self, turn: u64) -> Result<(), Phase> {
        let Some(store) = self.parts().store.borrow().clone() else { return Ok(()) };
        for _ in 0..TRIES {
            let before = store.calm();
            let read = match self.mode {
                Mode::Field => self.load().await,
                Mode::Training => self.open_training().await.map(Some),
            };
            if !self.is_turn(turn) {
                return Ok(());
            }
            if before.is_some() && store.calm() == before {
                self.hold(read?.ok_or(Phase::New)?);
                return self.check_whole().await;
            }
            clock::sleep(PAUSE_MILLIS).await;
        }
        Err(Phase::Failed(UNREAD.into()))
    }
}

/// Waits until something has ended, and not longer than anybody would; whether it has.
async fn has_ended(ended: impl Fn() -> bool) -> bool {
    let begun = clock::now();
    while !ended() {
        if clock::now().abs_diff(begun) > PATIENCE_MILLIS {
            return false;
        }
        clock::sleep(PAUSE_MILLIS).await;
    }
    true
}
