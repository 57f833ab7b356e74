//! Whether the app was put on the home screen, and whether that matters here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Under this name the page keeps the browser's offer to install: see `boot.js`.
const OFFER: &str = "perronInstall";

/// Whether this is an ordinary tab of an iPhone or iPad: there the browser deletes what a page stored after
/// some days without a visit, and an installed app shares nothing with it.
pub fn is_passing_tab() -> bool {
    is_apple_touch() && !is_installed()
}

/// Whether the browser offers to install the app, and it is not installed.
pub fn can_install() -> bool {
    offer().is_some() && !is_installed()
}

/// Shows the browser's own question, once; whether the person said yes.
pub async fn install() -> bool {
    let Some(offer) = offer() else { return false };
    // An offer is good for one question.
    let _ = Reflect::set(&js_sys::global(), &OFFER.into(), &JsValue::UNDEFINED);
    let prompt = Reflect::get(&offer, &"prompt".into()).ok();
    let Some(prompt) = prompt.and_then(|prompt| prompt.dyn_into::<Function>().ok()) else {
        return false;
    };
    if let Ok(shown) = prompt.call0(&offer)
        && let Ok(shown) = shown.dyn_into::<Promise>()
    {
        let _ = JsFuture::from(shown).await;
    }
    let choice = Reflect::get(&offer, &"userChoice".into()).ok();
    let Some(choice) = choice.and_then(|choice| choice.dyn_into::<Promise>().ok()) else {
        return false;
    };
    let choice = JsFuture::from(choice).await;
    let outcome = choice.and_then(|choice| Reflect::get(&choice, &"outcome".into()));
    outcome.is_ok_and(|outcome| outcome == "accepted")
}

fn offer() -> Option<JsValue> {
    let offer = Reflect::get(&js_sys::global(), &OFFER.into()).ok()?;
    offer.is_object().then_some(offer)
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
