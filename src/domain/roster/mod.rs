//! The roster: one hash-linked line of signed entries that says who may do what. It is the root of trust.
//!
//! The campaign's id is the hash of the first entry; an invitation carries it and the newest hash; devices
//! and server accept only continuations. So no server can name a coordinator, swap a team key or forge an
//! erase order.

mod act;
mod line;
mod refusal;

pub use act::{
    Act, Confirmation, Founder, Generation, Recovery, Revocation, Role, RosterEntry, Signer,
};
pub use line::{DeviceStanding, Line};
pub use refusal::RosterRefusal;

#[cfg(test)]
mod tests;
