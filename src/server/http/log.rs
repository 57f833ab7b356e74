//! One line per request: nothing of its content, its query, its address or its cookie.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use domain::protocol::Code;

use crate::random::random;

/// Writes it. The path is the route's template; files have none.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let path = route.as_ref().map_or("files", MatchedPath::as_str);
    let code = response.extensions().get::<Code>().map_or("", |code| code.as_str());
    let id = u64::from_le_bytes(random().unwrap_or_default());
    tracing::info!(
        request = %format_args!("{id:016x}"),
        %method,
        path,
        status = response.status().as_u16(),
        code,
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request"
    );
    response
}
