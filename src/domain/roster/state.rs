//! What entries add up to.

use std::collections::{BTreeMap, BTreeSet};

use super::act::{Act, Confirmation, Generation, Recovery, Renewal, Revocation, Role};
use super::lineage::{Lineage, Node};
use super::refusal::RosterRefusal;
use super::soundness::Soundness;
use crate::ids::{DeviceId, EntryId, MemberId};
use crate::keys::{PublicKeys, Reader, Wrap};

/// What the roster says of one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceStanding {
    /// Its member.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
    /// Its keys.
    pub keys: PublicKeys,
    /// Set once it is revoked: its accepted bundles.
    pub revoked: Option<Vec<EntryId>>,
}

/// The sum of entries.
///
/// Law: of two branches the safe side wins. Who is put out by either is out; who is taken in by either is in,
/// unless the one who took it in is put out by the other; with two roles it has the lesser; every generation
/// of keys stays readable.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) devices: BTreeMap<DeviceId, DeviceStanding>,
    pub(super) confirmations: Vec<Confirmation>,
    pub(super) generations: Vec<Generation>,
    pub(super) older: Vec<Wrap>,
    pub(super) recovery: Option<Recovery>,
    /// Everybody ever put out, also who is not in.
    out: BTreeSet<DeviceId>,
}

impl State {
    /// The sum of all that leads to these entries: the newest of the line, and of a branch that joins it.
    pub(super) fn of(lineage: &Lineage, tips: &[EntryId]) -> Self {
        let nodes = lineage.order(tips);
        let joined = tips.len() > 1 || nodes.iter().any(|node| node.lost.is_some());
        let mut soundness = Soundness::new(lineage, &nodes, joined);
        let (mut state, mut code, mut outs) = (Self::default(), None, BTreeMap::new());
        for node in nodes {
            let sound = soundness.holds(node);
            match &node.entry.act {
                Act::Confirmation(confirmation) if !sound => state.hear(confirmation),
                // Of two codes at each other's side the line's stays.
                Act::Recovery(_)
                    if !sound || code.is_some_and(|code| !lineage.precedes(&code, &node.id)) => {}
                Act::Recovery(_) => {
                    code = Some(node.id);
                    state.apply(&node.entry.act);
                }
                Act::Revocation(revocation) => put_out(&mut outs, revocation, sound),
                act => state.apply(act),
            }
            if let Some(device) = coordinator(node).filter(|_| sound) {
                soundness.ground(device, node);
            }
        }
        for (device, (_, accepted)) in outs {
            state.revoke(device, accepted);
        }
        state
    }

    /// Takes in an act that was checked.
    pub(super) fn apply(&mut self, act: &Act) {
        match act {
            Act::Founder(founder) => {
                let (member, keys) = (founder.member, founder.keys);
                let standing =
                    DeviceStanding { member, role: Role::Coordinator, keys, revoked: None };
                self.devices.insert(keys.device(), standing);
            }
            Act::Confirmation(confirmation) => self.confirm(confirmation),
            Act::Revocation(it) => self.revoke(it.device, it.accepted.clone()),
            Act::Generation(generation) => self.generations.push(generation.clone()),
            Act::Recovery(recovery) => self.recovery = Some(recovery.clone()),
            Act::Reunion(reunion) => {
                if let Some(renewal) = &reunion.renewal {
                    self.generations.push(renewal.generation.clone());
                    self.older.extend(renewal.older.iter().cloned());
                }
            }
        }
    }

    /// Whether this device may be taken in: it is neither in nor was it ever put out.
    pub(super) fn check_confirmation(&self, it: &Confirmation) -> Result<(), RosterRefusal> {
        let id = it.keys.device();
        let known = self.devices.contains_key(&id) || self.out.contains(&id);
        if known { Err(RosterRefusal::Device) } else { Ok(()) }
    }

