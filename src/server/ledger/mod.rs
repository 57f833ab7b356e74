//! What the server keeps, behind traits: in memory for tests and simulations, in SQLite for use.
//!
//! A ledger stores and counts; it decides nothing that needs a signature. Rows are keyed by campaign first.
//! Every method is one transaction: when it returns, its effect is durable and whole, and when it fails or
//! is dropped half-way nothing of it is there.

mod cursors;
mod entries;
mod entry;
mod error;
mod histories;
mod invites;
pub mod journal;
pub mod memory;
pub mod seen;
mod sessions;
pub mod sqlite;

pub use cursors::Cursors;
use entries::slice_size;
pub use entries::{Appended, Entries, Head, Held, Sees, Slice, Stored, Viewer};
pub use entry::{Entry, Facts};
pub use error::LedgerError;
pub use histories::{Created, Histories};
pub use invites::{Invite, Invites};
pub use sessions::{Expiry, OpenedSession, Session, Sessions};

/// Everything a server keeps.
pub trait Ledger: Histories + Entries + Invites + Sessions + Cursors {}

impl<L: Histories + Entries + Invites + Sessions + Cursors> Ledger for L {}

#[cfg(test)]
mod contract;
#[cfg(test)]
mod test_folder;
