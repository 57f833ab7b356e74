//! A loss that a person has read of is told to the coordination, once there is a notebook to tell it in.

use domain::notebook::{Loss, Notebook, SaveError, ToldLoss};
use leptos::task::spawn_local;

use super::records::trouble;
use super::{App, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock};

impl App {
    /// The losses that phones told of, the latest first. Tracked.
    pub fn losses(&self) -> Vec<ToldLoss> {
        self.read(Notebook::losses).unwrap_or_default()
    }

    /// Tells of the loss that was accepted here last, if it was not told yet.
    pub(super) fn tell_loss(&self) {
        let Some(known) = canary::accepted() else { return };
        let app = *self;
        let loss = Loss { device: known.device, records: known.records, unsent: known.unsent };
        spawn_local(async move {
            let told = app.act(|notebook| {
                match notebook.tell_loss(&loss, clock::now(), &mut BrowserRandom) {
                    Err(SaveError::Nothing) => Ok(domain::notebook::Writes::default()),
                    told => told.map_err(trouble),
                }
            });
            match told.await {
                // The next start tries again.
                Err(Trouble::Store(_)) => {}
                _ => canary::forget_accepted(),
            }
        });
    }
}
