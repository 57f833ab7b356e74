//! Two checks of what a server served: a chain over everything, a digest over what one device got.

use serde::{Deserialize, Serialize};

use crate::digest;
use crate::ids::{CampaignId, EntryId};

/// A running hash over (number, id, time received). Whoever holds every entry recomputes it; others compare
/// its value, so that a history rewritten behind a device's cursor is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain(pub [u8; 32]);

/// How many entries a device was served up to its cursor, and the XOR of their ids.
///
/// Law: it does not depend on order, so that both sides may count as they like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedDigest {
    /// Entries.
    pub count: u64,
    /// XOR of the ids.
    pub xor: [u8; 32],
}

impl Chain {
    /// The chain before the first entry.
    pub fn start(campaign: &CampaignId) -> Self {
        Self(digest::labelled("chain", &[&campaign.0]))
    }

    /// The chain after one more entry. `received_at` is milliseconds since 1970, as the server noted it.
    #[must_use]
    pub fn next(self, number: u64, id: &EntryId, received_at: u64) -> Self {
        let parts: [&[u8]; 4] = [&self.0, &number.to_le_bytes(), &id.0, &received_at.to_le_bytes()];
        Self(digest::labelled("chain link", &parts))
    }
}

impl ServedDigest {
    /// With one more entry.
    #[must_use]
    pub fn with(mut self, id: &EntryId) -> Self {
        self.count += 1;
        self.xor.iter_mut().zip(id.0).for_each(|(sum, byte)| *sum ^= byte);
        self
    }
}
