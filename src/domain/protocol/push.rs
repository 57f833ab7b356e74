//! Sending entries.

use serde::{Deserialize, Serialize};

use crate::ids::EntryId;
use crate::keys::Wrap;

/// Entries to append, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// At most [`MAX_PUSH`](super::MAX_PUSH).
    pub items: Vec<PushItem>,
}

/// One entry and, for a bundle, its first wraps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushItem {
    /// The entry's bytes.
    pub bytes: Vec<u8>,
    /// Wraps of a bundle's key; empty for the other kinds.
    pub wraps: Vec<Wrap>,
}

/// The answer for one item, in the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// SHA-256 of the bytes that the server got. "Received" is said of this id and of no other.
    pub id: EntryId,
    /// What became of them.
    pub outcome: Outcome,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Stored now, under this number.
    Accepted(u64),
    /// Stored before, under this number.
    Known(u64),
    /// Destroyed by an order to erase; it is not to come back.
    Erased,
    /// Not stored, for a reason whose code is a [`Code`](super::Code)'s word.
    Refused(String),
}

impl Outcome {
    /// Whether the server says that it holds these bytes.
    pub fn received(&self) -> bool {
        matches!(self, Self::Accepted(_) | Self::Known(_))
    }
}
