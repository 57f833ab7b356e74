//! Small preferences that are no secret: language and theme.

use gloo_storage::{LocalStorage, Storage};

/// A preference; none when it was never set or storage is forbidden.
pub fn read(name: &str) -> Option<String> {
    LocalStorage::get(format!("perron.{name}")).ok()
}

/// Remembers a preference, where storage is allowed.
pub fn write(name: &str, value: &str) {
    let _ = LocalStorage::set(format!("perron.{name}"), value);
}
