//! The demo campaign: founded once, filled by three members, then opened again.

use std::path::Path;

use anyhow::{Context, Result};
use domain::change::{RecordKey, Value as Field};
use domain::forms::Form;
use domain::ids::{InviteId, RecordId};
use domain::keys::{DeviceKeys, InviteTerms, NetworkKeys, RecoveryCode, random};
use domain::notebook::{Identity, NewRecord, SaveError, Writes};
use domain::protocol::Found;
use domain::roster::Role;
use serde_json::Value;

use super::device::{Device, now, post_open, rng};
use super::host::Host;
use crate::observations::{self, Made};

const NAME: &str = "Campagne de démonstration";

/// The demo's coordinator; the campaign is founded and filled when it does not exist yet.
pub(crate) fn open(host: &Host, data: &Path) -> Result<Device> {
    let file = data.join("demo-coordinator.rows");
    let Some(set_up) = &host.set_up else {
        return Device::load(&host.origin, file)?.with_context(|| {
            format!(
                "{} holds a campaign that is not the demo's: choose another --data",
                data.display()
            )
        });
    };
    eprintln!("── Founding the demo campaign");
    let mut coordinator = found(host, set_up, &file)?;
    let mut volunteers = Vec::new();
    for name in ["Nour", "Lucie"] {
        let link = coordinator.invite(Role::Volunteer, name)?;
        volunteers.push(Device::join(&host.origin, &link)?);
        // The guest's first call makes it known; then it is confirmed like any phone.
        volunteers.last_mut().context("just enrolled")?.sync()?;
        coordinator.confirm_waiting()?;
    }
    fill(&mut coordinator, &mut volunteers)?;
    Ok(coordinator)
}

/// Gives a member a name in the coordinators' list.
pub(crate) fn name_member(device: &mut Device, terms: &InviteTerms) -> Result<()> {
    name(device, "member", RecordId(terms.member().0), &terms.name)
}

fn found(host: &Host, set_up: &str, file: &Path) -> Result<Device> {
    let keys = DeviceKeys::generate(&mut rng());
    let code = RecoveryCode::new(random(&mut rng()));
    let founded = domain::campaign::found(&keys, &code, &mut rng())?;
    let set_up = set_up.parse::<InviteId>().context("The set-up link is not understood")?.0;
    let roster = founded.line.entries().map(<[u8]>::to_vec).collect();
    post_open(&host.origin, "found", &Found { set_up, roster })?;
    let (role, network) = (Role::Coordinator, NetworkKeys(Vec::new()));
    let identity = Identity { keys, member: founded.member, role, network };
    let mut device = Device::begin(&host.origin, identity, founded.line, Some(file.to_owned()))?;
    let mut id = [0; 16];
    id.copy_from_slice(&device.notebook.line().campaign().0[..16]);
    name(&mut device, "campaign", RecordId(id), NAME)?;
    device.sync()?;
    Ok(device)
}

/// Writes the invented records as their authors would, and one disagreement.
fn fill(coordinator: &mut Device, volunteers: &mut [Device]) -> Result<()> {
    let (mut made, mut visits) = (Made::new(), Vec::new());
    for (index, (form, record)) in observations::records()?.into_iter().enumerate() {
        let author = index % volunteers.len();
        let key = write(&mut volunteers[author], form, &record, &made)?;
        made.insert(observations::id(&record), key.id.uuid());
        if key.kind == "visit" {
            visits.push((author, key));
        }
    }
    volunteers.iter_mut().try_for_each(Device::sync)?;
    coordinator.sync()?;
    if let Some((author, visit)) = visits.get(3) {
        disagree(coordinator, &mut volunteers[*author], visit)?;
    }
    volunteers.iter_mut().try_for_each(Device::sync)?;
    coordinator.sync()
}

/// Writes a record of the file as a device's own.
pub(crate) fn write(
    device: &mut Device,
    form: &Form,
    record: &Value,
    made: &Made,
) -> Result<RecordKey> {
    let created: NewRecord = device.notebook.new_record(&mut rng());
    let key = RecordKey { kind: form.record_kind.clone(), id: created.id };
    let fields = observations::fields(form, record, made);
    let desired = fields.map(|(name, value)| (name, Some(value))).collect();
    device.act(|notebook| notebook.save(&key, Some(&created), desired, now(), &mut rng()))?;
    Ok(key)
}

/// Two people change one field apart: the coordinators' list shows both values.
fn disagree(coordinator: &mut Device, author: &mut Device, visit: &RecordKey) -> Result<()> {
    let change = |status: &str| [("hosting_status".to_owned(), Some(Field::from(status)))].into();
    author.act(|n| n.save(visit, None, change("hosting_now"), now(), &mut rng()))?;
    coordinator.act(|n| n.save(visit, None, change("stopped"), now(), &mut rng()))
}

fn name(device: &mut Device, kind: &str, id: RecordId, name: &str) -> Result<()> {
    let key = RecordKey { kind: kind.to_owned(), id };
    let desired = [("name".to_owned(), Some(Field::from(name)))].into();
    device.act(|notebook| match notebook.save(&key, None, desired, now(), &mut rng()) {
        Err(SaveError::Nothing) => Ok(Writes::default()),
        other => other,
    })
}
