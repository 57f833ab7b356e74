//! The two slots of a vault key, in a file of the origin's private file system kept by `public/key-slot.js`.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, Worker};

use domain::keys::{SLOT_BYTES, VaultKeySlot};

/// The browser has no place for the key: no OPFS, or it refused. No record may be taken here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no place for the key: {0}")]
pub struct NoSlot(pub String);

/// The slot that is whole, the first before the second; none on a device that has no key yet.
///
/// # Errors
/// [`NoSlot`].
pub async fn read(file: &str) -> Result<Option<VaultKeySlot>, NoSlot> {
    let bytes = ask("read", file, None).await?;
    let slots = bytes.chunks(SLOT_BYTES).map(VaultKeySlot::from_bytes);
    Ok(slots.filter_map(Result::ok).next())
}

/// Overwrites both slots in place, one after the other; both are on the disk when it returns.
///
/// # Errors
/// [`NoSlot`]; then the slot before may still be in place.
pub async fn write(file: &str, slot: &VaultKeySlot) -> Result<(), NoSlot> {
    let bytes = ask("overwrite", file, Some(&slot.to_bytes())).await?;
    match bytes.chunks(SLOT_BYTES).map(VaultKeySlot::from_bytes).next() {
        Some(Ok(written)) if written == *slot => Ok(()),
        _ => Err(NoSlot("what was written is not what is read".to_owned())),
    }
}

async fn ask(act: &str, file: &str, bytes: Option<&[u8]>) -> Result<Vec<u8>, NoSlot> {
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

fn describe(fault: JsValue) -> NoSlot {
    let text = fault.as_string();
    NoSlot(text.unwrap_or_else(|| String::from(Object::from(fault).to_string())))
}
