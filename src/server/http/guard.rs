//! What a request must be before anybody looks at it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::protocol::Code;

use super::App;
use super::refusal::Refusal;
use crate::ledger::Ledger;

/// Refuses calls that a page of another site makes. The cookie does not travel with them in the first place;
/// this is the second lock.
pub(super) async fn refuse_other_sites(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && is_cross_site(request.headers()) {
        return Refusal(Code::CrossSite).into_response();
    }
    next.run(request).await
}

/// Bounds how long a call takes and how many there are at once. A call that is given up has changed nothing,
/// or all it was to change.
pub(super) async fn bound<L: Ledger>(
    State(app): State<Arc<App<L>>>,
    request: Request,
    next: Next,
) -> Response {
    let work = async {
        // The semaphore is never closed.
        let _place = app.places.acquire().await.ok();
        next.run(request).await
    };
    match tokio::time::timeout(app.settings.timeout, work).await {
        Ok(response) => response,
        Err(_) => Refusal(Code::Timeout).into_response(),
    }
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = text("origin") else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_none() || authority != text(header::HOST.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cross(headers: &[(&'static str, &str)]) -> bool {
        let pairs = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), value.parse().unwrap())
        });
        is_cross_site(&pairs.collect())
    }

    #[test]
    fn only_the_own_page_and_programs_may_call() {
        assert!(!cross(&[]));
        assert!(!cross(&[("sec-fetch-site", "same-origin")]));
        assert!(cross(&[("sec-fetch-site", "cross-site")]));
        assert!(cross(&[("sec-fetch-site", "same-site")]));
        assert!(!cross(&[("origin", "https://perron.example"), ("host", "perron.example")]));
        assert!(cross(&[("origin", "https://evil.example"), ("host", "perron.example")]));
        assert!(cross(&[("origin", "null"), ("host", "perron.example")]));
        assert!(cross(&[("origin", "http://localhost:80"), ("host", "localhost:8080")]));
    }
}
