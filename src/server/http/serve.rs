//! Listening, and stopping without dropping anybody.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// After so long a stop waits no more for calls that are under way.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until `shutdown` is done; calls that are under way then are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        stopping.send(()).ok();
    };
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(shutdown);
    let impatient = async move {
        stopped.await.ok();
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        served = serving => served,
        () = impatient => Ok(()),
    }
}
