//! Whether the app was put on the home screen, and whether that matters here.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether this is an ordinary tab of an iPhone or iPad: there the browser deletes what a page stored after
/// some days without a visit, and an installed app shares nothing with it.
pub fn is_passing_tab() -> bool {
    is_apple_touch() && !is_installed()
}

/// Whether it runs as an app of its own.
fn is_installed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let standalone = window.match_media("(display-mode: standalone)").ok().flatten();
    standalone.is_some_and(|query| query.matches())
        || navigator("standalone").as_bool().unwrap_or_default()
}

/// An iPad calls itself a Mac; what gives it away is its touch screen.
fn is_apple_touch() -> bool {
    let agent = navigator("userAgent").as_string().unwrap_or_default();
    let touches = navigator("maxTouchPoints").as_f64().unwrap_or_default() > 1.0;
    ["iPhone", "iPad", "iPod"].iter().any(|name| agent.contains(name))
        || (agent.contains("Macintosh") && touches)
}

fn navigator(property: &str) -> JsValue {
    let navigator = web_sys::window().map(|window| window.navigator());
    let value = navigator.and_then(|navigator| Reflect::get(&navigator, &property.into()).ok());
    value.unwrap_or(JsValue::UNDEFINED)
}
