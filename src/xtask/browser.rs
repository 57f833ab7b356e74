//! Chromium and its driver for the browser tests: found, installed through apt, or asked for.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// The two programs; they must come from one release.
pub(crate) struct Browser {
    /// Chromium itself.
    pub(crate) chromium: PathBuf,
    /// Its WebDriver server.
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, installing Debian's where that is possible.
///
/// The variables `CHROMIUM` and `CHROMEDRIVER` name others.
///
/// # Errors
/// When they are missing and cannot be installed from here.
pub(crate) fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let Some(mut apt) = apt() else {
        bail!(
            "Chromium and its driver are needed for the browser tests, and cannot be installed from here. \
             On Debian or Ubuntu run `sudo apt install chromium chromium-driver`; elsewhere install both in \
             one version and set CHROMIUM and CHROMEDRIVER to the two programs."
        );
    };
    eprintln!("── Installing chromium and chromium-driver");
    apt.args([
        "apt-get",
        "install",
        "--yes",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
    ]);
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    process::show("Installing Chromium", &mut apt)?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "apt installed Chromium, but it is not on the path: set CHROMIUM and CHROMEDRIVER."
        ),
    }
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: program("CHROMIUM", &["/usr/bin/chromium", "/usr/bin/chromium-browser"])?,
        driver: program("CHROMEDRIVER", &["/usr/bin/chromedriver"])?,
    })
}

fn program(variable: &str, usual: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named.into_iter().chain(usual.iter().map(PathBuf::from)).find(|path| path.is_file())
}

/// `apt-get` with the right to install, or nothing: never a question on the terminal.
fn apt() -> Option<Command> {
    if !process::exists("apt-get") {
        return None;
    }
    let is_root = process::read(Command::new("id").arg("-u"))?.trim() == "0";
    if is_root {
        return Some(Command::new("env"));
    }
    process::read(Command::new("sudo").args(["-n", "true"]))?;
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "env"]);
    Some(sudo)
}
