//! The only module that knows the browser: everything else asks it.

pub mod canary;
pub mod clock;
pub mod exception;
pub mod files;
pub mod http;
pub mod install;
pub mod intl;
pub mod key_slot;
pub mod later;
pub mod main_thread;
pub mod page;
pub mod panic;
pub mod preferences;
mod private_file;
pub mod random;
pub mod regexp;
pub mod reserve;
pub mod service_worker;
pub mod storage;
pub mod tab_lock;
