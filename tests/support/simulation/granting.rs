//! Grants: a coordinator's device gives the devices of a record's creator the keys they lack.
//!
//! They lack some when the coordinator edited a record before its proof of creation came, or when the
//! creator's device was taken in after the edit.

use std::collections::BTreeSet;

use domain::bundle::{Audience, Bundle};
use domain::change::Change;
use domain::ids::{DeviceId, EntryId};
use domain::keys::{Reader, Wrap, WrapUse};
use domain::ledger::{Grant, Kind};

use super::coordinator::open;
use super::device::Device;
use super::world::World;

impl World {
    /// Queues a grant for every bundle and device that lack one.
    pub(super) fn grant_missing(&mut self, device: usize) {
        for (bundle, reader) in missing(&self.devices[device]) {
            if !self.truth.granted.insert((bundle, reader)) {
                continue;
            }
            let Some(grant) = self.granted(device, &bundle, &reader) else { continue };
            let one = &mut self.devices[device];
            let (_, bytes) = grant.sign(one.notebook.ring().device());
            let (_, writes) = one.notebook.enqueue(Kind::Grant, bytes);
            let _ = self.commit(device, &writes);
        }
    }

    fn granted(&mut self, device: usize, bundle: &EntryId, reader: &DeviceId) -> Option<Grant> {
        let one = &self.devices[device];
        let (line, ring) = (one.notebook.line(), one.notebook.ring());
        let campaign = line.campaign();
        let row = one.vault.entry(bundle)?;
        let key = ring.bundle_key(&Bundle::read(&row.bytes).ok()?, &row.wraps).ok()?;
        let public = line.device(reader)?.keys.kex;
        let usage = WrapUse { purpose: "bundle key", campaign: &campaign, subject: &bundle.0 };
        let reader = Reader::Device(*reader);
        let wrap = Wrap::to_public(reader, &public, usage, &key, &mut self.dice).ok()?;
        Some(Grant { campaign, device: ring.id(), bundle: *bundle, wrap })
    }
}

/// The restricted bundles here that speak of a record, and the devices of its creator that cannot open them.
fn missing(device: &Device) -> BTreeSet<(EntryId, DeviceId)> {
    let mut missing = BTreeSet::new();
    for id in device.vault.bundles() {
        let Some((bundle, items)) = open(device, &id) else { continue };
        if bundle.header().audience == Audience::Network {
            continue;
        }
        let wraps = device.vault.entry(&id).map(|row| row.wraps).unwrap_or_default();
        let readers: BTreeSet<Reader> = wraps.iter().map(|wrap| wrap.reader).collect();
        let changes = items.iter().filter_map(|item| Change::from_bytes(&item.change).ok());
        for change in changes {
            let creator = device.notebook.view(change.record()).creator;
            let owned = creator.iter().flat_map(|it| device.notebook.line().devices_of(it));
            let lack =
                owned.map(|(id, _)| *id).filter(|id| !readers.contains(&Reader::Device(*id)));
            missing.extend(lack.map(|reader| (id, reader)));
        }
    }
    missing
}
