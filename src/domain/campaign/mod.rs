//! Acts of a coordinator's device that write the roster: found a campaign, invite, confirm a device, succeed
//! oneself, begin a generation of keys, join a branch that a server lost.

mod confirm;
mod found;
mod invite;
mod reunite;
mod rotate;
mod succeed;

pub use confirm::{Enrolment, NotConfirmed, confirm, open_terms};
pub use found::{Founded, found};
pub use invite::{Guest, invite};
pub use reunite::reunite;
pub use rotate::rotate;
pub use succeed::{NoSuccessor, succeed};

#[cfg(test)]
mod tests;
