//! Sync: the rounds of talk with a server. What to say and what to believe is decided by
//! [`domain::notebook`]; here is the order of the steps, and the wire.

mod call;
mod exchange;
mod retention;
mod session;

pub use call::{Fault, Wire, call};
pub use exchange::{Progress, Step, sync};
pub use session::sign_in;
