//! Perron's rules, without IO.
#![doc = include_str!("ARCHITECTURE.md")]

pub mod forms;
