//! Files of the origin's private file system, written in place by `public/key-slot.js`: only a worker can.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, Worker};

/// What the worker answers to `act` on the file of this name.
///
/// # Errors
/// The browser's name of what went wrong: there is no such file system, or it refused.
pub(super) async fn ask(act: &str, file: &str, bytes: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let worker = Worker::new("/key-slot.js").map_err(describe)?;
    let answer = exchange(&worker, act, file, bytes).await;
    worker.terminate();
    let answer = answer.map_err(describe)?;
    let ok = Reflect::get(&answer, &"ok".into()).map_err(describe)?;
    match ok.dyn_into::<Uint8Array>() {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => Err(describe(Reflect::get(&answer, &"error".into()).unwrap_or(JsValue::NULL))),
    }
}

async fn exchange(
    worker: &Worker,
    act: &str,
    file: &str,
    bytes: Option<&[u8]>,
) -> Result<JsValue, JsValue> {
    let channel = MessageChannel::new()?;
    let message = Object::new();
    Reflect::set(&message, &"act".into(), &act.into())?;
    Reflect::set(&message, &"file".into(), &file.into())?;
    if let Some(bytes) = bytes {
        Reflect::set(&message, &"bytes".into(), &Uint8Array::from(bytes))?;
    }
    let port = channel.port1();
    let failing = worker.clone();
    let answer = Promise::new(&mut |resolve, reject| {
        let hear = Closure::once_into_js(move |event: MessageEvent| {
            let _ = resolve.call1(&JsValue::NULL, &event.data());
        });
        port.set_onmessage(Some(hear.unchecked_ref()));
        let fail = Closure::once_into_js(move |_: JsValue| {
            let _ = reject.call1(&JsValue::NULL, &"the worker did not start".into());
        });
        failing.set_onerror(Some(fail.unchecked_ref()));
    });
    worker.post_message_with_transfer(&message, &js_sys::Array::of1(&channel.port2()))?;
    JsFuture::from(answer).await
}

fn describe(fault: JsValue) -> String {
    let text = fault.as_string();
    text.unwrap_or_else(|| String::from(Object::from(fault).to_string()))
}
