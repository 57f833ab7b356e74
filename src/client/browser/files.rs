//! Files: handed out by the system's share sheet or as a download, and read when a person picks one.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FilePropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

use super::exception;

/// Bytes of no kind that a system would open by itself.
const TYPE: &str = "application/octet-stream";
/// A download may begin late; its bytes are kept this long.
const KEEP_MILLIS: u32 = 60_000;

/// A file that is ready to be handed out.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadyFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How sharing went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// The system took it.
    Taken,
    /// A person closed the sheet.
    Stopped,
    /// The browser shares no such file.
    Refused,
}

/// Why no file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// None was picked.
    None,
    /// It is larger than asked for.
    TooLarge,
    /// The browser could not read it.
    Failed,
}

/// Whether this browser says that it shares such files. Some say so and refuse afterwards.
pub fn can_share(name: &str) -> bool {
    let answer = data(name, &[0]).ok().and_then(|data| call("canShare", &data));
    answer.and_then(|answer| answer.as_bool()).unwrap_or_default()
}

/// Opens the share sheet; to be called while a tap is fresh.
pub async fn share(file: &ReadyFile) -> Shared {
    let promise = data(&file.name, &file.bytes).ok().and_then(|data| call("share", &data));
    let Some(promise) = promise.and_then(|promise| promise.dyn_into::<Promise>().ok()) else {
        return Shared::Refused;
    };
    match JsFuture::from(promise).await {
        Ok(_) => Shared::Taken,
        Err(fault) if exception::name(&fault) == "AbortError" => Shared::Stopped,
        Err(_) => Shared::Refused,
    }
}

/// Downloads it; whether the browser began.
pub fn download(file: &ReadyFile) -> bool {
    begin_download(file).is_ok()
}

/// The bytes of the file that was picked in the input with this id, up to `most`.
///
/// # Errors
/// [`NotRead`].
pub async fn picked(id: &str, most: usize) -> Result<Vec<u8>, NotRead> {
    let document = web_sys::window().and_then(|window| window.document());
    let input = document.and_then(|document| document.get_element_by_id(id));
    let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let files = input.and_then(|input| input.files()).ok_or(NotRead::None)?;
    let file = files.get(0).ok_or(NotRead::None)?;
    if file.size() > most as f64 {
        return Err(NotRead::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| NotRead::Failed)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn begin_download(file: &ReadyFile) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(TYPE);
    let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&file.name);
    link.click();
    gloo_timers::callback::Timeout::new(KEEP_MILLIS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// What `share` and `canShare` take: `{ files: [file] }`.
fn data(name: &str, bytes: &[u8]) -> Result<Object, JsValue> {
    let options = FilePropertyBag::new();
    options.set_type(TYPE);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let file = web_sys::File::new_with_u8_array_sequence_and_options(&parts, name, &options)?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file))?;
    Ok(data)
}

fn call(method: &str, data: &Object) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let method = Reflect::get(&navigator, &method.into()).ok()?.dyn_into::<Function>().ok()?;
    method.call1(&navigator, data).ok()
}
