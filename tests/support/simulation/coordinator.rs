//! What coordinators' devices do besides editing: confirm, put out, erase.

use domain::bundle::{BodyItem, Bundle, BundlePlan, Origin, ReaderKey, seal};
use domain::campaign::{confirm, rotate};
use domain::change::{Change, RecordKey};
use domain::ids::{DeviceId, EntryId, RecordId};
use domain::keys::Reader;
use domain::ledger::{EraseOrder, EraseTarget, Kind};
use domain::notebook::Notebook;
use domain::roster::{Act, Revocation, Signer};

use super::device::Device;
use super::world::World;

impl World {
    /// A coordinator's device does one of its duties.
    pub(super) fn govern(&mut self) {
        let coordinators: Vec<usize> =
            (0..self.devices.len()).filter(|index| self.devices[*index].coordinates()).collect();
        if coordinators.is_empty() {
            return;
        }
        let device = self.dice.pick(&coordinators);
        if self.dice.percent(self.mix.erases * 10) {
            let known = self.truth.records.iter().filter(|key| key.kind != "listing");
            let known: Vec<RecordId> = known.map(|key| key.id).collect();
            if !known.is_empty() {
                let record = self.dice.pick(&known);
                self.erase(device, record);
            }
        } else if self.dice.percent(self.mix.revokes * 10) {
            self.revoke(device);
        } else if self.dice.percent(self.mix.rotates * 10) {
            self.rotate(device);
        } else {
            self.confirm_guests(device);
        }
    }

    /// Takes in every device that enrolled and whose proof is right.
    pub(super) fn confirm_guests(&mut self, device: usize) {
        if self.writes_roster(device) {
            return;
        }
        let Ok(enrolments) = self.server.enrolments(self.devices[device].id()) else { return };
        for enrolment in enrolments {
            let notebook = &self.devices[device].notebook;
            let confirmed = confirm(notebook.line(), notebook.ring(), &enrolment, &mut self.dice);
            if let Ok((entry, _)) = confirmed {
                let (_, writes) = self.devices[device].notebook.enqueue(Kind::Roster, entry);
                let stored = self.commit(device, &writes).is_ok();
                let guest = enrolment.keys.device();
                self.tell(|| format!("device {device} takes {guest} in ({stored})"));
                return;
            }
        }
    }

    /// Whether something this device signed for the roster is under way: a person waits for what comes of it.
    fn writes_roster(&self, device: usize) -> bool {
        let one = &self.devices[device];
        one.notebook.pending().iter().any(|id| {
            let row = one.vault.entry(id);
            row.is_some_and(|row| Kind::of(&row.bytes) == Ok(Kind::Roster))
        })
    }

    fn rotate(&mut self, device: usize) {
        if self.writes_roster(device) {
            return;
        }
        let notebook = &self.devices[device].notebook;
        let entry = rotate(notebook.line(), notebook.ring(), &mut self.dice);
        let (_, writes) = self.devices[device]
            .notebook
            .enqueue(Kind::Roster, entry.expect("a coordinator holds the newest team key"));
        let stored = self.commit(device, &writes).is_ok();
        self.tell(|| format!("device {device} rotates the keys ({stored})"));
    }

    /// What a person decides who looks at entries of somebody who was put out: they are joined.
    pub(super) fn look_at_doubtful(&mut self, device: usize) {
        if self.devices[device].notebook.doubtful() {
            let writes = self.devices[device].notebook.mend_doubtful(&mut self.dice);
            let _ = self.commit(device, &writes);
        }
    }

    /// Puts a device out, naming the last bundles seen of it; never the founder's.
    fn revoke(&mut self, device: usize) {
        let coordinator = &self.devices[device];
        let line = coordinator.notebook.line();
        let founder = self.devices[0].id();
        let others = line.active().map(|(id, _)| *id);
        let others: Vec<DeviceId> =
            others.filter(|id| *id != founder && *id != coordinator.id()).collect();
        if others.len() < 2 || !self.truth.gone.is_empty() || self.writes_roster(device) {
            return;
        }
        let out = self.dice.pick(&others);
        let coordinator = &mut self.devices[device];
        let act = Act::Revocation(Revocation {
            device: out,
            accepted: coordinator.notebook.bundles_of(&out),
        });
        let seen = self.truth.saved.iter().filter(|(id, saved)| {
            let history = coordinator.notebook.history(saved.change.record());
            saved.device == out && history.is_some_and(|h| h.changes().contains_key(id))
        });
        let seen = seen.map(|(id, _)| *id).collect();
        let keys = coordinator.notebook.ring().device().clone();
        let entry = coordinator.notebook.line().sign_next(Signer::Device(keys.id()), act, &keys);
        let (id, writes) = coordinator.notebook.enqueue(Kind::Roster, entry);
        let _ = self.commit(device, &writes);
        if self.devices[device].notebook.pending().contains(&id) {
            self.tell(|| format!("device {device} puts {out} out"));
            self.truth.revocations.insert(id, out);
            self.truth.gone.insert(out, seen);
            self.devices.iter_mut().filter(|one| one.id() == out).for_each(|one| one.out = true);
        }
    }

