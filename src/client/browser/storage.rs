//! What the browser promises about storage, and how much of it is used.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// How much this origin uses and may use, in bytes, as the browser estimates it. Only to be shown: browsers
/// were seen to promise gigabytes while every write failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// Bytes used.
    pub used: u64,
    /// Bytes that may still be used.
    pub left: u64,
}

/// Asks the browser to keep this origin's data; its answer, or none where it cannot be asked.
pub async fn ask_to_persist() -> Option<bool> {
    let answer = JsFuture::from(manager()?.persist().ok()?).await.ok()?;
    answer.as_bool()
}

/// Whether the browser said it would keep this origin's data.
pub async fn persisted() -> Option<bool> {
    let answer = JsFuture::from(manager()?.persisted().ok()?).await.ok()?;
    answer.as_bool()
}

/// The browser's estimate; none where it makes none.
pub async fn space() -> Option<Space> {
    let answer = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = answer.unchecked_into();
    let (used, quota) = (estimate.get_usage()?, estimate.get_quota()?);
    Some(Space { used: used as u64, left: (quota - used).max(0.0) as u64 })
}

pub(super) fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    let storage = Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    (!storage.is_undefined()).then(|| navigator.storage())
}
