//! The roster: one hash-linked line of signed entries that says who may do what. It is the root of trust.
//!
//! The campaign's id is the hash of the first entry; an invitation carries it and the newest hash; devices
//! and server accept only continuations. So no server can name a coordinator, swap a team key or forge an
//! erase order.
//!
//! A restore can split the line. A *reunion* joins the branches again:
//!
//! ```text
//!   E1 ─ E2 ─ R1 ─ R2              what devices hold and the server lost
//!         └── S1 ─ X{R1, R2} ─ …   what the server has; X carries what it lost
//! ```

mod act;
mod line;
mod lineage;
mod refusal;
mod soundness;
mod state;

pub use act::{
    Act, Confirmation, Founder, Generation, Recovery, Renewal, Reunion, Revocation, Role,
    RosterEntry, Signer,
};
pub use line::Line;
pub use refusal::RosterRefusal;
pub use state::DeviceStanding;

#[cfg(test)]
mod tests;
