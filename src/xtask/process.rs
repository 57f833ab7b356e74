//! Starting other programs, with their output shown or read.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a program to its end with its output shown as it comes.
///
/// # Errors
/// When it cannot be started, or ends with a failure; `what` opens the sentence.
pub(crate) fn show(what: &str, command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status =
        command.status().with_context(|| format!("{what} failed: `{name}` cannot be started"))?;
    if !status.success() {
        bail!("{what} failed ({status}); the lines above say why");
    }
    Ok(())
}

/// The standard output of a program, or nothing when it is missing or fails.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program answers to `--version`.
pub(crate) fn exists(program: impl AsRef<OsStr>) -> bool {
    read(Command::new(program).arg("--version")).is_some()
}
