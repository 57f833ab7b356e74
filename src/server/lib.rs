//! The server: a ledger of sealed bundles, and the files of the app.
//!
//! It stores what it cannot read. Every entry is checked for shape, size, hash and signature, gets the next
//! number of its campaign, and is served to those it is for; what it says is the devices' business.
//!
//! `http` translates, `service` decides, `ledger` stores: each knows only the next.

pub mod clock;
mod host;
pub mod http;
pub mod ledger;
mod random;
pub mod service;
pub mod upkeep;

pub use host::{Host, Options};
