//! Answers as they travel: marker, history id, body.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::protocol::{CONTENT_TYPE, Reply};
use serde::{Serialize, de::DeserializeOwned};

use super::App;
use super::refusal::Refusal;
use crate::ledger::Ledger;

/// What a handler returns.
pub(super) type Answer = Result<Response, Refusal>;

impl<L: Ledger> App<L> {
    /// Frames an answer.
    pub(super) async fn answer<T: Serialize + DeserializeOwned>(&self, answer: T) -> Answer {
        let epoch = self.service.epoch().await?;
        let mut response = Reply { epoch, answer }.to_bytes().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }
}
