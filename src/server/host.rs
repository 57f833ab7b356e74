//! A server process: opens the data folder, listens, serves, tidies up.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use domain::ids::Epoch;
use domain::protocol::Code;
use tokio::net::TcpListener;

use crate::clock::{Clock, SystemClock};
use crate::http::{self, Settings};
use crate::ledger::sqlite::{Beginning, Folder, SqliteLedger};
use crate::random::random;
use crate::service::Service;

/// How often old nonces, sessions and wraps are removed.
const TIDYING: Duration = Duration::from_secs(60 * 60);

/// What a process is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// Everything else.
    pub settings: Settings,
}

/// A server that listens and does not answer yet.
pub struct Host {
    listener: TcpListener,
    service: Arc<Service<SqliteLedger>>,
    settings: Settings,
    set_up: Option<[u8; 16]>,
}

impl Host {
    /// Opens everything. After a database was turned back, another history has begun when this returns.
    ///
    /// # Errors
    /// One sentence for whoever started it.
    pub async fn open(options: Options) -> Result<Self> {
        let Options { listen, data, settings } = options;
        let listener =
            TcpListener::bind(listen).await.map_err(|error| cannot_listen(listen, &error))?;
        let service = Arc::new(open_service(&Folder::new(&data)).await?);
        // A failure is in the log already. With a full disk there is still much to serve.
        service.expire(SystemClock.now()).await.ok();
        let secret = random().map_err(failed)?;
        let offered = service.offer_set_up(&secret).await.map_err(failed)?;
        Ok(Self { listener, service, settings, set_up: offered.then_some(secret) })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> Result<SocketAddr> {
        self.listener.local_addr().context("the address is not known")
    }

    /// The link that founds a campaign, while there is none. It works until the next start or until used.
    ///
    /// # Errors
    /// When the system does not say where the server listens.
    pub fn set_up_link(&self) -> Result<Option<String>> {
        let address = self.address()?;
        // An epoch's text is 16 bytes in hexadecimal, and so is the secret's.
        Ok(self.set_up.map(|secret| format!("http://{address}/setup#{}", Epoch(secret))))
    }

    /// Serves until `shutdown` is done, then finishes what is under way and closes the database.
    ///
    /// # Errors
    /// When listening fails.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        let Self { listener, service, settings, .. } = self;
        let tidying = tokio::spawn(tidy(service.clone()));
        let app = http::app(service.clone(), Arc::new(SystemClock), settings);
        let served = http::serve(listener, app, shutdown).await;
        tidying.abort();
        service.ledger().close().await;
        served.context("The server cannot listen any more")
    }
}

/// Opens a folder's ledger, with a new history over it if it was turned back.
pub(crate) async fn open_service(folder: &Folder) -> Result<Service<SqliteLedger>> {
    let epoch = Epoch(random().map_err(failed)?);
    let (ledger, beginning) = SqliteLedger::open(folder, epoch).await?;
    let service = Service::new(ledger);
    if beginning == Beginning::TurnedBack {
        let restored = service.begin_history(epoch.0, SystemClock.now()).await.map_err(failed)?;
        tracing::warn!(
            orders = restored.orders,
            "an older database stands here: another history begins"
        );
    }
    Ok(service)
}

async fn tidy(service: Arc<Service<SqliteLedger>>) {
    loop {
        tokio::time::sleep(TIDYING).await;
        // A failure is in the log already; the next hour may be better.
        service.expire(SystemClock.now()).await.ok();
    }
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "Port {} is taken by another program: stop that program, or choose another port with \
             --listen.",
            address.port()
        ),
        _ => anyhow!("The server cannot listen at {address}: {error}."),
    }
}

fn failed(code: Code) -> anyhow::Error {
    anyhow!("The database does not work: {} The reason is in the log.", code.sentence())
}
