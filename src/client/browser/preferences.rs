//! Small preferences that are no secret: language and theme.
//!
//! Stored as JSON, which the browser itself reads and writes: a reader of JSON in Rust was 14 KB of the
//! program.

use gloo_storage::{LocalStorage, Storage};
use js_sys::JSON;
use wasm_bindgen::JsValue;

/// A preference; none when it was never set or storage is forbidden.
pub fn read(name: &str) -> Option<String> {
    read_value(&format!("perron.{name}"))?.as_string()
}

/// Remembers a preference, where storage is allowed.
pub fn write(name: &str, value: &str) {
    write_value(&format!("perron.{name}"), &JsValue::from_str(value));
}

/// What is stored under this key, as the browser reads it.
pub(super) fn read_value(key: &str) -> Option<JsValue> {
    let text = LocalStorage::raw().get_item(key).ok().flatten()?;
    JSON::parse(&text).ok()
}

/// Stores it, where storage is allowed.
pub(super) fn write_value(key: &str, value: &JsValue) {
    if let Some(text) = JSON::stringify(value).ok().and_then(|text| text.as_string()) {
        let _ = LocalStorage::raw().set_item(key, &text);
    }
}
