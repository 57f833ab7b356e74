//! A loss that a person has read of is told to the coordination, once there is a notebook to tell it in.

use domain::notebook::{Loss, Notebook, SaveError, ToldLoss};
use leptos::task::spawn_local;

use super::App;
use super::records::trouble;
use crate::browser::random::BrowserRandom;
use crate::browser::{canary, clock};

impl App {
    /// The losses that phones told of, the latest first. Tracked.
    pub fn losses(&self) -> Vec<ToldLoss> {
        self.read(Notebook::losses).unwrap_or_default()
    }

    /// Tells of the loss that was accepted here last, if it was not told yet. A copy tells once it is a device of its
    /// own: until then it could send nothing.
    pub(super) fn tell_loss(&self) {
        let Some(known) = canary::accepted() else { return };
        if self.peek(Notebook::is_copy) != Some(false) {
            return;
        }
        let app = *self;
        let loss = Loss { device: known.device, records: known.records, unsent: known.unsent };
        spawn_local(async move {
            let told = app.act(|notebook| {
                match notebook.tell_loss(&loss, clock::now(), &mut BrowserRandom) {
                    Err(SaveError::Nothing) => Ok(domain::notebook::Writes::default()),
                    told => told.map_err(trouble),
                }
            });
            // Else the next start tries again.
            if told.await.is_ok() {
                canary::forget_accepted();
                app.try_sync();
            }
        });
    }
}
