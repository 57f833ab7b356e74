//! A campaign in miniature: founded, joined, confirmed and rotated through the real code.

use super::SeededRandom;
use crate::campaign::{self, Enrolment, confirm, found, invite, rotate};
use crate::ids::{DeviceId, EntryId, MemberId};
use crate::keys::{DeviceKeys, InviteSecret, Keyring, NetworkKeys, RecoveryCode, random};
use crate::protocol::OpenInvite;
use crate::roster::{Act, Confirmation, Line, Revocation, Role, Signer};

/// A campaign with its founder.
#[derive(Clone)]
pub struct Camp {
    /// Every random byte of it.
    pub rng: SeededRandom,
    /// The roster.
    pub line: Line,
    /// The recovery code.
    pub code: RecoveryCode,
    /// The founder.
    pub founder: Person,
}

/// A member's device.
#[derive(Clone)]
pub struct Person {
    /// Its keys.
    pub keys: DeviceKeys,
    /// Its member.
    pub member: MemberId,
    /// The network keys that its invitation handed over.
    pub network: NetworkKeys,
}

/// A device that enrolled and is not confirmed yet.
#[derive(Clone)]
pub struct Guest {
    /// The device.
    pub person: Person,
    /// The invitation's secret.
    pub secret: InviteSecret,
    /// What a server tells coordinators of it.
    pub enrolment: Enrolment,
}

impl Camp {
    /// The campaign of this seed.
    ///
    /// # Panics
    /// When founding is broken.
    pub fn new(seed: u64) -> Self {
        let mut rng = SeededRandom::new(seed);
        let keys = DeviceKeys::generate(&mut rng);
        let code = RecoveryCode::new(random(&mut rng));
        let founded = found(&keys, &code, &mut rng).expect("a campaign can be founded");
        let founder = Person { keys, member: founded.member, network: NetworkKeys(Vec::new()) };
        Self { rng, line: founded.line, code, founder }
    }

    /// A guest of the founder, not confirmed.
    ///
    /// # Panics
    /// When the team key is unusable.
    pub fn guest(&mut self, role: Role) -> Guest {
        self.invited(role, None)
    }

    /// A new phone of a member, invited by the founder and not confirmed.
    ///
    /// # Panics
    /// When the team key is unusable.
    pub fn new_phone(&mut self, of: &Person, role: Role) -> Guest {
        self.invited(role, Some(of.member))
    }

    fn invited(&mut self, role: Role, member: Option<MemberId>) -> Guest {
        let ring = self.founder.ring(&self.line);
        let guest = campaign::Guest { role, name: "Guest".to_owned(), member };
        let (open, link) =
            invite(&self.line, &ring, guest, &mut self.rng).expect("the team's key is usable");
        let keys = DeviceKeys::generate(&mut self.rng);
        let proof = link.secret.proof(&keys.public());
        let OpenInvite { invite, terms, generation, .. } = open;
        let enrolment = Enrolment { invite, terms, generation, keys: keys.public(), proof };
        let (member, network) = (link.member(), ring.network_keys());
        Guest { person: Person { keys, member, network }, secret: link.secret, enrolment }
    }

    /// Takes a guest into the roster.
    ///
    /// # Panics
    /// When an honest guest is refused.
    pub fn confirm(&mut self, guest: &Guest) {
        let ring = self.founder.ring(&self.line);
        let (entry, _) = confirm(&self.line, &ring, &guest.enrolment, &mut self.rng)
            .expect("an honest guest is confirmed");
        self.line.append(&entry).expect("a confirmation continues the roster");
    }

    /// A confirmed member's device.
    pub fn join(&mut self, role: Role) -> Person {
        let guest = self.guest(role);
        self.confirm(&guest);
        guest.person
    }

    /// A further device of a member, confirmed without an invitation.
    ///
    /// # Panics
    /// When the roster refuses it.
    pub fn join_as(&mut self, person: &Person, role: Role) -> Person {
        let keys = DeviceKeys::generate(&mut self.rng);
        let member = person.member;
        let confirmation =
            Confirmation { member, role, keys: keys.public(), invite: None, wraps: Vec::new() };
        self.act(Act::Confirmation(confirmation)).expect("a new device is confirmed");
        Person { keys, member, network: self.founder.ring(&self.line).network_keys() }
    }

    /// Puts a device out, with the last bundles of it that count.
    ///
    /// # Panics
    /// When the roster refuses it.
    pub fn revoke(&mut self, device: DeviceId, accepted: Vec<EntryId>) {
        self.act(Act::Revocation(Revocation { device, accepted })).expect("a device is put out");
    }

    /// Begins a generation of keys.
    ///
    /// # Panics
    /// When the roster refuses it.
    pub fn rotate(&mut self) {
        let ring = self.founder.ring(&self.line);
        let entry = rotate(&self.line, &ring, &mut self.rng).expect("the founder rotates");
        self.line.append(&entry).expect("a generation continues the roster");
    }

    /// Appends an act that the founder signs.
    ///
    /// # Errors
    /// [`RosterRefusal`](crate::roster::RosterRefusal).
    pub fn act(&mut self, act: Act) -> Result<EntryId, crate::roster::RosterRefusal> {
        let keys = &self.founder.keys;
        let entry = self.line.sign_next(Signer::Device(keys.id()), act, keys);
        self.line.append(&entry)
    }
}

impl Person {
    /// Its keyring, as the roster makes it.
    pub fn ring(&self, line: &Line) -> Keyring {
        let mut ring = Keyring::new(self.keys.clone());
        ring.learn_network(&self.network);
        ring.learn(line);
        ring
    }

    /// Its device.
    pub fn device(&self) -> DeviceId {
        self.keys.id()
    }
}
