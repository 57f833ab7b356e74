//! The roster as it stands after its entries: a fold that accepts only continuations.

use std::collections::BTreeMap;

use super::act::{Act, Confirmation, Generation, Recovery, Revocation, Role, RosterEntry, Signer};
use super::refusal::RosterRefusal;
use crate::ids::{CampaignId, DeviceId, EntryId, MemberId};
use crate::keys::{DeviceKeys, PublicKeys, Reader};
use crate::ledger::{Kind, Signed};

/// What the roster says of one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceStanding {
    /// Its member.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
    /// Its keys.
    pub keys: PublicKeys,
    /// Set once it is revoked: its last accepted bundles.
    pub revoked: Option<Vec<EntryId>>,
}

/// A valid roster, from the founder to the newest entry known.
#[derive(Debug, Clone)]
pub struct Line {
    campaign: CampaignId,
    entries: Vec<(EntryId, Vec<u8>)>,
    devices: BTreeMap<DeviceId, DeviceStanding>,
    confirmations: Vec<Confirmation>,
    generations: Vec<Generation>,
    recovery: Option<Recovery>,
}

impl Line {
    /// Begins with the founder's entry.
    ///
    /// # Errors
    /// [`RosterRefusal`].
    pub fn found(bytes: &[u8]) -> Result<Self, RosterRefusal> {
        let entry = Signed::<RosterEntry>::read(Kind::Roster, bytes)?;
        let Act::Founder(founder) = &entry.body.act else { return Err(RosterRefusal::Moved) };
        let device = founder.keys.device();
        let first = entry.body.campaign.is_none() && entry.body.previous.is_none();
        if !first || entry.body.signer != Signer::Device(device) || !entry.signed_by(&founder.keys)
        {
            return Err(RosterRefusal::Signature);
        }
        let standing = DeviceStanding {
            member: founder.member,
            role: Role::Coordinator,
            keys: founder.keys,
            revoked: None,
        };
        Ok(Self {
            campaign: CampaignId(entry.id.0),
            entries: vec![(entry.id, bytes.to_vec())],
            devices: BTreeMap::from([(device, standing)]),
            confirmations: Vec::new(),
            generations: Vec::new(),
            recovery: None,
        })
    }

    /// A whole roster, from its founder on.
    ///
    /// # Errors
    /// [`RosterRefusal`] of the first entry that does not fit.
    pub fn read<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, RosterRefusal> {
        let mut entries = entries.into_iter();
        let mut line = Self::found(entries.next().ok_or(RosterRefusal::Moved)?)?;
        entries.try_for_each(|bytes| line.append(bytes).map(|_| ()))?;
        Ok(line)
    }

    /// Appends the next entry; an entry it already holds changes nothing.
    ///
    /// # Errors
    /// [`RosterRefusal`]; the line is as it was.
    pub fn append(&mut self, bytes: &[u8]) -> Result<EntryId, RosterRefusal> {
        let entry = Signed::<RosterEntry>::read(Kind::Roster, bytes)?;
        if self.contains(&entry.id) {
            return Ok(entry.id);
        }
        if entry.body.campaign != Some(self.campaign) {
            return Err(RosterRefusal::Campaign);
        }
        if entry.body.previous != Some(self.newest()) {
            return Err(RosterRefusal::Moved);
        }
        let signer = self.signing_keys(&entry.body)?;
        if !entry.signed_by(&signer) {
            return Err(RosterRefusal::Signature);
        }
        self.apply(entry.body)?;
        self.entries.push((entry.id, bytes.to_vec()));
        Ok(entry.id)
    }

    /// Signs the entry that would come next.
    pub fn sign_next(&self, signer: Signer, act: Act, keys: &DeviceKeys) -> Vec<u8> {
        let (campaign, previous) = (Some(self.campaign), Some(self.newest()));
        Signed::sign(Kind::Roster, RosterEntry { campaign, previous, signer, act }, keys).1
    }

    /// The campaign: the hash of the first entry.
    pub fn campaign(&self) -> CampaignId {
        self.campaign
    }

    /// The newest entry.
    pub fn newest(&self) -> EntryId {
        self.entries[self.entries.len() - 1].0
    }

    /// Whether this entry is part of the line.
    pub fn contains(&self, id: &EntryId) -> bool {
        self.entries.iter().any(|(known, _)| known == id)
    }

