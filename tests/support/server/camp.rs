//! A campaign on a server: its people, and what they push.

use std::net::SocketAddr;

use domain::bundle::{Audience, BodyItem, BundlePlan, ReaderKey, SealedBundle, seal};
use domain::keys::{InviteSecret, Reader};
use domain::protocol::{Enrol, Found, OpenInvite, PushItem};
use domain::roster::Role;
use domain::testing::{Camp, Guest, Person};

use super::{Client, Refused, Running};

/// A campaign that was founded over HTTP, with the founder signed in.
pub struct House {
    /// The campaign.
    pub camp: Camp,
    /// The founder's client.
    pub founder: Client,
}

/// A guest who enrolled over HTTP and signed in.
pub struct Enrolled {
    /// The guest.
    pub guest: Guest,
    /// Their client.
    pub client: Client,
}

/// What a coordinator's device sends to open a guest's invitation.
pub fn open_invite(guest: &Guest) -> OpenInvite {
    OpenInvite {
        invite: guest.enrolment.invite,
        token_hash: InviteSecret::token_hash(&guest.secret.token()),
        network: guest.secret.seal_network(&guest.person.network),
        terms: guest.enrolment.terms.clone(),
        generation: guest.enrolment.generation,
    }
}

impl House {
    /// Founds a campaign on a fresh server.
    ///
    /// # Panics
    /// When anything is refused.
    pub fn found(server: &Running, seed: u64) -> Self {
        Self::found_at(server.address, server.set_up.expect("a fresh server"), seed)
    }

    /// Founds a campaign with the secret of a set-up link.
    ///
    /// # Panics
    /// When anything is refused.
    pub fn found_at(address: SocketAddr, set_up: [u8; 16], seed: u64) -> Self {
        let camp = Camp::new(seed);
        let mut founder = Client::new(address);
        let roster = camp.line.entries().map(<[u8]>::to_vec).collect();
        founder.call::<_, ()>("found", &Found { set_up, roster }).expect("a campaign is founded");
        founder.sign_in(camp.line.campaign(), &camp.founder.keys).expect("the founder signs in");
        Self { camp, founder }
    }

    /// The call by which a guest enrols.
    pub fn enrol(&self, guest: &Guest) -> Enrol {
        Enrol {
            campaign: self.camp.line.campaign(),
            invite: guest.enrolment.invite,
            token: guest.secret.token(),
            keys: guest.person.keys.public(),
            proof: guest.enrolment.proof,
        }
    }

    /// Invites and enrols a guest, who signs in and is not confirmed.
    ///
    /// # Panics
    /// When anything is refused.
    pub fn guest(&mut self, address: SocketAddr, role: Role) -> Enrolled {
        let guest = self.camp.guest(role);
        self.founder.call::<_, ()>("invites", &open_invite(&guest)).expect("an invitation opens");
        let mut client = Client::new(address);
        let enrol = self.enrol(&guest);
        client.call::<_, domain::protocol::Enrolled>("enrol", &enrol).expect("the guest enrols");
        client.sign_in(self.camp.line.campaign(), &guest.person.keys).expect("the guest signs in");
        Enrolled { guest, client }
    }

    /// Confirms a guest and pushes the roster entry.
    ///
    /// # Panics
    /// When it is refused.
    pub fn confirm(&mut self, guest: &Guest) {
        self.camp.confirm(guest);
        self.push_roster().expect("the roster is taken");
    }

    /// Pushes the newest roster entry.
    ///
    /// # Errors
    /// [`Refused`], also with the code of a refused entry.
    pub fn push_roster(&self) -> Result<(), Refused> {
        let bytes = self.camp.line.entries().last().expect("a founder").to_vec();
        let receipts = self.founder.push(vec![PushItem { bytes, wraps: Vec::new() }])?;
        match &receipts[0].outcome {
            domain::protocol::Outcome::Refused(word) => {
                Err(Refused::By(domain::protocol::Code::parse(word).expect("a known code")))
            }
            _ => Ok(()),
        }
    }

    /// Seals texts into a bundle of a person, for the readers of its audience.
    ///
    /// # Panics
    /// When sealing is broken.
    pub fn seal(&mut self, person: &Person, audience: Audience, texts: &[&str]) -> SealedBundle {
        let newest = self.camp.line.generation().expect("a founded campaign has keys");
        let (generation, team) = (newest.generation, newest.team);
        let team = (Reader::Team(generation), ReaderKey::Public(team));
        let own = ReaderKey::Public(person.keys.public().kex);
        let readers = match audience {
            Audience::Restricted => vec![team, (Reader::Device(person.device()), own)],
            Audience::Network => {
                let ring = person.ring(&self.camp.line);
                let key = *ring.network(generation).expect("a member holds the network key");
                vec![(Reader::Network(generation), ReaderKey::Shared(key))]
            }
        };
        let campaign = self.camp.line.campaign();
        let plan = BundlePlan { campaign, previous: None, audience, generation, readers: &readers };
        let item = |text: &&str| BodyItem { change: text.as_bytes().to_vec(), origin: None };
        let items: Vec<_> = texts.iter().map(item).collect();
        seal(&person.keys, &plan, &items, &mut self.camp.rng).expect("a bundle is sealed")
    }
}

impl Enrolled {
    /// The guest as a person.
    pub fn person(&self) -> &Person {
        &self.guest.person
    }
}
