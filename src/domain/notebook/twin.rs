//! A copied profile: two devices that seal bundles under one name.
//!
//! Nothing of either is lost or doubled, since a bundle is known by its bytes. But their line of bundles forks, so
//! that a revocation could not put out one of them alone: each is to become a device of its own
//! (see [`copying`](super::copying)).

use std::collections::BTreeSet;

use super::Notebook;
use super::copying::COPY;
use super::rows::{Held, Table, Writes};
use crate::ids::{DeviceId, EntryId};
use crate::ledger::Kind;

impl Notebook {
    /// Whether somebody else seals under this device's name: a bundle that its keys signed came from the server,
    /// and was not sealed here. Of a copy it says nothing, since a copy is told so anyway.
    pub fn has_twin(&self) -> bool {
        let foreign = |(id, (device, _)): (&EntryId, (DeviceId, Option<EntryId>))| {
            device == self.device() && !self.dispatches.contains_key(id)
        };
        !self.copy && self.bundle_links().any(foreign)
    }

    /// The devices, as far as this one sees their bundles, of which two name the same one before them.
    pub fn doubled_devices(&self) -> BTreeSet<DeviceId> {
        let (mut seen, mut doubled) = (BTreeSet::new(), BTreeSet::new());
        for (_, (device, previous)) in self.bundle_links() {
            // The first of each audience has none before it.
            if previous.is_some() && !seen.insert((device, previous)) {
                doubled.insert(device);
            }
        }
        doubled
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

    fn bundle_links(&self) -> impl Iterator<Item = (&EntryId, (DeviceId, Option<EntryId>))> {
        let stands = |held: &&Held| held.kind == Kind::Bundle && !held.destroyed;
        self.held.iter().filter_map(move |(id, held)| Some((id, Some(held).filter(stands)?.link?)))
    }
}
