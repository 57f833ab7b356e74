//! Acts of a coordinator's device that write the roster: found a campaign, confirm a device, begin a
//! generation of keys.

mod confirm;
mod found;
mod rotate;

pub use confirm::{Enrolment, NotConfirmed, confirm};
pub use found::{Founded, found};
pub use rotate::rotate;

#[cfg(test)]
mod tests;
