//! The server in this process.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use server::http::{Rate, Rates, Settings};
use server::{Host, Options};
use tokio::sync::oneshot;

/// A server that answers until it is dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The secret of its set-up link, while there is no campaign.
    pub set_up: Option<[u8; 16]>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Settings under which nobody ever calls too often.
pub fn patient() -> Settings {
    let often = Rate { burst: 1_000_000, per_minute: 1_000_000 };
    Settings { rates: Rates { address: often, device: often }, ..Settings::default() }
}

impl Running {
    /// Starts a server over a data folder.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(data: &Path, settings: Settings) -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options { listen, data: data.to_owned(), settings };
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || run(options, &tell, stopped));
        let (address, link) = told.recv().expect("the server starts");
        let secret = link.as_deref().and_then(|link| link.split_once('#')).map(|(_, text)| {
            text.parse::<domain::ids::Epoch>().expect("a set-up link ends in its secret").0
        });
        Self { address, set_up: secret, stop: Some(stop), thread: Some(thread) }
    }
}

fn run(
    options: Options,
    tell: &mpsc::Sender<(SocketAddr, Option<String>)>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    runtime.block_on(async {
        let host = Host::open(options).await.expect("the server starts");
        let address = host.address().expect("it listens");
        tell.send((address, host.set_up_link().expect("it listens"))).ok();
        let until = async {
            stopped.await.ok();
        };
        host.serve(until).await.expect("it serves until it is stopped");
    });
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()).ok());
        self.thread.take().map(|thread| thread.join().ok());
    }
}
