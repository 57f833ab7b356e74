//! One tab at a time holds a notebook: two would each overwrite what the other wrote.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks for the lock of this name and calls `granted` when this tab has it: at once, or when the tab that holds it
/// closes. It is held until this page goes. A browser without locks grants at once.
pub fn ask(name: &str, granted: impl FnOnce() + 'static, lost: impl FnOnce() + 'static) {
    request(name, false, granted, lost);
}

/// Takes the lock away from the tab that holds it; that tab's `lost` is called.
pub fn take(name: &str, granted: impl FnOnce() + 'static, lost: impl FnOnce() + 'static) {
    request(name, true, granted, lost);
}

fn request(
    name: &str,
    steal: bool,
    granted: impl FnOnce() + 'static,
    lost: impl FnOnce() + 'static,
) {
    let Some(locks) = locks() else {
        granted();
        return;
    };
    let held = Rc::new(Cell::new(false));
    let holding = held.clone();
    let hold = Closure::once_into_js(move |_lock: JsValue| {
        holding.set(true);
        granted();
        // Never resolved: the browser ends it with the page.
        Promise::new(&mut |_, _| {})
    });
    let options = js_sys::Object::new();
    // A plain object takes every property.
    let _ = Reflect::set(&options, &"steal".into(), &steal.into());
    let Ok(request) = Reflect::get(&locks, &"request".into()) else { return };
    let Ok(promise) =
        request.unchecked_into::<Function>().call3(&locks, &name.into(), &options, &hold)
    else {
        return;
    };
    leptos::task::spawn_local(async move {
        // It settles only when another tab took the lock.
        if JsFuture::from(promise.unchecked_into::<Promise>()).await.is_err() && held.get() {
            lost();
        }
    });
}

fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| !locks.is_undefined())
}
