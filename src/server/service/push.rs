//! Taking entries in.

use domain::ids::EntryId;
use domain::ledger::Kind;
use domain::protocol::{Code, MAX_PUSH, Outcome, Push, PushItem, Receipt};

use super::check::{Batch, Finding};
use super::{Caller, Service};
use crate::ledger::{Appended, Entry, Held, Ledger};

/// How often a push is checked anew when the roster moves under it.
const ATTEMPTS: usize = 5;

impl<L: Ledger> Service<L> {
    /// Appends what is new and right of these entries, in their order, and says of each what became of it.
    /// One bad entry is refused alone; the others go in.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Revoked`], [`Code::UnknownDevice`]; nothing was appended then.
    pub async fn push(&self, caller: &Caller, push: &Push, now: u64) -> Result<Vec<Receipt>, Code> {
        if push.items.len() > MAX_PUSH {
            return Err(Code::TooLarge);
        }
        for _ in 0..ATTEMPTS {
            if let Some(outcomes) = self.attempt(caller, &push.items, now).await? {
                let ids = push.items.iter().map(|item| EntryId::of(&item.bytes));
                return Ok(ids
                    .zip(outcomes)
                    .map(|(id, outcome)| Receipt { id, outcome })
                    .collect());
            }
        }
        Err(Code::Unavailable)
    }

    /// None when the roster moved between check and append: who was revoked meanwhile appends nothing.
    async fn attempt(
        &self,
        caller: &Caller,
        items: &[PushItem],
        now: u64,
    ) -> Result<Option<Vec<Outcome>>, Code> {
        let line = self.line(&caller.campaign).await?;
        let standing = self.known(&line, &caller.device).await?.standing;
        let mut batch = Batch::new(self, *caller, standing, line.clone());
        let (mut good, mut outcomes) = (Vec::new(), Vec::new());
        for (item, held) in items.iter().zip(self.held(caller, items).await?) {
            outcomes.push(settle(&mut batch, item, held, &mut good).await?);
        }
        let (campaign, newest) = (&caller.campaign, line.newest());
        let appended = match good.is_empty() {
            true => Appended::Done(Vec::new()),
            false => self.ledger.append(campaign, &newest, &good, now).await?,
        };
        let Appended::Done(appended) = appended else { return Ok(None) };
        let mut appended = appended.into_iter();
        let filled = outcomes.into_iter().map(|outcome| outcome.or_else(|| appended.next()));
        filled.collect::<Option<Vec<_>>>().ok_or(Code::Internal).map(Some)
    }

    async fn held(&self, caller: &Caller, items: &[PushItem]) -> Result<Vec<Held>, Code> {
        let ids: Vec<EntryId> = items.iter().map(|item| EntryId::of(&item.bytes)).collect();
        Ok(self.ledger.find(&caller.campaign, &ids).await?)
    }
}

/// The outcome of an entry that need not be appended; none for one that is put into `good`.
///
/// What is here already was right when it came: it is known, whatever became of its author since.
async fn settle<L: Ledger>(
    batch: &mut Batch<'_, L>,
    item: &PushItem,
    held: Held,
    good: &mut Vec<Entry>,
) -> Result<Option<Outcome>, Code> {
    let is_bundle = Kind::of(&item.bytes) == Ok(Kind::Bundle);
    Ok(match held {
        Held::At(number) => Some(Outcome::Known(number)),
        Held::Destroyed if is_bundle => Some(Outcome::Erased),
        Held::Destroyed | Held::Absent => match batch.check(item).await {
            Ok(Finding::Good(entry)) => {
                good.push(entry);
                None
            }
            Ok(Finding::Erased) => Some(Outcome::Erased),
            // A fault of the server is no verdict on the entry.
            Err(code) if code.status() >= 500 => return Err(code),
            Err(code) => Some(Outcome::Refused(code.as_str().to_owned())),
        },
    })
}