    /// The entries as bytes, founder first.
    pub fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|(_, bytes)| bytes.as_slice())
    }

    /// Every device ever taken in.
    pub fn devices(&self) -> &BTreeMap<DeviceId, DeviceStanding> {
        &self.devices
    }

    /// The devices taken in by confirmation, in order.
    pub fn confirmations(&self) -> &[Confirmation] {
        &self.confirmations
    }

    /// What it says of a device.
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceStanding> {
        self.devices.get(id)
    }

    /// The generations of keys, oldest first.
    pub fn generations(&self) -> &[Generation] {
        &self.generations
    }

    /// The newest generation of keys.
    pub fn generation(&self) -> Option<&Generation> {
        self.generations.last()
    }

    /// The recovery code's keys.
    pub fn recovery(&self) -> Option<&Recovery> {
        self.recovery.as_ref()
    }

    /// The devices of a member that were not revoked.
    pub fn devices_of(
        &self,
        member: &MemberId,
    ) -> impl Iterator<Item = (&DeviceId, &DeviceStanding)> {
        let member = *member;
        self.active().filter(move |(_, standing)| standing.member == member)
    }

    /// The devices that were not revoked.
    pub fn active(&self) -> impl Iterator<Item = (&DeviceId, &DeviceStanding)> {
        self.devices.iter().filter(|(_, standing)| standing.revoked.is_none())
    }

    /// Whether this is the device of a coordinator, and not revoked.
    pub fn is_coordinator(&self, id: &DeviceId) -> bool {
        self.device(id).is_some_and(|s| s.revoked.is_none() && s.role == Role::Coordinator)
    }

    fn coordinators(&self) -> impl Iterator<Item = &DeviceId> {
        self.active().filter(|(_, s)| s.role == Role::Coordinator).map(|(id, _)| id)
    }

    fn signing_keys(&self, entry: &RosterEntry) -> Result<PublicKeys, RosterRefusal> {
        match &entry.signer {
            Signer::Device(id) if self.is_coordinator(id) => Ok(self.devices[id].keys),
            Signer::Device(_) => Err(RosterRefusal::NotAllowed),
            // A lone code can take a coordinator's device in; everything else that device does itself.
            Signer::Recovery => match (&entry.act, &self.recovery) {
                (Act::Confirmation(_), Some(recovery)) => Ok(recovery.keys),
                _ => Err(RosterRefusal::NotAllowed),
            },
        }
    }

    fn apply(&mut self, entry: RosterEntry) -> Result<(), RosterRefusal> {
        match entry.act {
            Act::Founder(_) => Err(RosterRefusal::Moved),
            Act::Confirmation(confirmation) => self.confirm(confirmation),
            Act::Revocation(revocation) => self.revoke(revocation),
            Act::Generation(generation) => self.begin_generation(generation),
            Act::Recovery(recovery) => {
                self.recovery = Some(recovery);
                Ok(())
            }
        }
    }

    fn confirm(&mut self, confirmation: Confirmation) -> Result<(), RosterRefusal> {
        let id = confirmation.keys.device();
        if self.devices.contains_key(&id) {
            return Err(RosterRefusal::Device);
        }
        let Confirmation { member, role, keys, .. } = confirmation;
        self.devices.insert(id, DeviceStanding { member, role, keys, revoked: None });
        self.confirmations.push(confirmation);
        Ok(())
    }

    fn revoke(&mut self, revocation: Revocation) -> Result<(), RosterRefusal> {
        let alone = self.coordinators().all(|id| *id == revocation.device);
        let standing = self.devices.get_mut(&revocation.device).ok_or(RosterRefusal::Device)?;
        if standing.revoked.is_some() {
            return Err(RosterRefusal::Device);
        }
        if alone {
            return Err(RosterRefusal::LastCoordinator);
        }
        standing.revoked = Some(revocation.accepted);
        Ok(())
    }

    /// A generation must be readable by every coordinator's device and, once there is a code, by it.
    fn begin_generation(&mut self, generation: Generation) -> Result<(), RosterRefusal> {
        let number = self.generations.len() as u32 + 1;
        let wrapped = |reader| generation.team_wraps.iter().any(|wrap| wrap.reader == reader);
        let complete = self.coordinators().all(|id| wrapped(Reader::Device(*id)))
            && (self.recovery.is_none() || wrapped(Reader::Recovery))
            && (number == 1) == generation.older_team.is_none();
        if generation.generation != number || !complete {
            return Err(RosterRefusal::Generation);
        }
        self.generations.push(generation);
        Ok(())
    }
}
