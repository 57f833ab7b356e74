//! The only module that knows the browser: everything else asks it.

pub mod panic;
pub mod service_worker;
