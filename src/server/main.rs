//! The binary `perron`: what to do goes in as arguments, sentences come out; the log is on standard error.

mod args;

use std::process::ExitCode;

use anyhow::{Context, Result};
use args::{Arguments, Command, Serve};
use clap::Parser;
use server::http::Settings;
use server::{Host, Options, upkeep};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("PERRON_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().json().with_env_filter(filter);
    log.with_writer(std::io::stderr).init();
    match run(Arguments::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve(serve) => run_server(serve).await,
        Command::Backup(backup) => {
            upkeep::backup(&backup.data.data, &backup.file).await?;
            println!("The backup is in {}.", backup.file.display());
            Ok(())
        }
        Command::Restore(restore) => {
            upkeep::restore(&restore.data.data, &restore.file).await?;
            println!("The backup is in place; devices will offer what it lacks when they sync.");
            Ok(())
        }
        Command::Verify(data) => {
            let found = upkeep::verify(&data.data).await?;
            println!(
                "Everything is as it was stored: campaigns {}, entries {}, of them erased {}.",
                found.campaigns, found.entries, found.destroyed
            );
            Ok(())
        }
    }
}

async fn run_server(serve: Serve) -> Result<()> {
    let Serve { listen, data, assets, proxies } = serve;
    let settings = Settings { assets: Some(assets), proxies, ..Settings::default() };
    let host = Host::open(Options { listen, data: data.data, settings }).await?;
    println!("listening http://{}", host.address()?);
    if let Some(link) = host.set_up_link()? {
        println!("set-up link: {link}");
    }
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be received")?;
    let stop = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    };
    host.serve(stop).await
}
