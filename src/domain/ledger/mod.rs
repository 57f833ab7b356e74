//! The ledger: one sequence of entries per campaign, of five kinds.
//!
//! An entry is bytes; its id is their SHA-256. The server gives each the next number and extends a chain
//! hash over (number, id, time received); it reads no content.

mod branch;
mod chain;
mod entry;
mod erase;
mod grant;

pub use branch::Branch;
pub use chain::{Chain, ServedDigest};
pub use entry::{Kind, Signed};
pub use erase::{EraseOrder, EraseTarget, Erasures};
pub use grant::Grant;

#[cfg(test)]
mod tests;
