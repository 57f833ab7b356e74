//! The app's files, from one folder.
//!
//! A name that carries the hash of its content never changes: it is kept for ever. Everything else is asked
//! for anew each time and answered by a hash of its content. An address without a file extension is a page
//! of the app, which draws it itself; a missing file is missing.

use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::digest;
use domain::protocol::Code;
use tower_http::services::ServeDir;

use super::App;
use super::call;
use super::refusal::Refusal;
use crate::ledger::Ledger;

/// No file that is hashed here is larger.
const MOST: usize = 16 * 1024 * 1024;

/// Serves a file, a page, or says that there is none.
pub(super) async fn serve<L: Ledger>(State(app): State<Arc<App<L>>>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let reads = matches!(method, Method::GET | Method::HEAD);
    let call = path.strip_prefix("/api");
    if let Some(call) = call.filter(|call| call.is_empty() || call.starts_with('/')) {
        return Refusal(call::unknown(call)).into_response();
    }
    let folder = app.settings.assets.as_deref().filter(|_| reads);
    let found = match folder {
        Some(folder) => find(folder, &path, request.headers()).await,
        None => None,
    };
    found.unwrap_or_else(|| Refusal(Code::NotFound).into_response())
}

async fn find(folder: &Path, path: &str, headers: &HeaderMap) -> Option<Response> {
    if let Some(file) = file(folder, path, headers).await {
        return if is_hashed(path) { Some(kept(file)) } else { asked(file, headers).await };
    }
    let is_page = path.rsplit('/').next().is_some_and(|name| !name.contains('.'));
    let page = if is_page { file(folder, "/index.html", headers).await } else { None };
    asked(page?, headers).await
}

/// The file as it lies there, compressed if the browser takes it and there is such a copy.
async fn file(folder: &Path, path: &str, headers: &HeaderMap) -> Option<Response> {
    let mut files = ServeDir::new(folder)
        .redirect_to_trailing_slash(false)
        .precompressed_br()
        .precompressed_gzip();
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = path.parse::<Uri>().ok()?;
    // No conditions and no ranges: only what the content's own hash decides is left out.
    if let Some(encodings) = headers.get(header::ACCEPT_ENCODING) {
        request.headers_mut().insert(header::ACCEPT_ENCODING, encodings.clone());
    }
    let response = files.try_call(request).await.ok()?;
    let mut response = (response.status() == StatusCode::OK).then(|| response.map(Body::new))?;
    for name in [header::LAST_MODIFIED, header::ETAG, header::ACCEPT_RANGES] {
        response.headers_mut().remove(name);
    }
    Some(response)
}

fn kept(mut response: Response) -> Response {
    let value = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}

async fn asked(response: Response, headers: &HeaderMap) -> Option<Response> {
    let (mut parts, body) = response.into_parts();
    let bytes: Bytes = to_bytes(body, MOST).await.ok()?;
    let hash: String =
        digest::plain(&bytes)[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        let mut tags = value.to_str().unwrap_or_default().split(',');
        tags.any(|known| known.trim().trim_start_matches("W/") == tag)
    });
    parts.headers.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Some(Response::from_parts(parts, Body::empty()));
    }
    Some(Response::from_parts(parts, Body::from(bytes)))
}

/// Whether the name ends in a hyphen, 16 hexadecimal digits and an extension.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split_once('.').map_or("", |(stem, _)| stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn a_hash_is_told_from_a_name() {
        assert!(is_hashed("/client-0123456789abcdef.js"));
        assert!(!is_hashed("/client-0123456789abcdef_bg.wasm"));
        assert!(!is_hashed("/key-slot.js"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/client-0123456789ABCDEF.js"));
    }
}
