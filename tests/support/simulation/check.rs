//! What must hold once nobody loses anything any more.

use std::collections::{BTreeMap, BTreeSet};

use domain::bundle::{Audience, Bundle};
use domain::change::{RecordKey, Value};
use domain::fold::{Deletion, History, LISTING, LISTING_FIELDS, Proposal, Register, View};
use domain::ids::{ChangeId, DeviceId, EntryId, MemberId};
use domain::ledger::{Kind, Signed};
use domain::replica::Delivery;
use domain::roster::{Act, RosterEntry};
use server::ledger::Held;

use super::coordinator::{carrying, may_know};
use super::device::Device;
use super::plant::Plant;
use super::retiring::has_left;
use super::world::World;

/// What a history ended in, without a trace of any clock: records, their values, disputes, proposals.
pub type Timeless = BTreeMap<RecordKey, Shown>;

/// What one record shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    values: BTreeMap<String, Vec<Option<Value>>>,
    deletion: Deletion,
    proposals: Vec<(DeviceId, String, Option<Value>)>,
}

impl World {
    /// The devices that are neither lost nor put out.
    pub(super) fn inside(&self) -> impl Iterator<Item = (usize, &Device)> {
        self.devices.iter().enumerate().filter(|(_, device)| !device.out)
    }

    /// Every invariant.
    ///
    /// # Errors
    /// The first that is broken.
    pub(super) fn check(&self) -> Result<(), String> {
        self.one_roster()?;
        self.nothing_lost()?;
        self.nothing_refused()?;
        self.everything_on_the_server()?;
        self.all_alike()?;
        self.every_value_shown()?;
        self.rows_say_what_is_agreed()?;
        self.erased_is_gone()
    }

    /// Reunions in the roster that the first coordinator holds.
    pub(super) fn reunions(&self) -> usize {
        let coordinator = self.inside().find(|(_, one)| one.notebook.is_coordinator());
        let entries = coordinator.iter().flat_map(|(_, one)| one.notebook.line().entries());
        let entries =
            entries.filter_map(|bytes| Signed::<RosterEntry>::read(Kind::Roster, bytes).ok());
        entries.filter(|entry| matches!(entry.body.act, Act::Reunion(_))).count()
    }

    /// All have the server's roster, and who was put out is out.
    fn one_roster(&self) -> Result<(), String> {
        for (index, device) in self.inside() {
            let line = device.notebook.line();
            if Some(line.newest()) != self.server.roster() {
                return Err(format!("device {index} has another roster than the server"));
            }
            for out in &self.truth.put_out {
                if line.device(out).is_some_and(|standing| standing.revoked.is_none()) {
                    return Err(format!("device {index} does not know that {out} is out"));
                }
            }
        }
        Ok(())
    }

    /// What was saved is with every coordinator, its author and the record's creator, and for the network with
    /// everybody; and nobody gets what is not for them.
    fn nothing_lost(&self) -> Result<(), String> {
        let creators = self.creators();
        for (index, device) in self.inside() {
            let notebook = &device.notebook;
            for (id, saved) in self.truth.owed() {
                let key = saved.change.record();
                let mine = saved.device == notebook.device();
                let created = creators.get(key) == Some(&notebook.member());
                let network = saved.audience == Audience::Network;
                let due = mine || created || network || notebook.is_coordinator();
                let held = notebook.history(key).and_then(|history| history.changes().get(id));
                let left = has_left(device, key);
                if due && held.is_none_or(|held| !left && held.change != saved.change) {
                    return Err(format!("device {index} lost change {id} of {key:?}"));
                }
            }
            for key in self.truth.records.iter().filter(|_| !notebook.is_coordinator()) {
                let own = self.truth.creators.get(key) == Some(&notebook.member());
                if notebook.history(key).is_some() && !own && !may_know(device, key) {
                    return Err(format!("device {index} knows {key:?}, which is not for it"));
                }
            }
        }
        Ok(())
    }

    fn creators(&self) -> BTreeMap<&RecordKey, MemberId> {
        let coordinator = self.inside().find(|(_, one)| one.notebook.is_coordinator());
        let creator = |key| Some((key, coordinator.as_ref()?.1.notebook.view(key).creator?));
        self.truth.records.iter().filter_map(creator).collect()
    }

