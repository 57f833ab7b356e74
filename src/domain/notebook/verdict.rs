//! What became of a reply.

use super::rows::Writes;

/// What a reply did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Taken in; whether the server has more.
    Applied {
        /// Pull again.
        more: bool,
    },
    /// Another history: everything received was taken back. Offer what is held, then sync again.
    Reset,
    /// The digest differed: everything is pulled again.
    Again,
    /// Not for now: nothing changed.
    Ignored,
}

/// What a page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What it did.
    pub verdict: Verdict,
    /// The rows to store in one transaction.
    pub writes: Writes,
    /// Entries that will never be read; kept, and shown to coordinators.
    pub faults: usize,
}
