//! The server as its own process: the real binary.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

/// A running server; dropping it kills it as `kill -9` does.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// The secret of its set-up link, while there is no campaign.
    pub set_up: Option<[u8; 16]>,
}

/// The binary, built once per run with the profile of the tests.
///
/// # Panics
/// When it cannot be built.
pub fn perron() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let test = std::env::current_exe().expect("a test knows its own file");
        // <target>/<profile>/deps/<test>
        let profile = test.ancestors().nth(2).expect("tests lie in the target folder");
        let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
        build.args(["build", "--quiet", "-p", "server", "--bin", "perron"]);
        build.arg("--manifest-path").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        build.arg("--target-dir").arg(profile.parent().expect("a profile is in a folder"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success(), "the server is built");
        profile.join(format!("perron{}", std::env::consts::EXE_SUFFIX))
    })
}

/// Runs another command of the binary to its end.
///
/// # Panics
/// When it cannot be run.
pub fn run_perron(arguments: &[&str], data: &Path) -> Output {
    let mut command = Command::new(perron());
    command.args(arguments).arg("--data").arg(data).output().expect("the binary runs")
}

impl Process {
    /// Starts a server over a data folder; its log is appended to the file. A `fresh` one, without a
    /// campaign, prints a set-up link.
    ///
    /// # Panics
    /// When it does not say where it listens.
    pub fn start(data: &Path, log: &Path, fresh: bool) -> Self {
        let log = std::fs::OpenOptions::new().append(true).create(true).open(log);
        let mut command = Command::new(perron());
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        command.args(["--assets", "nowhere"]);
        command.stdout(Stdio::piped()).stderr(log.expect("a log can be written"));
        let mut child = command.spawn().expect("the server starts");
        let stdout = child.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let first = lines.next().expect("the server says where it listens");
        let address = first.strip_prefix("listening http://").and_then(|text| text.parse().ok());
        let address = address.expect("the server says where it listens");
        let link = if fresh { lines.next() } else { None };
        let secret = link.as_deref().and_then(|link| link.split_once('#'));
        let set_up = secret.and_then(|(_, text)| text.parse::<domain::ids::Epoch>().ok());
        Self { child, address, set_up: set_up.map(|secret| secret.0) }
    }

    /// Kills it at once: no handler runs, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for it to end by itself: whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
