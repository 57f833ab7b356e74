//! From unsent changes to bundles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::{
    Audience, BadBundle, BodyItem, BundlePlan, MAX_CHANGES, ReaderKey, SealedBundle, seal,
};
use crate::change::{Change, RecordKey};
use crate::ids::{ChangeId, EntryId, MemberId};
use crate::keys::{Keyring, Reader};
use crate::order::{self, Gather};
use crate::roster::Line;

/// A change that waits for a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// The change.
    pub change: Change,
    /// Who may receive it.
    pub audience: Audience,
    /// The member who created the record, whose devices may read what is said of it.
    pub owner: Option<MemberId>,
}

/// A device's last bundle of each audience: the `previous` of the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tips {
    /// For the network.
    pub network: Option<EntryId>,
    /// For coordinators and authors.
    pub restricted: Option<EntryId>,
}

/// A bundle and what it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The bundle.
    pub sealed: SealedBundle,
    /// Its audience.
    pub audience: Audience,
    /// The records it speaks of.
    pub records: Vec<RecordKey>,
    /// The changes it carries.
    pub changes: Vec<ChangeId>,
}

/// What packing made of unsent changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packing {
    /// The bundles.
    pub packed: Vec<Packed>,
    /// The device's last bundles after them: store both in one transaction.
    pub tips: Tips,
    /// The changes that no bundle can carry, each with the reason. They stay unsent; the others went.
    pub stuck: BTreeMap<ChangeId, Stuck>,
}

/// Why a change stays unsent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// The roster or this device's keys lack the key of the newest generation: it comes with them.
    NoKey,
    /// This device is a copy of one that may live on: it seals nothing under that one's name.
    Copy,
    /// It is larger than a bundle. A change made with a form never is; somebody must help.
    TooLarge,
}

impl Stuck {
    /// A stable word for locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::Copy => "copy",
            Self::TooLarge => "too_large",
        }
    }
}

impl Tips {
    /// The tip of one audience.
    pub fn of(&self, audience: Audience) -> Option<EntryId> {
        match audience {
            Audience::Network => self.network,
            Audience::Restricted => self.restricted,
        }
    }

    pub(crate) fn advance(&mut self, audience: Audience, id: EntryId) {
        match audience {
            Audience::Network => self.network = Some(id),
            Audience::Restricted => self.restricted = Some(id),
        }
    }
}

/// The kind of record that travels before all else.
pub(crate) const ALERT: &str = "alert";

/// Packs unsent changes into as few bundles as their audiences, readers and sizes allow; alerts into bundles
/// of their own, which come first: a weak connection gets them through before anything else. What cannot be
/// packed holds up nothing else.
///
/// A restricted change of a record whose creator is not known yet gets a bundle that speaks of no other
/// record: so its key can be granted to the creator later, and gives away nothing else.
pub fn pack(
    unsent: &[Unsent],
    line: &Line,
    ring: &Keyring,
    mut tips: Tips,
    rng: &mut impl rand_core::CryptoRng,
) -> Packing {
    let mut groups: BTreeMap<_, Vec<&Unsent>> = BTreeMap::new();
    for one in unsent {
        let restricted = one.audience == Audience::Restricted;
        let owner = one.owner.filter(|_| restricted);
        let alone = (restricted && owner.is_none()).then(|| one.change.record());
        let can_wait = one.change.record().kind != ALERT;
        groups.entry((can_wait, one.audience, owner, alone)).or_default().push(one);
    }
    let (mut packed, mut stuck) = (Vec::new(), BTreeMap::new());
    for ((_, audience, owner, _), changes) in groups {
        for part in parts(&changes) {
            let sealed = match readers(line, ring, audience, owner) {
                Some(readers) => seal_part(&part, line, ring, &readers, tips.of(audience), rng),
                None => Err(Stuck::NoKey),
            };
            match sealed {
                Ok(sealed) => {
                    tips.advance(audience, sealed.id);
                    packed.push(carrying(&part, audience, sealed));
                }
                Err(why) => stuck.extend(part.iter().map(|one| (one.change.id(), why))),
            }
        }
    }
    Packing { packed, tips, stuck }
}

fn carrying(part: &[&Unsent], audience: Audience, sealed: SealedBundle) -> Packed {
    let mut records: Vec<RecordKey> = part.iter().map(|one| one.change.record().clone()).collect();
    order::sort(&mut records);
    records.dedup();
    let changes = part.iter().map(|one| one.change.id()).gather();
    Packed { sealed, audience, records, changes }
}

struct Readers {
    generation: u32,
    audience: Audience,
    /// Without these the bundle would be no use: the team and this device, or the network.
    needed: Vec<(Reader, ReaderKey)>,
    /// The devices of the record's creator.
    owned: Vec<(Reader, ReaderKey)>,
}

fn seal_part(
    part: &[&Unsent],
    line: &Line,
    ring: &Keyring,
    readers: &Readers,
    previous: Option<EntryId>,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<SealedBundle, Stuck> {
    let item = |one: &&Unsent| BodyItem { change: one.change.to_bytes(), origin: None };
    let items: Vec<BodyItem> = part.iter().map(item).collect();
    let mut seal_for = |readers: &[(Reader, ReaderKey)], from: &Readers| {
        let Readers { generation, audience, .. } = *from;
        let campaign = line.campaign();
        let plan = BundlePlan { campaign, previous, audience, generation, readers };
        seal(ring.device(), &plan, &items, rng)
    };
    let all = [readers.needed.as_slice(), &readers.owned].concat();
    let sealed = seal_for(&all, readers).or_else(|fault| match fault {
        // A device that announced an unusable key keeps nobody else from reading.
        BadBundle::Sealed(_) => seal_for(&readers.needed, readers),
        other => Err(other),
    });
    sealed.map_err(|fault| match fault {
        BadBundle::Body(_) => Stuck::TooLarge,
        BadBundle::Sealed(_) | BadBundle::Key => Stuck::NoKey,
    })
}

/// The readers of a bundle, and the generation of their keys: always the newest. None without its key.
fn readers(
    line: &Line,
    ring: &Keyring,
    audience: Audience,
    owner: Option<MemberId>,
) -> Option<Readers> {
    let newest = line.generation()?;
    let generation = newest.generation;
    if audience == Audience::Network {
        let key = ReaderKey::Shared(*ring.network(generation)?);
        let needed = vec![(Reader::Network(generation), key)];
        return Some(Readers { generation, audience, needed, owned: Vec::new() });
    }
    let me = ring.public();
    let needed = vec![
        (Reader::Team(generation), ReaderKey::Public(newest.team)),
        (Reader::Device(me.device()), ReaderKey::Public(me.kex)),
    ];
    let owned = owner.iter().flat_map(|member| line.devices_of(member));
    let owned = owned.filter(|(id, _)| **id != me.device());
    let owned =
        owned.map(|(id, standing)| (Reader::Device(*id), ReaderKey::Public(standing.keys.kex)));
    Some(Readers { generation, audience, needed, owned: owned.collect() })
}

/// Parts that fit a bundle each; only a change that is too large by itself may not.
fn parts<'a>(changes: &[&'a Unsent]) -> Vec<Vec<&'a Unsent>> {
    let (mut parts, mut size) = (vec![Vec::new()], 0);
    for one in changes {
        let length = one.change.to_bytes().len() + 64;
        if size + length > MAX_CHANGES && size > 0 {
            parts.push(Vec::new());
            size = 0;
        }
        size += length;
        if let Some(part) = parts.last_mut() {
            part.push(*one);
        }
    }
    parts
}
