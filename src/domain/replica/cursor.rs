//! Which page of which history comes next.

use serde::{Deserialize, Serialize};

use crate::ids::{CampaignId, Epoch};
use crate::ledger::{Chain, ServedDigest};
use crate::protocol::{Page, Pull, Pulled, Reply, ResetReason, Scope};

/// Where a device stands in a server's history. Stored with every page, in the page's own transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncState {
    /// The history; none before the first reply.
    pub epoch: Option<Epoch>,
    /// How often this device began again. It tells a late reply to a question from before a reset, even
    /// when a careless restore kept the epoch.
    pub era: u32,
    /// Everything up to this number was taken in.
    pub cursor: u64,
    /// The chain at the cursor; none at 0.
    pub chain: Option<Chain>,
    /// Roster entries and orders up to this number were taken in.
    pub orders: u64,
    /// What was served up to the cursor.
    pub served: ServedDigest,
    /// Whether a reset still obliges this device to offer what it holds. It is stored, so that a device that
    /// stops in between offers later: it may be the last to hold something.
    pub offer: bool,
}

/// What a reply to a pull means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageVerdict {
    /// Store the page's entries and this state in one transaction.
    Apply {
        /// The state after the page.
        next: SyncState,
        /// Whether the server has more.
        more: bool,
    },
    /// Another history: take back every "received", offer every entry held, and begin from this state.
    Reset {
        /// The state to begin from.
        next: SyncState,
        /// Why.
        reason: ResetReason,
    },
    /// Count and XOR of what was served differ: pull everything again from this state. Nothing unsent is
    /// touched, nothing received is taken back.
    Again(SyncState),
    /// Not for this state: change nothing.
    Ignore(Ignored),
}

/// Why a reply changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// It answers a question from before.
    Stale,
    /// Its numbers or its chain contradict each other.
    Inconsistent,
}

impl SyncState {
    /// The question that comes next.
    pub fn pull(&self, scope: Scope) -> Pull {
        let (after, chain) = match scope {
            Scope::All => (self.cursor, self.chain),
            Scope::Orders => (self.orders, None),
        };
        Pull { epoch: self.epoch, after, chain, scope }
    }

    /// The state that begins `epoch` from nothing; everything held is to be offered.
    #[must_use]
    pub fn reset(&self, epoch: Epoch) -> Self {
        Self { epoch: Some(epoch), era: self.era + 1, offer: true, ..Self::default() }
    }

    /// The state after everything was offered. Without a chain a restore that keeps the history would not be
    /// seen: then the duty stays until the next sync.
    #[must_use]
    pub fn offered(&self) -> Self {
        Self { offer: self.chain.is_none(), ..*self }
    }

    /// The state in which everything held is to be offered again.
    #[must_use]
    pub fn to_offer(&self) -> Self {
        Self { offer: true, ..*self }
    }

    /// The state that pulls everything again in the same history: after a confirmation, which opens older
    /// entries, or when the digest differs. The chain that would betray a careless restore goes with the
    /// cursor, so what is held is offered too.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { cursor: 0, chain: None, served: ServedDigest::default(), offer: true, ..*self }
    }

    /// Judges the reply to `request`.
    ///
    /// With `complete`, for a coordinator's device that is served every entry, the chain is recomputed from
    /// `campaign` on; others compare its value through the next request.
    pub fn take(
        &self,
        campaign: &CampaignId,
        request: &Pull,
        reply: &Reply<Pulled>,
        complete: bool,
    ) -> PageVerdict {
        if *request != self.pull(request.scope) {
            return PageVerdict::Ignore(Ignored::Stale);
        }
        if self.epoch.is_some_and(|epoch| epoch != reply.epoch) {
            let (next, reason) = (self.reset(reply.epoch), ResetReason::Epoch);
            return PageVerdict::Reset { next, reason };
        }
        match &reply.answer {
            Pulled::Reset(reason) => {
                PageVerdict::Reset { next: self.reset(reply.epoch), reason: *reason }
            }
            Pulled::Page(page) if !self.consistent(campaign, request, page, complete) => {
                PageVerdict::Ignore(Ignored::Inconsistent)
            }
            Pulled::Page(page) => self.apply(reply.epoch, page),
        }
    }

    fn apply(&self, epoch: Epoch, page: &Page) -> PageVerdict {
        let mut next = Self { epoch: Some(epoch), ..*self };
        if page.scope == Scope::Orders {
            next.orders = page.next;
            return PageVerdict::Apply { next, more: page.more };
        }
        next.cursor = page.next;
        next.chain = Some(page.chain).filter(|_| page.next > 0);
        next.served = page.entries.iter().fold(self.served, |sum, entry| sum.with(&entry.id));
        match page.served {
            Some(served) if served != next.served => PageVerdict::Again(next.again()),
            _ => PageVerdict::Apply { next, more: page.more },
        }
    }

    fn consistent(
        &self,
        campaign: &CampaignId,
        request: &Pull,
        page: &Page,
        complete: bool,
    ) -> bool {
        let numbers = page.entries.iter().map(|entry| entry.number);
        let bounds = [page.after].into_iter().chain(numbers.clone());
        let rising = bounds.zip(numbers).all(|(before, number)| before < number);
        let within = page.entries.last().is_none_or(|last| last.number <= page.next);
        let honest = page.entries.iter().all(|entry| {
            entry.bytes.as_ref().is_none_or(|bytes| crate::ids::EntryId::of(bytes) == entry.id)
        });
        let asked = page.after == request.after && page.scope == request.scope;
        let moves = page.next >= page.after && (page.next > page.after || !page.more);
        asked && rising && within && honest && moves && (!complete || self.chained(campaign, page))
    }

    fn chained(&self, campaign: &CampaignId, page: &Page) -> bool {
        if page.scope == Scope::Orders {
            return true;
        }
        let mut chain = self.chain.unwrap_or_else(|| Chain::start(campaign));
        let mut number = page.after;
        for entry in &page.entries {
            number += 1;
            if entry.number != number {
                return false;
            }
            chain = chain.next(number, &entry.id, entry.received_at);
        }
        number == page.next && chain == page.chain
    }
}
