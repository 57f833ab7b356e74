//! Founded campaigns to begin histories from: one for each choice of members, made once.

use std::sync::LazyLock;

use domain::notebook::{Identity, Notebook};
use domain::roster::{Line, Role};
use domain::testing::{Camp, Person};

use super::device::Device;
use super::mix::Mix;

/// A campaign and the devices in it, coordinators first.
#[derive(Clone)]
pub(super) struct Cast {
    pub(super) camp: Camp,
    pub(super) devices: Vec<Device>,
    /// The first volunteer.
    pub(super) volunteer: Person,
}

static CASTS: LazyLock<Vec<Cast>> = LazyLock::new(|| (0..8).map(gather).collect());

/// The cast that a mix asks for.
pub(super) fn cast(mix: &Mix) -> Cast {
    let flags = [mix.second_coordinator, mix.second_volunteer, mix.tablet];
    let index = flags.iter().rev().fold(0, |index, flag| index * 2 + usize::from(*flag));
    CASTS[index].clone()
}

fn gather(flags: u64) -> Cast {
    let mut camp = Camp::new(flags);
    let mut people = vec![(camp.founder.clone(), Role::Coordinator)];
    if flags & 1 != 0 {
        people.push((camp.join(Role::Coordinator), Role::Coordinator));
    }
    let volunteer = camp.join(Role::Volunteer);
    people.push((volunteer.clone(), Role::Volunteer));
    if flags & 2 != 0 {
        people.push((camp.join(Role::Volunteer), Role::Volunteer));
    }
    if flags & 4 != 0 {
        people.push((camp.join_as(&volunteer, Role::Volunteer), Role::Volunteer));
    }
    let devices = people.into_iter().map(|(person, role)| begun(person, role, &camp.line));
    Cast { devices: devices.collect(), camp, volunteer }
}

/// A device that just entered the campaign.
pub(super) fn begun(person: Person, role: Role, line: &Line) -> Device {
    let Person { keys, member, network } = person;
    Device::new(Notebook::begin(Identity { keys, member, role, network }, line.clone()))
}
