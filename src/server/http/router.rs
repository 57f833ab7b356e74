//! Every route and every layer, on one screen.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::protocol::{Code, MAX_REQUEST, VERSION};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use super::refusal::Refusal;
use super::{App, Settings, assets, calls, guard, log, rate, security};
use crate::clock::Clock;
use crate::ledger::Ledger;
use crate::service::Service;

/// The whole of HTTP over a service.
pub fn app<L: Ledger>(
    service: Arc<Service<L>>,
    clock: Arc<dyn Clock>,
    settings: Settings,
) -> Router {
    let places = Semaphore::new(settings.calls);
    let meters = rate::Meters::default();
    let app = Arc::new(App { service, clock, settings, meters, places });
    Router::new()
        .route("/healthz", get(calls::health::<L>))
        .nest(&format!("/api/v{VERSION}"), api(&app))
        .fallback(assets::serve::<L>)
        .method_not_allowed_fallback(async || Refusal(Code::Method))
        // From here on each layer is around those above it.
        .layer(from_fn(guard::refuse_other_sites))
        .layer(from_fn_with_state(app.clone(), guard::bound::<L>))
        .layer(CatchPanicLayer::custom(|_| Refusal(Code::Internal).into_response()))
        .layer(from_fn(security::headers))
        .layer(from_fn(log::log))
        .with_state(app)
}

fn api<L: Ledger>(app: &Arc<App<L>>) -> Router<Arc<App<L>>> {
    // Whoever has no session is counted by address.
    let strangers = Router::new()
        .route("/found", post(calls::found::<L>))
        .route("/enrol", post(calls::enrol::<L>))
        .route("/enrol/again", post(calls::enrol_again::<L>))
        .route("/session/challenge", post(calls::challenge::<L>))
        .route("/session", post(calls::sign_in::<L>))
        .route_layer(from_fn_with_state(app.clone(), rate::by_address::<L>));
    let devices = Router::new()
        .route("/invites", post(calls::open_invite::<L>))
        .route("/enrolments", post(calls::enrolments::<L>))
        .route("/pull", post(calls::pull::<L>))
        .route("/push", post(calls::push::<L>))
        .route("/have", post(calls::have::<L>))
        .route("/reached", post(calls::reached::<L>))
        .route("/fetch", post(calls::fetch::<L>));
    strangers.merge(devices).layer(DefaultBodyLimit::max(MAX_REQUEST))
}
