//! A real server on a real port with a real database, and clients that speak the protocol to it.

mod camp;
mod client;
mod folder;
mod process;
mod running;

pub use camp::{Enrolled, House, open_invite};
pub use client::{Client, Refused, Response};
pub use folder::TestFolder;
pub use process::{Process, perron, run_perron};
pub use running::{Running, patient};
