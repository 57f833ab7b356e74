//! `cargo xtask run --demo`: the invented demo campaign, sealed and pushed through the real code.
//!
//! This process founds the campaign and plays three members: a coordinator, who confirms every new phone,
//! and two volunteers. The server process only ever sees what phones would send it. The coordinator's keys
//! are kept beside the demo's database, so that the campaign is the same the next time.

pub(crate) mod campaign;
mod device;
mod host;

pub(crate) use device::{Device, rng};
pub(crate) use host::Host;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use domain::roster::Role;

use crate::workspace;

/// Between two looks for new phones to confirm.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Serves the demo campaign with `server` on `port`, its database below `data`, until Ctrl-C.
///
/// # Errors
/// One sentence that says what to do.
pub(crate) fn serve(server: &Path, port: u16, data: Option<PathBuf>) -> Result<()> {
    let data = data.unwrap_or_else(|| workspace::root().join("data").join("demo"));
    let mut host = Host::start(server, port, &data)?;
    let mut coordinator = campaign::open(&host, &data)?;
    tell(&mut coordinator, port)?;
    loop {
        // Ctrl-C reaches the server too; with it this process has nothing left to do.
        if host.ended()? {
            return Ok(());
        }
        coordinator.confirm_waiting()?;
        std::thread::sleep(LOOK_EVERY);
    }
}

fn tell(coordinator: &mut Device, port: u16) -> Result<()> {
    let desk = coordinator.invite(Role::Coordinator, "Coordination (démo)")?;
    let phone = coordinator.invite(Role::Volunteer, "Volontaire (démo)")?;
    println!("\nThe demo campaign is served: ten invented collectives, ten invented visits.");
    println!("Enter it as a coordinator:\n  http://127.0.0.1:{port}/join#{desk}");
    println!("and as a volunteer, in the same browser (another origin has another notebook):");
    println!("  http://localhost:{port}/join#{phone}");
    println!("A phone is confirmed within half a minute of joining.");
    println!("Each link is good once, for seven days; a next start makes new ones. Ctrl-C stops.");
    Ok(())
}
