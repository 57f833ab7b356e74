//! The server process, as the demo sees it: what it prints, and where it listens.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace;

const START: Duration = Duration::from_secs(20);

/// A running server. It is stopped when this is dropped.
pub(crate) struct Host {
    process: Child,
    /// `http://127.0.0.1:8080`.
    pub(crate) origin: String,
    /// The secret of the set-up link, while no campaign exists.
    pub(crate) set_up: Option<String>,
}

impl Host {
    /// Starts the server and waits until it listens.
    pub(crate) fn start(server: &Path, port: u16, data: &Path) -> Result<Self> {
        let mut command = Command::new(server);
        command.arg("serve").args(["--listen", &format!("127.0.0.1:{port}")]);
        command.arg("--data").arg(data).arg("--assets").arg(workspace::dist());
        command.stdout(Stdio::piped());
        // What it says of each call would hide what is told here.
        command.env("PERRON_LOG", "warn");
        let mut process = command.spawn().context("The server cannot be started")?;
        let output = process.stdout.take().context("The server has no output")?;
        let (lines, heard) = channel();
        std::thread::spawn(move || {
            // The pipe is read to its end, or a full one would stop the server.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // The campaign is founded from here: its link is of no use to anybody else.
                if !line.contains("/setup#") {
                    println!("{line}");
                }
                let _ = lines.send(line);
            }
        });
        let mut host = Self { process, origin: String::new(), set_up: None };
        host.listen_to(&heard)?;
        Ok(host)
    }

    /// Whether the server has stopped.
    pub(crate) fn ended(&mut self) -> Result<bool> {
        Ok(self.process.try_wait().context("The server cannot be watched")?.is_some())
    }

    fn listen_to(&mut self, heard: &Receiver<String>) -> Result<()> {
        let deadline = Instant::now() + START;
        while Instant::now() < deadline {
            // The set-up link, where there is one, is printed right after the address.
            let patience = if self.origin.is_empty() { START } else { Duration::from_millis(500) };
            match heard.recv_timeout(patience) {
                Ok(line) => {
                    if let Some(origin) = line.strip_prefix("listening ") {
                        self.origin = origin.trim().to_owned();
                    }
                    if let Some((_, secret)) = line.split_once("/setup#") {
                        self.set_up = Some(secret.trim().to_owned());
                        return Ok(());
                    }
                }
                Err(_) if !self.origin.is_empty() => return Ok(()),
                Err(_) => break,
            }
        }
        bail!("The server did not start: its own message stands above.")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended by itself already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
