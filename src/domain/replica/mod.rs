//! The device's half of sync, without IO: what to send, what to believe.
//!
//! A sync pulls roster and erase orders first ([`Scope::Orders`](crate::protocol::Scope)), then packs and
//! pushes, then pulls everything after its cursor. Own pushes never move the cursor.

mod cursor;
mod delivery;
mod packing;

pub use cursor::{Ignored, PageVerdict, SyncState};
pub use delivery::{Delivery, PushTicket, ReceiptVerdict, RecordState, record_state};
pub(crate) use packing::ALERT;
pub use packing::{Packed, Packing, Stuck, Tips, Unsent, pack};

#[cfg(test)]
mod tests;
