//! Beginning another history after a backup was put back.

use domain::ids::{CampaignId, Epoch};
use domain::ledger::{EraseOrder, Kind, Signed};
use domain::protocol::{Code, Outcome, Push, PushItem};
use domain::roster::Role;

use super::{Caller, Service};
use crate::ledger::Ledger;

/// What a restore did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Orders to erase in the journal, all of which hold again.
    pub orders: usize,
    /// Those of them that the backup did not know and that stand in the sequence again.
    pub appended: usize,
}

impl<L: Ledger> Service<L> {
    /// Begins another history, so that every device offers what it holds; before anything is served, what
    /// was ever ordered to be erased is destroyed again. `epoch` is 16 fresh random bytes.
    ///
    /// # Errors
    /// When the ledger does not answer; the restore is to be repeated then.
    pub async fn begin_history(&self, epoch: [u8; 16], now: u64) -> Result<Restored, Code> {
        let campaigns = self.ledger.campaigns().await?;
        let orders = self.ledger.journal().await?;
        let mut restored = Restored { orders: orders.len(), appended: 0 };
        for bytes in orders {
            let signed = Signed::<EraseOrder>::read(Kind::Erase, &bytes);
            let Ok(EraseOrder { campaign, destroy, .. }) = signed.map(|signed| signed.body) else {
                return Err(Code::Internal);
            };
            if campaigns.contains(&campaign) {
                self.ledger.destroy(&campaign, &destroy).await?;
                restored.appended += self.append_order(campaign, bytes, now).await?;
            }
        }
        // Last: until it is done, every start finds the database turned back and does all of this again.
        self.ledger.begin_history(Epoch(epoch)).await?;
        Ok(restored)
    }

    /// Puts the order back into the sequence, if the restored roster still names somebody who may. If not, a
    /// device offers it after the roster's missing entries; what it destroys is destroyed all the same.
    async fn append_order(
        &self,
        campaign: CampaignId,
        bytes: Vec<u8>,
        now: u64,
    ) -> Result<usize, Code> {
        let line = self.line(&campaign).await?;
        let mut coordinators = line.active().filter(|(_, entry)| entry.role == Role::Coordinator);
        let Some((device, _)) = coordinators.next() else { return Ok(0) };
        let caller = Caller { campaign, device: *device };
        let push = Push { items: vec![PushItem { bytes, wraps: Vec::new() }] };
        let receipts = self.push(&caller, &push, now).await?;
        let accepted = receipts.iter().filter(|r| matches!(r.outcome, Outcome::Accepted(_)));
        Ok(accepted.count())
    }
}
