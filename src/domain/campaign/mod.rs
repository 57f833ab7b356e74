//! Acts of a coordinator's device that write the roster: found a campaign, confirm a device, begin a
//! generation of keys, join a branch that a server lost.

mod confirm;
mod found;
mod reunite;
mod rotate;

pub use confirm::{Enrolment, NotConfirmed, confirm, open_terms};
pub use found::{Founded, found};
pub use reunite::reunite;
pub use rotate::rotate;

#[cfg(test)]
mod tests;
