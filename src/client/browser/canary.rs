//! What is remembered outside the database, to notice when the database is lost.
//!
//! A browser can hand the app an empty database without a word. Beside a canary that is a loss to report,
//! never a new phone.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

const KEY: &str = "perron.canary";

/// Counts only, and the device: no content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The device, in hexadecimal.
    pub device: String,
    /// Records known to be stored.
    pub records: usize,
    /// Records that no receipt named yet.
    pub unsent: usize,
}

/// What was last remembered.
pub fn read() -> Option<Canary> {
    LocalStorage::get(KEY).ok()
}

/// Remembers. A full or forbidden localStorage is no reason to stop: the database is the truth.
pub fn write(canary: &Canary) {
    let _ = LocalStorage::set(KEY, canary);
}

/// Forgets, once a person has read what was lost.
pub fn clear() {
    LocalStorage::delete(KEY);
}
