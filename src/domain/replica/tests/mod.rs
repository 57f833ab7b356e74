//! Tests of the device's half of sync.

mod cursor;
mod delivery;
mod form_limits;
mod formats;
mod packing;

use super::*;
use crate::ids::{CampaignId, EntryId, Epoch};
use crate::ledger::{Chain, Kind, ServedDigest};
use crate::protocol::{Delivered, Page, Pull, Pulled, Reply, ResetReason, Scope};

const CAMPAIGN: CampaignId = CampaignId([7; 32]);
const EPOCH: Epoch = Epoch([1; 16]);
const OTHER: Epoch = Epoch([2; 16]);

fn bytes(number: u64) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn id(number: u64) -> EntryId {
    EntryId::of(&bytes(number))
}

fn delivered(number: u64) -> Delivered {
    Delivered {
        number,
        id: id(number),
        kind: Kind::Bundle,
        received_at: 1000 + number,
        bytes: Some(bytes(number)),
        wraps: vec![],
        granted: None,
    }
}

fn chain(up_to: u64) -> Chain {
    (1..=up_to).fold(Chain::start(&CAMPAIGN), |chain, n| chain.next(n, &id(n), 1000 + n))
}

fn served(up_to: u64) -> ServedDigest {
    (1..=up_to).fold(ServedDigest::default(), |sum, n| sum.with(&id(n)))
}

/// An honest page of a server that holds `head` entries and serves at most two at once.
fn page(request: &Pull, head: u64) -> Page {
    let next = head.min(request.after + 2);
    Page {
        after: request.after,
        scope: request.scope,
        entries: (request.after + 1..=next).map(delivered).collect(),
        next,
        chain: chain(next),
        more: next < head,
        served: (next == head && request.scope == Scope::All).then(|| served(head)),
    }
}

fn reply(epoch: Epoch, page: Page) -> Reply<Pulled> {
    Reply { epoch, answer: Pulled::Page(page) }
}

/// The state after pulling `head` entries.
fn pulled(head: u64) -> SyncState {
    let mut state = SyncState::default();
    loop {
        let request = state.pull(Scope::All);
        match state.take(&CAMPAIGN, &request, &reply(EPOCH, page(&request, head)), true) {
            PageVerdict::Apply { next, more } => {
                state = next;
                if !more {
                    return state;
                }
            }
            other => panic!("{other:?}"),
        }
    }
}