    /// Whether this device may be put out.
    pub(super) fn check_revocation(&self, it: &Revocation) -> Result<(), RosterRefusal> {
        let standing = self.devices.get(&it.device).ok_or(RosterRefusal::Device)?;
        if standing.revoked.is_some() {
            return Err(RosterRefusal::Device);
        }
        let alone = self.coordinators().all(|id| *id == it.device);
        if alone { Err(RosterRefusal::LastCoordinator) } else { Ok(()) }
    }

    /// A generation must be readable by every coordinator's device and, once there is a code, by it.
    pub(super) fn check_generation(&self, it: &Generation) -> Result<(), RosterRefusal> {
        let number = self.newest_number() + 1;
        let chained = (number == 1) == it.older_team.is_none();
        let fits = it.generation == number && chained && self.reaches_all(it);
        if fits { Ok(()) } else { Err(RosterRefusal::Generation) }
    }

    /// As [`check_generation`](Self::check_generation); the older team key is missing when its signer lacks it.
    pub(super) fn check_renewal(&self, it: &Renewal) -> Result<(), RosterRefusal> {
        let number = it.generation.generation == self.newest_number() + 1;
        let fits = number && self.reaches_all(&it.generation);
        if fits { Ok(()) } else { Err(RosterRefusal::Generation) }
    }

    /// The highest number of a generation; 0 before the first.
    pub(super) fn newest_number(&self) -> u32 {
        self.generations.iter().map(|it| it.generation).max().unwrap_or_default()
    }

    fn reaches_all(&self, generation: &Generation) -> bool {
        let wrapped = |reader| generation.team_wraps.iter().any(|wrap| wrap.reader == reader);
        self.coordinators().all(|id| wrapped(Reader::Device(*id)))
            && (self.recovery.is_none() || wrapped(Reader::Recovery))
    }

    fn coordinators(&self) -> impl Iterator<Item = &DeviceId> {
        let devices = self.devices.iter();
        devices
            .filter(|(_, s)| s.revoked.is_none() && s.role == Role::Coordinator)
            .map(|(id, _)| id)
    }

    fn confirm(&mut self, confirmation: &Confirmation) {
        let Confirmation { member, role, keys, .. } = *confirmation;
        let standing = DeviceStanding { member, role, keys, revoked: None };
        let known = self.devices.entry(keys.device()).or_insert(standing);
        if right(role) < right(known.role) {
            known.role = role;
        }
        self.hear(confirmation);
    }

    /// Its keys stay known: who was taken in without right was given them all the same.
    fn hear(&mut self, confirmation: &Confirmation) {
        self.confirmations.push(confirmation.clone());
    }

    fn revoke(&mut self, device: DeviceId, accepted: Vec<EntryId>) {
        self.out.insert(device);
        if let Some(standing) = self.devices.get_mut(&device) {
            standing.revoked = Some(accepted);
        }
    }
}

fn right(role: Role) -> u8 {
    match role {
        Role::Partner => 0,
        Role::Volunteer => 1,
        Role::Coordinator => 2,
    }
}

/// The device that this entry makes a coordinator's.
fn coordinator(node: &Node) -> Option<DeviceId> {
    match &node.entry.act {
        Act::Founder(founder) => Some(founder.keys.device()),
        Act::Confirmation(it) if it.role == Role::Coordinator => Some(it.keys.device()),
        _ => None,
    }
}

type Outs = BTreeMap<DeviceId, (bool, Vec<EntryId>)>;

/// Of a device put out twice counts what either accepted; the word of one who is put out too only alone.
fn put_out(outs: &mut Outs, revocation: &Revocation, sound: bool) {
    let (was_sound, accepted) = outs.entry(revocation.device).or_default();
    if sound && !*was_sound {
        (*was_sound, *accepted) = (true, revocation.accepted.clone());
    } else if sound == *was_sound {
        let new = revocation.accepted.iter().filter(|id| !accepted.contains(id));
        let new: Vec<EntryId> = new.copied().collect();
        accepted.extend(new);
    }
}
