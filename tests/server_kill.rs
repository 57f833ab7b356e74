//! The server as its own process: killed, restored, searched.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "server_kill/kills.rs"]
mod kills;
#[path = "server_kill/restore.rs"]
mod restore;
#[path = "server_kill/secrecy.rs"]
mod secrecy;
