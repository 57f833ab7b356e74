//! Acts of a coordinator's device that write the roster: found a campaign, invite, confirm a device, succeed
//! oneself, begin a generation of keys.

mod confirm;
mod found;
mod invite;
mod rotate;
mod succeed;

pub use confirm::{Enrolment, NotConfirmed, confirm};
pub use found::{Founded, found};
pub use invite::{Guest, invite};
pub use rotate::rotate;
pub use succeed::{NoSuccessor, succeed};

#[cfg(test)]
mod tests;
