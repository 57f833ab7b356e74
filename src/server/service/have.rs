//! Which entries the server lacks.

use domain::ids::EntryId;
use domain::protocol::{Code, MAX_HAVE};

use super::{Caller, Service};
use crate::ledger::{Held, Ledger};

impl<L: Ledger> Service<L> {
    /// Those of these ids that the server does not hold, in their order. A destroyed entry is not held: a
    /// device that offers it learns so from the receipt.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Revoked`], [`Code::UnknownDevice`].
    pub async fn have(&self, caller: &Caller, ids: &[EntryId]) -> Result<Vec<EntryId>, Code> {
        if ids.len() > MAX_HAVE {
            return Err(Code::TooLarge);
        }
        let line = self.line(&caller.campaign).await?;
        self.known(&line, &caller.device).await?;
        let held = self.ledger.find(&caller.campaign, ids).await?;
        let lacks = |(id, held): (&EntryId, Held)| (!matches!(held, Held::At(_))).then_some(*id);
        Ok(ids.iter().zip(held).filter_map(lacks).collect())
    }
}
