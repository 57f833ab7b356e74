//! HTTP: it translates, and decides nothing that is about entries.

mod answer;
mod assets;
mod call;
mod calls;
mod cookie;
mod guard;
mod log;
mod rate;
mod refusal;
mod router;
mod security;
mod serve;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::service::Service;

pub use rate::{Rate, Rates};
pub use router::app;
pub use serve::serve;

/// What can be set about a server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the app's files; none serves the calls only.
    pub assets: Option<PathBuf>,
    /// How many proxies in front append to `X-Forwarded-For`; their word is taken for the address.
    pub proxies: usize,
    /// How often somebody may call.
    pub rates: Rates,
    /// After so long a call is given up.
    pub timeout: Duration,
    /// So many calls are worked on at once; more wait.
    pub calls: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            assets: None,
            proxies: 0,
            rates: Rates::default(),
            timeout: Duration::from_secs(30),
            calls: 256,
        }
    }
}

/// What the handlers share.
struct App<L> {
    service: Arc<Service<L>>,
    clock: Arc<dyn Clock>,
    settings: Settings,
    meters: rate::Meters,
    places: Semaphore,
}
