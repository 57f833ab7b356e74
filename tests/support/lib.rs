//! What the suites share.
//!
//! The simulator's devices are `domain::notebook::Notebook`, the very state machine that the phones run
//! (vault rows in, vault rows out; a crash drops the rows of an operation), and its server is the service
//! functions of the `server` crate over the in-memory ledger. Nothing of the product is modelled twice.

pub mod server;
pub mod simulation;
