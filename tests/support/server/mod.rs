//! A real server on a real port with a real database, and clients that speak the protocol to it.

mod camp;
mod folder;
mod phone;
mod process;
mod running;

pub use camp::{Enrolled, House, open_invite};
pub use folder::TestFolder;
pub use phone::{Client, Refused, Response};
pub use process::{Process, perron, run_perron};
pub use running::{Running, patient};
