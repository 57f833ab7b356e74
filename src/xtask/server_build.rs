//! Building the server; cargo itself knows whether anything has changed.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{process, tools, workspace};

/// Brings the server's binary up to date and says where it is.
///
/// # Errors
/// When the C compiler is missing or the build fails.
pub(crate) fn ensure() -> Result<PathBuf> {
    tools::ensure_c_compiler()?;
    eprintln!("── Building the server (the first time some minutes)");
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--release", "--locked", "-p", "server"]);
    process::show("Building the server", &mut cargo)?;
    let binary = workspace::target()?
        .join("release")
        .join(format!("perron{}", std::env::consts::EXE_SUFFIX));
    if !binary.exists() {
        bail!("cargo built the server but {} is not there", binary.display());
    }
    Ok(binary)
}
