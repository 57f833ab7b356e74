//! Two volunteers' notebooks, written by the phones' own code: their backups, to begin with in a browser.

use std::path::Path;

use anyhow::{Context, Result};
use domain::forms::CivilDate;
use domain::keys::{BackupCode, random};
use domain::roster::Role;
use serde_json::json;

use crate::demo::{Device, Host, campaign, rng};
use crate::observations::{self, Made};

/// So many visits, the last ones, are not sent yet.
const UNSENT: usize = 40;
/// The last visits are of this day, the others of the days before it.
const LAST_DAY: &str = "2026-11-20";
const VISITS_A_DAY: usize = 8;

/// A notebook to write.
pub(super) struct Size {
    /// What its files are called.
    pub(super) name: String,
    /// So many own visits.
    pub(super) visits: usize,
    /// To so many collectives.
    pub(super) collectives: usize,
}

/// Writes `<name>.perron`, a backup, and `<name>.code`, what opens it, for each of the sizes.
pub(super) fn write(host: &Host, folder: &Path, sizes: &[Size]) -> Result<()> {
    let mut coordinator = campaign::open(host, folder)?;
    for size in sizes {
        let Size { name, visits, collectives } = size;
        eprintln!("── Writing a notebook of {visits} visits to {collectives} collectives");
        let link = coordinator.invite(Role::Volunteer, &format!("Volontaire {name}"))?;
        let mut volunteer = Device::join(&host.origin, &link)?;
        // Its first call makes it known; then it is confirmed like any phone.
        volunteer.sync()?;
        coordinator.confirm_waiting()?;
        fill(&mut volunteer, size)?;
        let code = BackupCode::new(random(&mut rng()));
        let file = volunteer.backup().seal(&code, random(&mut rng()))?;
        let put = |end, bytes: &[u8]| std::fs::write(folder.join(format!("{name}.{end}")), bytes);
        put("perron", &file).context("A backup cannot be written")?;
        put("code", code.to_string().as_bytes()).context("A code cannot be written")?;
    }
    Ok(())
}

/// The invented records again and again, each time another collective, another day.
fn fill(volunteer: &mut Device, size: &Size) -> Result<()> {
    let Size { visits, collectives, .. } = *size;
    let invented = observations::records()?;
    let nth = |kind: &str, index: usize| {
        let mut of_kind = invented.iter().filter(|(form, _)| form.record_kind == kind);
        let count = of_kind.clone().count().max(1);
        of_kind.nth(index % count).cloned().context("No record of this kind was invented")
    };
    let last: CivilDate = LAST_DAY.parse().context("the last day")?;
    let mut ids = Made::new();
    for index in 0..collectives {
        let (form, mut collective) = nth("initiative", index)?;
        let alias = collective["alias"].as_str().unwrap_or_default().to_owned();
        collective["alias"] = json!(format!("{alias} {index}"));
        let key = campaign::write(volunteer, form, &collective, &ids)?;
        ids.insert(index.to_string(), key.id.uuid());
    }
    for index in 0..visits {
        let (form, mut visit) = nth("visit", index)?;
        let days = i64::try_from((visits - index) / VISITS_A_DAY)?;
        visit["visited_on"] = json!(last.plus_days(-days).to_string());
        visit["initiative_id"] = json!((index * 7 % ids.len()).to_string());
        campaign::write(volunteer, form, &visit, &ids)?;
        if index + UNSENT == visits {
            volunteer.sync()?;
        }
    }
    Ok(())
}
