//! The roster as it stands after its entries: a line that accepts only continuations.

use std::collections::BTreeMap;

use super::act::{Act, Confirmation, Generation, Recovery, Reunion, Role, RosterEntry, Signer};
use super::lineage::{Lineage, Node};
use super::refusal::RosterRefusal;
use super::state::{DeviceStanding, State};
use crate::ids::{CampaignId, DeviceId, EntryId, MemberId};
use crate::keys::{DeviceKeys, PublicKeys, Wrap};
use crate::ledger::{Kind, Signed};

/// Reunions within reunions: a restore that loses a reunion adds one. More is nobody's honest roster.
const DEEPEST: usize = 12;

/// A valid roster, from the founder to the newest entry known.
#[derive(Debug, Clone)]
pub struct Line {
    campaign: CampaignId,
    path: Vec<EntryId>,
    /// The entries of the line, and those that its reunions carry.
    lineage: Lineage,
    state: State,
}

impl Line {
    /// The roster of a notebook to practise with: it names nobody and has no keys. Nothing can be appended to it,
    /// since nobody may sign, and nothing can be sealed by it.
    pub fn of_nobody() -> Self {
        let (lineage, state) = (Lineage::default(), State::default());
        Self { campaign: CampaignId([0; 32]), path: Vec::new(), lineage, state }
    }

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
        let campaign = CampaignId(entry.id.0);
        let (lineage, state) = (Lineage::default(), State::default());
        let mut line = Self { campaign, path: Vec::new(), lineage, state };
        line.state.apply(&entry.body.act);
        line.push(entry, bytes, None);
        Ok(line)
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
        self.append_within(bytes, DEEPEST)
    }

    /// The line that lost entries make, the first of which follows any entry known here.
    ///
    /// # Errors
    /// [`RosterRefusal`]: they are no branch of this roster.
    pub fn branch(&self, lost: &[Vec<u8>]) -> Result<Self, RosterRefusal> {
        self.branch_within(lost, DEEPEST)
    }

    /// The line up to an entry known here.
    pub fn up_to(&self, id: &EntryId) -> Option<Self> {
        if !self.contains(id) {
            return None;
        }
        let lineage = self.lineage.up_to(id);
        let (path, state) = (lineage.path(id), State::of(&lineage, &[*id]));
        Some(Self { campaign: self.campaign, path, lineage, state })
    }

    /// What both branches add up to, before anybody signed that.
    #[must_use]
    pub fn united(&self, branch: &Self) -> Self {
        let mut united = self.clone();
        united.lineage.merge(&branch.lineage);
        united.state = State::of(&united.lineage, &[self.newest(), branch.newest()]);
        united
    }

    /// Whether everything that the other line knows is part of this one or carried by it.
    ///
    /// Law: a device leaves its line only for one that covers it. So no server and nobody who was put out can
    /// make it forget an entry: a reunion is valid only when its signer is a coordinator by both branches.
    pub fn covers(&self, other: &Self) -> bool {
        other.path.iter().all(|id| self.contains(id))
    }

    /// The other line's entries that this one neither has nor carries, in order.
    pub fn lacks<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a [u8]> {
        let ids = other.path.iter().filter(|id| !self.contains(id));
        ids.filter_map(|id| other.lineage.get(id)).map(|node| node.bytes.as_slice())
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

    /// The newest entry; in the roster of nobody, the hash of nothing: zeros.
    pub fn newest(&self) -> EntryId {
        self.path.last().copied().unwrap_or(EntryId([0; 32]))
    }

    /// Whether this entry is part of the line or carried by a reunion in it.
    pub fn contains(&self, id: &EntryId) -> bool {
        self.lineage.contains(id)
    }

    /// Whether this entry is part of the line itself.
    pub fn passes(&self, id: &EntryId) -> bool {
        self.path.contains(id)
    }

    /// Whether the newest entry joined a branch.
    pub fn joins(&self) -> bool {
        self.lineage.get(&self.newest()).is_some_and(|node| node.lost.is_some())
    }

    /// The entries of the line as bytes, founder first; those that reunions carry are inside these.
    pub fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.path.iter().filter_map(|id| self.lineage.get(id)).map(|node| node.bytes.as_slice())
    }

    /// Every device ever taken in with right.
    pub fn devices(&self) -> &BTreeMap<DeviceId, DeviceStanding> {
        &self.state.devices
    }

    /// Every confirmation, in order; also those that a reunion left without effect.
    pub fn confirmations(&self) -> &[Confirmation] {
        &self.state.confirmations
    }

    /// What it says of a device.
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceStanding> {
        self.state.devices.get(id)
    }

    /// The generations of keys, each after those whose keys it hands on. Of two branches both are here, so
    /// that a number may come twice.
    pub fn generations(&self) -> &[Generation] {
        &self.state.generations
    }

    /// The newest generation of keys: its number is the highest.
    pub fn generation(&self) -> Option<&Generation> {
        self.state.generations.last()
    }

    /// The older keys that reunions hand on.
    pub fn older_keys(&self) -> &[Wrap] {
        &self.state.older
    }

    /// The number that the next generation takes.
    pub fn next_generation(&self) -> u32 {
        self.state.newest_number() + 1
    }

    /// The recovery code's keys.
    pub fn recovery(&self) -> Option<&Recovery> {
        self.state.recovery.as_ref()
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
        self.devices().iter().filter(|(_, standing)| standing.revoked.is_none())
    }

    /// Whether this is the device of a coordinator, and not revoked.
    pub fn is_coordinator(&self, id: &DeviceId) -> bool {
        self.device(id).is_some_and(|s| s.revoked.is_none() && s.role == Role::Coordinator)
    }

    fn append_within(&mut self, bytes: &[u8], depth: usize) -> Result<EntryId, RosterRefusal> {
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
        let mut lost = None;
        match &entry.body.act {
            Act::Founder(_) => return Err(RosterRefusal::Moved),
            Act::Confirmation(it) => self.state.check_confirmation(it)?,
            Act::Revocation(it) => self.state.check_revocation(it)?,
            Act::Generation(it) => self.state.check_generation(it)?,
            Act::Recovery(_) => {}
            Act::Reunion(it) => lost = Some(self.reunite(it, &entry.body, &signer, depth)?),
        }
        self.state.apply(&entry.body.act);
        let id = entry.id;
        self.push(entry, bytes, lost);
        Ok(id)
    }

    fn signing_keys(&self, entry: &RosterEntry) -> Result<PublicKeys, RosterRefusal> {
        match &entry.signer {
            Signer::Device(id) if self.is_coordinator(id) => Ok(self.devices()[id].keys),
            Signer::Device(_) => Err(RosterRefusal::NotAllowed),
            // A lone code can take a coordinator's device in, and join two branches that have no coordinator
            // in common; everything else that device does itself.
            Signer::Recovery => match (&entry.act, self.recovery()) {
                (Act::Confirmation(_) | Act::Reunion(_), Some(recovery)) => Ok(recovery.keys),
                _ => Err(RosterRefusal::NotAllowed),
            },
        }
    }

    /// Joins a lost branch: the newest entry of it.
    fn reunite(
        &mut self,
        reunion: &Reunion,
        entry: &RosterEntry,
        signer: &PublicKeys,
        depth: usize,
    ) -> Result<EntryId, RosterRefusal> {
        let depth = depth.checked_sub(1).ok_or(RosterRefusal::Reunion)?;
        let branch = self.branch_within(&reunion.lost, depth)?;
        if branch.signing_keys(entry)? != *signer {
            return Err(RosterRefusal::NotAllowed);
        }
        let united = self.united(&branch);
        match &reunion.renewal {
            None if self.generations() == branch.generations() => {}
            Some(renewal) if self.generations() != branch.generations() => {
                united.state.check_renewal(renewal)?;
            }
            _ => return Err(RosterRefusal::Generation),
        }
        (self.lineage, self.state) = (united.lineage, united.state);
        Ok(branch.newest())
    }

    fn branch_within(&self, lost: &[Vec<u8>], depth: usize) -> Result<Self, RosterRefusal> {
        let first = lost.first().ok_or(RosterRefusal::Reunion)?;
        let first = Signed::<RosterEntry>::read(Kind::Roster, first)?;
        let before = first.body.previous.filter(|id| !self.newest().eq(id));
        if self.contains(&first.id) {
            return Err(RosterRefusal::Reunion);
        }
        let mut line = before.and_then(|id| self.up_to(&id)).ok_or(RosterRefusal::Reunion)?;
        for bytes in lost {
            let known = line.newest();
            if line.append_within(bytes, depth)? != line.newest() || line.newest() == known {
                return Err(RosterRefusal::Reunion);
            }
        }
        Ok(line)
    }

    fn push(&mut self, entry: Signed<RosterEntry>, bytes: &[u8], lost: Option<EntryId>) {
        let (id, entry) = (entry.id, entry.body);
        self.path.push(id);
        self.lineage.insert(Node { id, bytes: bytes.to_vec(), entry, lost });
    }
}
