//! `cargo xtask run --demo`: the invented demo campaign, sealed and pushed through the real code.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Serves the demo campaign with `server` on `port`, its database below `data`.
///
/// # Errors
/// Always, until the protocol exists that the demo is to be pushed through.
pub(crate) fn serve(_server: &Path, _port: u16, _data: Option<PathBuf>) -> Result<()> {
    bail!("The demo campaign is not built yet: run `cargo xtask run` without `--demo`.")
}