    /// A row of the shared register holds what nobody disputes of a collective that agreed to be listed.
    fn rows_say_what_is_agreed(&self) -> Result<(), String> {
        let Some((_, one)) = self.inside().find(|(_, one)| one.notebook.is_coordinator()) else {
            return Ok(());
        };
        // A row whose collective was lost with its last holder is left to people.
        let known =
            |key: &&RecordKey| key.kind == "initiative" && one.notebook.history(key).is_some();
        for key in self.truth.records.iter().filter(known) {
            let collective = one.notebook.view(key);
            let row = one.notebook.view(&RecordKey { kind: LISTING.to_owned(), id: key.id });
            let consents = collective.registers.get("consent_listing").map(values);
            let consents = consents.unwrap_or_default();
            let agrees = |answer: &Option<Value>| {
                let answer = answer.as_ref().and_then(Value::as_text);
                matches!(answer, Some("named" | "anonymous"))
            };
            let listed = !consents.is_empty()
                && consents.iter().all(agrees)
                && collective.deletion == Deletion::Kept;
            for field in LISTING_FIELDS {
                let mut said = collective.registers.get(*field).map(values).unwrap_or_default();
                said.dedup();
                let right = said.pop().flatten().filter(|_| listed && said.is_empty());
                let shown = row.registers.get(*field).map(values).unwrap_or_default();
                if shown.iter().any(|value| *value != right)
                    || (shown.is_empty() && right.is_some())
                {
                    return Err(format!(
                        "the row of {key:?} says {shown:?} for {field}, not {right:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    fn nothing_refused(&self) -> Result<(), String> {
        for (index, device) in self.inside() {
            for (id, dispatch) in device.notebook.dispatches() {
                if let Delivery::Refused(code) = &dispatch.delivery {
                    let kind = device.vault.entry(id).map(|row| Kind::of(&row.bytes));
                    // The loser of a race decides again; a branch may be joined before it is handed in; and a
                    // grant is made again for what came back.
                    let known = [
                        ("roster_moved", Kind::Roster),
                        ("roster_moved", Kind::Branch),
                        ("unknown_bundle", Kind::Grant),
                    ];
                    if !known.iter().any(|(word, of)| code == word && kind == Some(Ok(*of))) {
                        return Err(format!("device {index}: {id} was refused: {code}"));
                    }
                }
            }
        }
        Ok(())
    }

    fn everything_on_the_server(&self) -> Result<(), String> {
        for (index, device) in self.inside() {
            let bundles = device.vault.bundles();
            for (id, held) in bundles.iter().zip(self.server.held(&bundles)) {
                if !matches!(held, Held::At(_)) && !self.is_orphan(device, id) {
                    return Err(format!("device {index} holds {id}, the server says {held:?}"));
                }
                let row = device.vault.entry(id).ok_or("a row went away")?;
                if EntryId::of(&row.bytes) != *id {
                    return Err(format!("device {index} holds other bytes under {id}"));
                }
            }
        }
        Ok(())
    }

    /// A bundle of a device that is gone and was never taken in: the server, which forgot its keys in a
    /// restore, cannot check it any more.
    fn is_orphan(&self, device: &Device, bundle: &EntryId) -> bool {
        let row = device.vault.entry(bundle);
        let author = row.and_then(|row| Some(Bundle::read(&row.bytes).ok()?.header().device));
        author.is_some_and(|author| {
            let gone = self.inside().all(|(_, one)| one.id() != author);
            gone && device.notebook.line().device(&author).is_none()
        })
    }

    fn all_alike(&self) -> Result<(), String> {
        let Some((_, founder)) = self.inside().find(|(_, one)| one.notebook.is_coordinator())
        else {
            return Err("no coordinator is left".to_owned());
        };
        for (index, device) in self.inside() {
            for key in &self.truth.records {
                if device.notebook.history(key).is_none() || has_left(device, key) {
                    continue;
                }
                let (theirs, right) = (device.notebook.view(key), founder.notebook.view(key));
                let registers = theirs.registers == right.registers;
                let same = registers && theirs.deletion == right.deletion;
                let whole = !device.notebook.is_coordinator() || theirs == right;
                if !same || !whole {
                    let (theirs, right) = (heads(&theirs), heads(&right));
                    return Err(format!(
                        "device {index} shows {key:?} as {theirs:?}, not {right:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// A value goes only when an edit that counts replaces it; told from what was saved, not from what is
    /// held.
    fn every_value_shown(&self) -> Result<(), String> {
        for (index, device) in self.inside().filter(|(_, one)| one.notebook.is_coordinator()) {
            for key in &self.truth.records {
                let view = device.notebook.view(key);
                let Some(history) = device.notebook.history(key) else { continue };
                let shown = shown(self.plant, &view, history);
                for (field, expected) in expected(history, &view) {
                    if shown.get(&field) != Some(&expected) {
                        let values = shown.get(&field);
                        return Err(format!("device {index} shows {values:?} for {field}"));
                    }
                }
            }
        }
        Ok(())
    }

    fn erased_is_gone(&self) -> Result<(), String> {
        for (index, device) in self.inside() {
            for key in self.truth.records.iter().filter(|key| self.truth.erased.contains(&key.id)) {
                if device.notebook.history(key).is_some() {
                    return Err(format!("device {index} still shows {key:?}, which was erased"));
                }
            }
            if let Some(id) = carrying(device, &self.truth.erased).first() {
                return Err(format!("device {index} still holds {id} with something erased"));
            }
        }
        Ok(())
    }

    /// What the first coordinator sees.
    pub(super) fn timeless(&self) -> Timeless {
        let coordinator = self.inside().find(|(_, one)| one.notebook.is_coordinator());
        let views = coordinator.into_iter().flat_map(|(_, one)| {
            let view = |key: &RecordKey| (key.clone(), Shown::of(&one.notebook.view(key)));
            self.truth.records.iter().map(view)
        });
        views.collect()
    }
}

impl Shown {
    fn of(view: &View) -> Self {
        let registers = view.registers.iter().map(|(field, r)| (field.clone(), values(r)));
        let proposal = |p: &Proposal| (p.device, p.field.clone(), p.value.clone());
        let mut proposals: Vec<_> = view.proposals.iter().map(proposal).collect();
        proposals.sort();
        Self { values: registers.collect(), deletion: view.deletion, proposals }
    }
}

fn values(register: &Register) -> Vec<Option<Value>> {
    let mut values: Vec<_> = register.survivors.iter().map(|s| s.value.clone()).collect();
    values.sort();
    values
}

fn heads(view: &View) -> Vec<(&String, Vec<ChangeId>)> {
    view.registers.iter().map(|(field, register)| (field, register.heads())).collect()
}

/// What a screen shows of each field; two planted bugs show it wrong.
fn shown(
    plant: Option<Plant>,
    view: &View,
    history: &History,
) -> BTreeMap<String, BTreeSet<ChangeId>> {
    let deletes = view.deletion != Deletion::Kept && !history.is_empty();
    let heads = view.registers.iter().map(|(field, register)| {
        let mut heads: BTreeSet<ChangeId> = register.heads().into_iter().collect();
        if plant == Some(Plant::LastWriterWins) {
            let last = register.survivors.iter().max_by_key(|survivor| survivor.at);
            heads.retain(|id| last.is_some_and(|last| last.change == *id));
        }
        if plant == Some(Plant::DeletionHidesEdits) && deletes && field != "deleted" {
            heads.clear();
        }
        (field.clone(), heads)
    });
    heads.collect()
}

/// For each field, the edits that count and that no edit that counts replaces.
fn expected(history: &History, view: &View) -> BTreeMap<String, BTreeSet<ChangeId>> {
    let proposed: BTreeSet<(ChangeId, &str)> =
        view.proposals.iter().map(|p| (p.change, p.field.as_str())).collect();
    let edits = || {
        let changes = history.changes().iter();
        let edits = changes.flat_map(|(id, h)| h.change.edits().map(move |edit| (*id, edit)));
        edits.filter(|(id, edit)| !proposed.contains(&(*id, edit.field.as_str())))
    };
    let mut expected: BTreeMap<String, BTreeSet<ChangeId>> = BTreeMap::new();
    for (id, edit) in edits() {
        let replaced = edits().any(|(_, o)| o.field == edit.field && o.replaces.contains(&id));
        let heads = expected.entry(edit.field.clone()).or_default();
        if !replaced {
            heads.insert(id);
        }
    }
    expected
}
