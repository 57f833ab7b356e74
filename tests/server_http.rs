//! The server over real HTTP with a real database, called as phones call it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "server_http/assets.rs"]
mod assets;
#[path = "server_http/codes.rs"]
mod codes;
#[path = "server_http/erasing.rs"]
mod erasing;
#[path = "server_http/garbage.rs"]
mod garbage;
#[path = "server_http/history.rs"]
mod history;
#[path = "server_http/offering.rs"]
mod offering;
#[path = "server_http/retention.rs"]
mod retention;
#[path = "server_http/story.rs"]
mod story;
