//! What coordinators' devices have, and entries handed out again.

use domain::ids::EntryId;
use domain::protocol::{Code, Delivered, MAX_FETCH, MAX_HAVE, Scope};

use super::pull::delivered;
use super::{Caller, Service};
use crate::ledger::{Held, Ledger};

impl<L: Ledger> Service<L> {
    /// Those of these ids that a coordinator's device, another than the caller's, has: one that the roster
    /// names at this moment and that asked, in the present history, for what comes after them.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Revoked`], [`Code::UnknownDevice`].
    pub async fn reached(&self, caller: &Caller, ids: &[EntryId]) -> Result<Vec<EntryId>, Code> {
        if ids.len() > MAX_HAVE {
            return Err(Code::TooLarge);
        }
        let line = self.line(&caller.campaign).await?;
        self.known(&line, &caller.device).await?;
        let cursors = self.ledger.cursors(&caller.campaign).await?;
        let coordinators = cursors
            .iter()
            .filter(|(device, _)| *device != caller.device && line.is_coordinator(device));
        let farthest = coordinators.map(|(_, number)| *number).max().unwrap_or_default();
        let held = self.ledger.find(&caller.campaign, ids).await?;
        let there = |held: &Held| matches!(held, Held::At(number) if *number <= farthest);
        Ok(ids.iter().zip(&held).filter(|(_, held)| there(held)).map(|(id, _)| *id).collect())
    }

    /// Those of these entries that a pull would serve to the caller, whatever its cursor, by number.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Revoked`], [`Code::UnknownDevice`].
    pub async fn fetch(&self, caller: &Caller, ids: &[EntryId]) -> Result<Vec<Delivered>, Code> {
        if ids.len() > MAX_FETCH {
            return Err(Code::TooLarge);
        }
        let line = self.line(&caller.campaign).await?;
        let viewer = self.viewer(&line, caller, Scope::All).await?;
        let picked = self.ledger.pick(&caller.campaign, viewer, ids).await?;
        Ok(picked.into_iter().map(|entry| delivered(entry, &viewer)).collect())
    }
}
