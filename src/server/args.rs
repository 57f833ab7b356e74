//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Keeps and serves sealed bundles for neighbourhood hosting.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves the app and its ledger.
    Serve(Serve),
    /// Writes a copy of the database into a new file. The server may be at work.
    Backup(OneFile),
    /// Puts a backup in the place of the database, which is kept beside it. The server must be stopped.
    Restore(OneFile),
    /// Checks every entry, chain and roster. The server may be at work.
    Verify(Data),
}

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080", env = "PERRON_LISTEN")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) data: Data,
    /// The folder of the app's files.
    #[arg(long, default_value = "dist", env = "PERRON_ASSETS")]
    pub(crate) assets: PathBuf,
    /// How many proxies in front of the server append to X-Forwarded-For.
    #[arg(long, default_value_t = 0, env = "PERRON_PROXIES")]
    pub(crate) proxies: usize,
}

/// Where the data is.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// The data folder.
    #[arg(long, default_value = "data", env = "PERRON_DATA")]
    pub(crate) data: PathBuf,
}

/// A backup.
#[derive(Debug, Args)]
pub(crate) struct OneFile {
    /// The backup's file.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) data: Data,
}
