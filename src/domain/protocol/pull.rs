//! Receiving entries, in pages after a number.

use serde::{Deserialize, Serialize};

use crate::ids::{EntryId, Epoch};
use crate::keys::Wrap;
use crate::ledger::{Chain, Kind, ServedDigest};

/// Asks for the page after a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// The history the cursor belongs to; none on a first pull.
    pub epoch: Option<Epoch>,
    /// The number of the last entry this device went past; 0 before the first.
    pub after: u64,
    /// The chain at `after`; the server answers with a reset when its own differs.
    pub chain: Option<Chain>,
    /// What to serve.
    pub scope: Scope,
}

/// What a pull serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Roster entries and orders to erase only: a sync begins with these.
    Orders,
    /// Everything this device may have.
    All,
}

/// The answer to a pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pulled {
    /// A page.
    Page(Page),
    /// The cursor is not of this history: begin again, and offer what you hold.
    Reset(ResetReason),
}

/// Why a cursor is not of this history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResetReason {
    /// The server began another history.
    Epoch,
    /// There is no such number.
    Cursor,
    /// The chain at that number is another.
    Chain,
}

/// A page of whole entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// As in the request: a page after another number is not this device's.
    pub after: u64,
    /// The scope of the request.
    pub scope: Scope,
    /// The entries, by number.
    pub entries: Vec<Delivered>,
    /// Everything up to this number is served with this page.
    pub next: u64,
    /// The chain at `next`.
    pub chain: Chain,
    /// Whether there is more after `next`.
    pub more: bool,
    /// On the last page of scope [`All`](Scope::All): what this device was served up to `next` in all.
    pub served: Option<ServedDigest>,
}

/// One entry as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// Its place in the sequence.
    pub number: u64,
    /// Its id.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// When the server got it, in milliseconds since 1970.
    pub received_at: u64,
    /// Its bytes; none when an order destroyed them, or for a bundle that a coordinator needs only for
    /// the chain.
    pub bytes: Option<Vec<u8>>,
    /// For a bundle: the wraps meant for this device. For a grant: none, the grant holds its own.
    pub wraps: Vec<Wrap>,
    /// For a grant: the bytes of its bundle.
    pub granted: Option<Vec<u8>>,
}
