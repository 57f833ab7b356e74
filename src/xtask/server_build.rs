//! Building the server; cargo itself knows whether anything has changed.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{process, tools, workspace};

/// How the server is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As the native tests build it for themselves: the browser tests use the same binary.
    Dev,
    /// As it is run.
    Release,
}

/// Brings the server's binary up to date and says where it is.
///
/// # Errors
/// When the C compiler is missing or the build fails.
pub(crate) fn ensure(profile: Profile) -> Result<PathBuf> {
    tools::ensure_c_compiler()?;
    eprintln!("── Building the server (the first time some minutes)");
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--locked", "-p", "server", "--bin", "perron"]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    process::show("Building the server", &mut cargo)?;
    let binary =
        workspace::target()?.join(folder).join(format!("perron{}", std::env::consts::EXE_SUFFIX));
    if !binary.exists() {
        bail!("cargo built the server but {} is not there", binary.display());
    }
    Ok(binary)
}
