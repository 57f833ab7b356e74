//! The app's second file, which the first page does not need.
//!
//! `cargo xtask dist` cuts the program in two after it was built and names the second file in the page. A
//! program that was not cut has no such name and needs nothing.

use js_sys::{Object, Reflect, WebAssembly};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// It could not be fetched, or is not what belongs to the first. It can be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the second file cannot be loaded")]
pub struct NotLoaded;

/// Where the second file is; none when the program is whole.
pub fn place() -> Option<String> {
    let named = leptos::prelude::document().query_selector("meta[name=later]").ok().flatten()?;
    named.get_attribute("content")
}

/// Loads it: its functions then stand where the program's pointers lead.
///
/// # Errors
/// [`NotLoaded`].
pub async fn load(place: &str) -> Result<(), NotLoaded> {
    instantiate(place).await.map_err(|_| NotLoaded)
}

async fn instantiate(place: &str) -> Result<(), JsValue> {
    let imports = Object::new();
    Reflect::set(&imports, &JsValue::from_str("first"), &wasm_bindgen::exports())?;
    let response = leptos::prelude::window().fetch_with_str(place);
    JsFuture::from(WebAssembly::instantiate_streaming(&response, &imports)).await?;
    Ok(())
}
