//! Names of the browser's exceptions: the only stable thing about them.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// `QuotaExceededError`, `VersionError`, …; empty for what is no exception.
pub fn name(exception: &JsValue) -> String {
    let name = Reflect::get(exception, &JsValue::from_str("name")).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}
