//! A copied profile: two devices that seal bundles under one name.
//!
//! Nothing of either is lost or doubled, since a bundle is known by its bytes. But their line of bundles forks, so
//! that a revocation could not put out one of them alone: each is to become a device of its own
//! (see [`copying`](super::copying)).

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use super::copying::COPY;
use super::rows::{Held, Table, Writes};
use crate::ids::{DeviceId, EntryId};
use crate::ledger::Kind;
use crate::order::Gather;

impl Notebook {
    /// Whether somebody else seals under this device's name: a bundle that its keys signed was read here, and was
    /// not sealed here. Of a copy it says nothing, since a copy is told so anyway.
    pub fn has_twin(&self) -> bool {
        let foreign = self.bundle_links().filter(|(id, (device, _))| {
            *device == self.device() && !self.dispatches.contains_key(*id)
        });
        let foreign = foreign.map(|(id, _)| *id).gather();
        !self.copy && !self.read_among(&foreign).is_empty()
    }

    /// The devices, as far as this one read their bundles, of which two name the same one before them.
    pub fn doubled_devices(&self) -> BTreeSet<DeviceId> {
        let mut places: BTreeMap<(DeviceId, EntryId), BTreeSet<EntryId>> = BTreeMap::new();
        for (id, (device, previous)) in self.bundle_links() {
            // The first of each audience has none before it.
            if let Some(previous) = previous {
                places.entry((device, previous)).or_default().insert(*id);
            }
        }
        places.retain(|_, ids| ids.len() > 1);
        let suspects: BTreeSet<EntryId> = places.values().flatten().copied().gather();
        let read = self.read_among(&suspects);
        let doubled = places.into_iter().filter(|(_, ids)| ids.intersection(&read).count() > 1);
        doubled.map(|((device, _), _)| device).gather()
    }

    /// Lets a device that has a twin go on as a copy: it seals nothing under the name of both any more.
    pub fn part_from_twin(&mut self) -> Writes {
        let mut writes = Writes::default();
        if self.has_twin() {
            self.copy = true;
            writes.put(Table::Identity, COPY.to_vec(), &());
        }
        writes
    }

    /// Those of the bundles that were opened here. What the server hands out names any device it likes; a change is
    /// only folded in from a bundle whose signature holds.
    fn read_among(&self, bundles: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
        // Mostly there is none, and nothing to look through.
        if bundles.is_empty() {
            return BTreeSet::new();
        }
        let histories = self.histories.keys().filter_map(|key| self.histories.get(key));
        let sources = histories.flat_map(|history| history.changes().values());
        let named = sources.flat_map(|held| &held.sources).filter_map(|source| source.bundle);
        named.filter(|id| bundles.contains(id)).gather()
    }

    fn bundle_links(&self) -> impl Iterator<Item = (&EntryId, (DeviceId, Option<EntryId>))> {
        let stands = |held: &&Held| held.kind == Kind::Bundle && !held.destroyed;
        self.held.iter().filter_map(move |(id, held)| Some((id, Some(held).filter(stands)?.link?)))
    }
}
