//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The folder of the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable for `cargo run`; the constant serves a binary that is started by hand.
    let manifest = std::env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let xtask = PathBuf::from(manifest);
    xtask.ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// Trunk's output: what the server serves.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Tools that this crate installs, so that nothing outside the repository changes.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
}

/// The browser tests, an npm project of its own.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests").join("e2e")
}

/// The cargo that runs this command, or the one on the path.
pub(crate) fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root());
    // Set for this package by `cargo run`; they would make build scripts of others run again.
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Where cargo puts what it builds.
///
/// # Errors
/// When cargo cannot read the workspace.
pub(crate) fn target() -> Result<PathBuf> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .output()
        .context("cargo cannot be started: is Rust installed? See https://rustup.rs")?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .context("cargo cannot read the workspace: run `cargo metadata` to see why")?;
    let folder = metadata["target_directory"].as_str().context("cargo names no target folder")?;
    Ok(PathBuf::from(folder))
}
