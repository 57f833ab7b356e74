//! From unsent changes to bundles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::{
    Audience, BadBundle, BodyItem, BundlePlan, MAX_CHANGES, ReaderKey, SealedBundle, seal,
};
use crate::change::{Change, RecordKey};
use crate::ids::{ChangeId, EntryId, MemberId};
use crate::keys::{Keyring, Reader};
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

/// Why changes stay unsent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPacked {
    /// The roster or this device's keys lack the key of the newest generation.
    #[error("the key to seal with is not known yet")]
    NoKey,
    /// Sealing failed.
    #[error(transparent)]
    Bundle(#[from] BadBundle),
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
/// of their own, which come first: a weak connection gets them through before anything else.
///
/// The returned tips belong to the returned bundles: store both in one transaction.
///
/// # Errors
/// [`NotPacked`]; then nothing was packed.
pub fn pack(
    unsent: &[Unsent],
    line: &Line,
    ring: &Keyring,
    mut tips: Tips,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<(Vec<Packed>, Tips), NotPacked> {
    let mut groups: BTreeMap<(bool, Audience, Option<MemberId>), Vec<&Unsent>> = BTreeMap::new();
    for one in unsent {
        let owner = one.owner.filter(|_| one.audience == Audience::Restricted);
        let can_wait = one.change.record().kind != ALERT;
        groups.entry((can_wait, one.audience, owner)).or_default().push(one);
    }
    let mut packed = Vec::new();
    for ((_, audience, owner), changes) in groups {
        let (generation, readers) = readers(line, ring, audience, owner)?;
        for part in parts(&changes) {
            let previous = tips.of(audience);
            let campaign = line.campaign();
            let plan = BundlePlan { campaign, previous, audience, generation, readers: &readers };
            let item = |one: &&Unsent| BodyItem { change: one.change.to_bytes(), origin: None };
            let items: Vec<BodyItem> = part.iter().map(item).collect();
            let sealed = seal(ring.device(), &plan, &items, rng)?;
            tips.advance(audience, sealed.id);
            let mut records: Vec<RecordKey> =
                part.iter().map(|one| one.change.record().clone()).collect();
            records.sort();
            records.dedup();
            let changes = part.iter().map(|one| one.change.id()).collect();
            packed.push(Packed { sealed, audience, records, changes });
        }
    }
    Ok((packed, tips))
}

type Readers = Vec<(Reader, ReaderKey)>;

/// The readers of a bundle, and the generation of their keys: always the newest.
fn readers(
    line: &Line,
    ring: &Keyring,
    audience: Audience,
    owner: Option<MemberId>,
) -> Result<(u32, Readers), NotPacked> {
    let newest = line.generation().ok_or(NotPacked::NoKey)?;
    let generation = newest.generation;
    if audience == Audience::Network {
        let key = ring.network(generation).ok_or(NotPacked::NoKey)?;
        return Ok((generation, vec![(Reader::Network(generation), ReaderKey::Shared(*key))]));
    }
    let me = ring.public();
    let mut readers = vec![
        (Reader::Team(generation), ReaderKey::Public(newest.team)),
        (Reader::Device(me.device()), ReaderKey::Public(me.kex)),
    ];
    let owned = owner.iter().flat_map(|member| line.devices_of(member));
    for (id, standing) in owned.filter(|(id, _)| **id != me.device()) {
        readers.push((Reader::Device(*id), ReaderKey::Public(standing.keys.kex)));
    }
    Ok((generation, readers))
}

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
