//! Refusals as they travel: a status, and JSON with a code and a sentence.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::protocol::Code;

/// Every refusal of the server goes through here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) Code);

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self(code)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(code) = self;
        let status = StatusCode::from_u16(code.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::json!({ "code": code.as_str(), "message": code.sentence() });
        let kind = HeaderValue::from_static("application/json");
        let mut response = (status, body.to_string()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        let never = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
        if matches!(code, Code::TooMany | Code::Unavailable | Code::StorageFull) {
            let seconds = HeaderValue::from_static("10");
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        // For the log.
        response.extensions_mut().insert(code);
        response
    }
}