    /// Orders a record erased: what else its bundles hold is sealed anew, then they are destroyed.
    pub(super) fn erase(&mut self, device: usize, record: RecordId) {
        self.truth.erased.insert(record);
        let carrying = carrying(&self.devices[device], &self.truth.erased);
        let mut replacements = Vec::new();
        for id in &carrying {
            match self.reseal(device, id) {
                Ok(Some(replacement)) => replacements.push(replacement),
                Ok(None) => {}
                // It crashed: the order waits for another day.
                Err(()) => return,
            }
        }
        let one = &mut self.devices[device];
        let keys = one.notebook.ring().device().clone();
        let order = EraseOrder {
            campaign: one.notebook.line().campaign(),
            device: keys.id(),
            targets: self.truth.erased.iter().map(EraseTarget::record).collect(),
            destroy: carrying,
            replacements,
        };
        let (signed, bytes) = order.sign(&keys);
        let (id, destroy, instead) = (signed.id, signed.body.destroy, signed.body.replacements);
        let (_, writes) = one.notebook.enqueue(Kind::Erase, bytes);
        let stored = self.commit(device, &writes).is_ok();
        self.tell(|| {
            format!("device {device} orders {record} erased by {id} ({stored}): {destroy:?}, for {instead:?}")
        });
    }

    /// What remains of a bundle without what is erased, sealed for the same readers.
    fn reseal(&mut self, device: usize, id: &EntryId) -> Result<Option<EntryId>, ()> {
        let one = &mut self.devices[device];
        let (bundle, items) = open(one, id).ok_or(())?;
        let origin = Origin { device: bundle.header().device, bundle: *id };
        let kept = items.into_iter().filter(|item| {
            let change = Change::from_bytes(&item.change);
            change.is_ok_and(|change| !self.truth.erased.contains(&change.record().id))
        });
        let kept: Vec<BodyItem> =
            kept.map(|item| BodyItem { origin: item.origin.or(Some(origin)), ..item }).collect();
        if kept.is_empty() {
            return Ok(None);
        }
        let audience = bundle.header().audience;
        let readers = readers(one, id).ok_or(())?;
        let (line, ring) = (one.notebook.line(), one.notebook.ring());
        let plan = BundlePlan {
            campaign: line.campaign(),
            previous: one.notebook.tips().of(audience),
            audience,
            generation: line.generation().ok_or(())?.generation,
            readers: &readers,
        };
        let records = kept.iter().filter_map(|item| Change::from_bytes(&item.change).ok());
        let records = records.map(|change| change.record().clone()).collect();
        let sealed = seal(ring.device(), &plan, &kept, &mut self.dice).map_err(|_| ())?;
        let replacement = sealed.id;
        let writes = one.notebook.enqueue_resealed(sealed, records);
        self.commit(device, &writes).map_err(|_| ())?;
        Ok(Some(replacement))
    }
}

pub(super) fn open(device: &Device, id: &EntryId) -> Option<(Bundle, Vec<BodyItem>)> {
    let row = device.vault.entry(id)?;
    let bundle = Bundle::read(&row.bytes).ok()?;
    let key = device.notebook.ring().bundle_key(&bundle, &row.wraps).ok()?;
    let items = bundle.open(&key).ok()?;
    Some((bundle, items))
}

/// The bundles here that hold something of these records, as far as this device can open them.
pub(super) fn carrying(
    device: &Device,
    records: &std::collections::BTreeSet<RecordId>,
) -> Vec<EntryId> {
    if records.is_empty() {
        return Vec::new();
    }
    let of = |item: &BodyItem| {
        let change = Change::from_bytes(&item.change);
        change.is_ok_and(|change| records.contains(&change.record().id))
    };
    let ids = device.vault.bundles().into_iter();
    ids.filter(|id| open(device, id).is_some_and(|(_, items)| items.iter().any(of))).collect()
}

/// The keys to seal for the readers that a bundle had.
fn readers(device: &Device, id: &EntryId) -> Option<Vec<(Reader, ReaderKey)>> {
    let notebook: &Notebook = &device.notebook;
    let newest = notebook.line().generation()?;
    let key = |reader: Reader| match reader {
        Reader::Team(_) => Some((Reader::Team(newest.generation), ReaderKey::Public(newest.team))),
        Reader::Network(_) => {
            let key = notebook.ring().network(newest.generation)?;
            Some((Reader::Network(newest.generation), ReaderKey::Shared(*key)))
        }
        Reader::Device(id) => {
            let standing = notebook.line().device(&id)?;
            Some((reader, ReaderKey::Public(standing.keys.kex)))
        }
        Reader::Recovery => None,
    };
    let row = device.vault.entry(id)?;
    Some(row.wraps.iter().filter_map(|wrap| key(wrap.reader)).collect())
}

/// The records that a device may see at all: rows for everybody, and what its member created or it wrote.
pub(super) fn may_know(device: &Device, key: &RecordKey) -> bool {
    let view = device.notebook.view(key);
    let history = device.notebook.history(key);
    let wrote = history.is_some_and(|history| {
        let sources = history.changes().values().flat_map(|held| &held.sources);
        sources.into_iter().any(|source| source.device == device.id())
    });
    key.kind == "listing" || view.creator == Some(device.member()) || wrote
}
