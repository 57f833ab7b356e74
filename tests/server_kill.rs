//! The server as its own process: killed, restored, searched.

#[path = "server_kill/kills.rs"]
mod kills;
#[path = "server_kill/restore.rs"]
mod restore;
#[path = "server_kill/secrecy.rs"]
mod secrecy;
