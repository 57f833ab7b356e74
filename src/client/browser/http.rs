//! Two kinds of request, both to this origin: a POST of bytes, and a file of the app.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, Request, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, Response,
};

thread_local! {
    /// The requests that wait for their answer.
    static OPEN: RefCell<Vec<AbortController>> = const { RefCell::new(Vec::new()) };
}

/// A request that got no answer within this time is taken as lost. It may still arrive.
const TIMEOUT_MILLIS: u32 = 30_000;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The content type, without parameters.
    pub content_type: String,
    /// The header `date`: when it was sent, by the clock of whoever sent it.
    pub date: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Nothing came back: no network, no server, or too slow. Whether the server acted is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no answer")]
pub struct NoAnswer;

/// Posts bytes to a path of this origin. Redirects are not followed: the server sends none.
///
/// # Errors
/// [`NoAnswer`].
pub async fn post(path: &str, content_type: &str, body: &[u8]) -> Result<Answer, NoAnswer> {
    let controller = AbortController::new().map_err(|_| NoAnswer)?;
    let cancel = controller.clone();
    let timer = gloo_timers::callback::Timeout::new(TIMEOUT_MILLIS, move || cancel.abort());
    OPEN.with_borrow_mut(|open| open.push(controller.clone()));
    let answer = exchange(path, content_type, body, &controller).await.map_err(|_| NoAnswer);
    OPEN.with_borrow_mut(|open| open.retain(|other| *other != controller));
    drop(timer);
    answer
}

/// Gives up on every request that waits: each ends in [`NoAnswer`]. For when the network is another now, over which
/// no answer will come.
pub fn give_up() {
    // An aborted request may end at once, and take itself out.
    let open = OPEN.with_borrow(Clone::clone);
    open.iter().for_each(AbortController::abort);
}

/// Reads a file of the app: from the service worker's store, else over the network.
///
/// # Errors
/// [`NoAnswer`]; also when there is no such file.
pub async fn file(path: &str) -> Result<Vec<u8>, NoAnswer> {
    fetched(path).await.ok().flatten().ok_or(NoAnswer)
}

async fn fetched(path: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(path)).await?.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Some(Uint8Array::new(&buffer).to_vec()))
}

async fn exchange(
    path: &str,
    content_type: &str,
    body: &[u8],
    controller: &AbortController,
) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", content_type)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(body));
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&controller.signal()));
    let request = Request::new_with_str_and_init(path, &init)?;
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response =
        JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
    let content_type = response.headers().get("content-type")?.unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_owned();
    let date = response.headers().get("date")?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let body = Uint8Array::new(&buffer).to_vec();
    Ok(Answer { status: response.status(), content_type, date, body })
}
