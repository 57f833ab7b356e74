//! Requests as they come: who calls, and what they send.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use domain::codec::{self, Malformed};
use domain::protocol::{CONTENT_TYPE, Code, VERSION};
use serde::{Serialize, de::DeserializeOwned};

use super::refusal::Refusal;
use super::{App, cookie};
use crate::ledger::Ledger;
use crate::service::Caller;

/// A decoded request body.
pub(super) struct Call<T>(pub(super) T);

/// Whoever the session's cookie names.
pub(super) struct By(pub(super) Caller);

impl<S: Send + Sync, T: Serialize + DeserializeOwned> FromRequest<S> for Call<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        check_headers(request.headers())?;
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            if too_large { Code::TooLarge } else { Code::Malformed }
        })?;
        let read = codec::decode(1, &bytes).map_err(|malformed| match malformed {
            Malformed::Version(_) => Code::Version,
            Malformed::Shape => Code::Malformed,
        });
        Ok(Self(read?))
    }
}

/// Why there is no call at this address below `/api`: it may be one of another version of the protocol.
pub(super) fn unknown(address: &str) -> Code {
    let version = address.split('/').nth(1).and_then(|name| name.strip_prefix('v'));
    match version.and_then(|version| version.parse::<u32>().ok()) {
        Some(newer) if newer > VERSION => Code::Version,
        Some(older) if older < VERSION => Code::AppTooOld,
        _ => Code::NotFound,
    }
}

/// A body that is unpacked here could be a bomb, so none is.
fn check_headers(headers: &HeaderMap) -> Result<(), Code> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Code::ContentEncoding);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if kind.is_some_and(|kind| kind.eq_ignore_ascii_case(CONTENT_TYPE)) {
        Ok(())
    } else {
        Err(Code::ContentType)
    }
}

impl<L: Ledger> FromRequestParts<Arc<App<L>>> for By {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App<L>>) -> Result<Self, Refusal> {
        let token = cookie::token(&parts.headers).ok_or(Code::SignInNeeded)?;
        let now = app.clock.now();
        let caller = app.service.caller(&token, now).await?;
        app.meters.device(&app.settings.rates, &caller.device, now)?;
        Ok(Self(caller))
    }
}
