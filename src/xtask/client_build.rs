//! Building the client with Trunk, only when something that it is made of has changed.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::dist::build_list::BuildList;
use crate::{process, stamp, tools, workspace};

/// Everything that the client's files are made of, and what makes them.
const INPUTS: &[&str] = &[
    "src/client",
    "src/domain",
    "src/xtask/dist",
    "src/xtask/observations.json",
    "src/xtask/observations.rs",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo/config.toml",
];

/// Brings `dist` up to date.
///
/// # Errors
/// When a tool is missing and cannot be installed, or the build fails.
pub(crate) fn ensure() -> Result<()> {
    let inputs = stamp::of(&workspace::root(), INPUTS)?;
    if is_current(&inputs) {
        return Ok(());
    }
    tools::ensure_client_tools()?;
    eprintln!("── Building the client (the first time some minutes)");
    let started = Instant::now();
    let mut trunk = Command::new("trunk");
    trunk
        .args(["build", "--release", "--offline", "true"])
        .current_dir(workspace::root())
        .env("PATH", tools::path()?)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_local_paths())
        // Trunk 0.21 reads it as a yes or no and stops at any other value.
        .env_remove("NO_COLOR");
    process::show("Building the client", &mut trunk)?;
    eprintln!("── Client built in {} s", started.elapsed().as_secs());

    std::fs::create_dir_all(workspace::tools())?;
    let built = BuildList::read(&workspace::dist())?;
    std::fs::write(stamp_file(), format!("{inputs} {}", built.version))
        .context("the build's stamp cannot be written")
}

/// `dist` also has to be the very output that was stamped: `trunk serve` writes there too.
fn is_current(inputs: &str) -> bool {
    let Ok(built) = BuildList::read(&workspace::dist()) else { return false };
    let Ok(stamped) = std::fs::read_to_string(stamp_file()) else { return false };
    stamped == format!("{inputs} {}", built.version)
}

fn stamp_file() -> PathBuf {
    workspace::tools().join("client.stamp")
}

/// The published files say nothing of the machine that built them, and are the same on another.
fn without_local_paths() -> String {
    let root = workspace::root();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        std::env::var_os("HOME")
            .or_else(|| std::env::var_os("USERPROFILE"))
            .map(|home| PathBuf::from(home).join(".cargo"))
    });
    let named = [(Some(root), "perron"), (home, "cargo")];
    let flags: Vec<String> = named
        .into_iter()
        .filter_map(|(folder, name)| Some((folder?.display().to_string(), name)))
        // The variable is split at spaces: such a folder stays named rather than break the build.
        .filter(|(folder, _)| !folder.contains(char::is_whitespace))
        .map(|(folder, name)| format!("--remap-path-prefix={folder}={name}"))
        .collect();
    flags.join(" ")
}
