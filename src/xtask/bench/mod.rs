//! `cargo xtask bench`: how long a phone takes with a great many records, in the real browser, beside a phone
//! with few in the same run.
//!
//! Two volunteers of a campaign write their visits through the phones' own code and sync most of them to a
//! real server; the browser then begins with their backups. Figures are printed, never asserted.

mod notebooks;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use self::notebooks::Size;
use crate::demo::Host;
use crate::server_build::{self, Profile};
use crate::{browser, client_build, process, test, workspace};

/// A phone of the first week: what the figures of the large one are compared with.
const FEW: usize = 100;
const VISITS_A_COLLECTIVE: usize = 100;
/// The collectives of a whole country's register, and a visit to each.
const REGISTER: usize = 5_000;

/// Prints the figures of a phone with so many own visits. With `built`, a server's binary, nothing is built.
///
/// # Errors
/// When something cannot be installed, built or measured.
pub(crate) fn bench(records: usize, built: Option<PathBuf>) -> Result<()> {
    let browser = browser::ensure()?;
    test::install_browser_tests()?;
    let server = server(built)?;
    let folder = workspace::target()?.join("bench");
    let mut sizes = compared(records);
    sizes.push(Size { name: "register".into(), visits: REGISTER, collectives: REGISTER });
    write_all(&sizes, &folder, Some(server.clone()))?;

    let mut measure = Command::new("npm");
    measure.args(["run", "bench"]).current_dir(workspace::e2e());
    measure.env("CHROMIUM", browser.chromium).env("PERRON_BINARY", server);
    measure.env("PERRON_NOTEBOOKS", &folder);
    process::show("The measurements", &mut measure)
}

/// Writes the two notebooks that are compared into a folder of their own: what is in it goes.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn write(records: usize, folder: &Path, built: Option<PathBuf>) -> Result<()> {
    write_all(&compared(records), folder, built)
}

fn compared(records: usize) -> Vec<Size> {
    let size = |visits: usize| Size {
        name: visits.to_string(),
        visits,
        collectives: visits.div_ceil(VISITS_A_COLLECTIVE),
    };
    vec![size(FEW), size(records)]
}

fn write_all(sizes: &[Size], folder: &Path, built: Option<PathBuf>) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).context("The last run's files cannot be removed")?;
    }
    std::fs::create_dir_all(folder).context("No folder for this run's files")?;
    let host = Host::start(&server(built)?, 0, &folder.join("data"))?;
    notebooks::write(&host, folder, sizes)
}

fn server(built: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(server) = built {
        return server.canonicalize().context("The server named is not there");
    }
    client_build::ensure()?;
    server_build::ensure(Profile::Release)
}
