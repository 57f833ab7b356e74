//! Perron's rules, without IO.
#![doc = include_str!("ARCHITECTURE.md")]

pub mod alerts;
pub mod bundle;
pub mod bundle_file;
pub mod campaign;
pub mod change;
pub mod clock;
pub mod codec;
pub mod digest;
pub mod examples;
pub mod file_kind;
pub mod fold;
pub mod forms;
pub mod guard;
pub mod ids;
pub mod keys;
pub mod ledger;
pub mod notebook;
pub mod order;
pub mod protocol;
pub mod reading;
pub mod register;
pub mod replica;
pub mod review;
pub mod roster;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
