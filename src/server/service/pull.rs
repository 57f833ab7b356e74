//! Serving entries.

use domain::keys::{Reader, Wrap};
use domain::ledger::Kind;
use domain::protocol::{Code, Delivered, MAX_PAGE, Page, Pull, Pulled, ResetReason, Scope};
use domain::roster::{Line, Role};

use super::caller::Standing;
use super::{Caller, Service};
use crate::ledger::{Ledger, Sees, Slice, Stored, Viewer};

impl<L: Ledger> Service<L> {
    /// The page after a cursor, or a reset when the cursor is not of this history.
    ///
    /// # Errors
    /// [`Code::Revoked`], [`Code::UnknownDevice`].
    pub async fn pull(&self, caller: &Caller, pull: &Pull) -> Result<Pulled, Code> {
        let line = self.line(&caller.campaign).await?;
        let viewer = self.viewer(&line, caller, pull.scope).await?;
        if let Some(reason) = self.reset(caller, pull).await? {
            return Ok(Pulled::Reset(reason));
        }
        // It asks for what comes after: it stored everything before it first.
        if viewer.sees == Sees::Everything && pull.chain.is_some() {
            let noted = self.ledger.note_cursor(&caller.campaign, &caller.device, pull.after).await;
            if let Err(error) = noted {
                // A full disk is no reason to serve nothing: its next pull says it again.
                tracing::warn!(%error, "how far a coordinator's device has come was not noted");
            }
        }
        let slice = self.ledger.slice(&caller.campaign, viewer, pull.after, MAX_PAGE).await?;
        let last_of_all = !slice.more && pull.scope == Scope::All;
        let served = if last_of_all {
            Some(self.ledger.served(&caller.campaign, viewer, slice.next).await?)
        } else {
            None
        };
        let Slice { entries, next, chain, more } = slice;
        let entries = entries.into_iter().map(|entry| delivered(entry, &viewer)).collect();
        let Pull { after, scope, .. } = *pull;
        Ok(Pulled::Page(Page { after, scope, entries, next, chain, more, served }))
    }

    pub(super) async fn viewer(
        &self,
        line: &Line,
        caller: &Caller,
        scope: Scope,
    ) -> Result<Viewer, Code> {
        let standing = self.known(line, &caller.device).await?.standing;
        let sees = match (scope, standing) {
            (Scope::Orders, _) | (Scope::All, Standing::Recovery) => Sees::Orders,
            (Scope::All, Standing::Confirmed(Role::Coordinator)) => Sees::Everything,
            (Scope::All, Standing::Confirmed(_) | Standing::Enrolled) => Sees::Own,
        };
        Ok(Viewer { device: caller.device, sees })
    }

    async fn reset(&self, caller: &Caller, pull: &Pull) -> Result<Option<ResetReason>, Code> {
        let epoch = self.ledger.epoch().await?;
        // A cursor without a history is of none.
        if pull.epoch.map_or(pull.after > 0, |theirs| theirs != epoch) {
            return Ok(Some(ResetReason::Epoch));
        }
        let chain = self.ledger.chain_at(&caller.campaign, pull.after).await?;
        Ok(match (chain, pull.chain) {
            (None, _) => Some(ResetReason::Cursor),
            (Some(ours), Some(theirs)) if ours != theirs => Some(ResetReason::Chain),
            (Some(_), _) => None,
        })
    }
}

pub(super) fn delivered(entry: Stored, viewer: &Viewer) -> Delivered {
    let Stored { number, id, kind, received_at, bytes, wraps, granted } = entry;
    let wraps = match kind {
        Kind::Bundle => wraps.into_iter().filter(|wrap| is_for(wrap, viewer)).collect(),
        Kind::Grant | Kind::Roster | Kind::Erase | Kind::Branch => Vec::new(),
    };
    Delivered { number, id, kind, received_at, bytes, wraps, granted }
}

/// Which wraps a device gets. Coordinators get all of them and others get the team's too, so that after a
/// restore whoever offers a bundle back offers it with what its readers need; which other devices read a
/// bundle is told to coordinators only.
fn is_for(wrap: &Wrap, viewer: &Viewer) -> bool {
    match wrap.reader {
        Reader::Device(device) => device == viewer.device || viewer.sees == Sees::Everything,
        Reader::Team(_) | Reader::Network(_) | Reader::Recovery => true,
    }
}
