//! What a history shows to one device.

use std::collections::{BTreeMap, BTreeSet};

use super::authority::{Authority, Standing};
use super::history::{Held, History};
use super::listing::LISTING;
use super::protection::most_protective;
use super::register::{Register, Survivor};
use super::window::{REVIEW_STATE, Window};
use crate::change::{Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::forms::{Answers, Form, Registers, from_registers};
use crate::ids::{ChangeId, DeviceId, MemberId, RecordId};
use crate::order::{self, Gather};

/// The field that proves who created a record: 16 bytes to which the record's id commits.
pub const CREATED: &str = "created";
/// The field that deletes a record when it is true.
pub const DELETED: &str = "deleted";

/// A record as one device sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The record.
    pub key: RecordKey,
    /// The member who created it, once proven.
    pub creator: Option<MemberId>,
    /// Its fields. A field that everybody emptied is still here, with an empty value.
    pub registers: BTreeMap<String, Register>,
    /// Whether it is deleted.
    pub deletion: Deletion,
    /// Edits that do not count and that nobody settled: kept, and shown to coordinators and to who made
    /// them.
    pub proposals: Vec<Proposal>,
    /// Whether a review closed it: what its creator writes now is a proposal.
    pub closed: bool,
    /// The latest stamp of any edit that counts.
    pub latest: Hlc,
}

/// Whether a record is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// No.
    Kept,
    /// Yes, by somebody who saw everything in it.
    Deleted,
    /// Somebody deleted it while somebody else edited it: people decide.
    Conflict,
}

/// An edit without right: of a record of somebody else, of a coordinators' field, or, by the creator, beyond
/// what a review saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The change it is part of.
    pub change: ChangeId,
    /// Who proposes.
    pub device: DeviceId,
    /// Why it does not count.
    pub standing: Standing,
    /// The field.
    pub field: String,
    /// The proposed value.
    pub value: Option<Value>,
}

impl View {
    /// Reads a history through an authority's eyes.
    pub fn of(history: &History, authority: &Authority<'_>) -> Self {
        let creator = creator_of(history, authority);
        let kind = &history.key().kind;
        let window = Window::of(history, &decisions(history, authority, creator));
        let mut proposals = Vec::new();
        let mut counted: BTreeMap<&str, Vec<(&Edit, Survivor)>> = BTreeMap::new();
        for (id, held) in history.changes() {
            let (device, standing) = best_source(held, authority, creator);
            let is_beyond =
                |field: &str| standing != Standing::Coordinator && window.is_beyond(id, field);
            for edit in held.change.edits() {
                let counts = authority.counts(standing, creator, kind, &edit.field);
                if counts && !is_beyond(&edit.field) {
                    let (value, at) = (edit.value.clone(), held.change.at());
                    let survivor = Survivor { change: *id, value, at, device };
                    counted.entry(&edit.field).or_default().push((edit, survivor));
                } else {
                    let (field, value) = (edit.field.clone(), edit.value.clone());
                    proposals.push(Proposal { change: *id, device, standing, field, value });
                }
            }
        }
        proposals.retain(|proposal| !is_settled(proposal, &counted));
        let latest = counted.values().flatten().map(|(_, survivor)| survivor.at).max();
        let deletes = deletes(&counted);
        let registers: BTreeMap<String, Register> =
            counted.into_iter().map(|(field, edits)| (field.to_owned(), survivors(edits))).gather();
        let deletion = deletion(&registers, &deletes);
        let key = history.key().clone();
        let (latest, closed) = (latest.unwrap_or_default(), window.is_closed());
        Self { key, creator, registers, deletion, proposals, closed, latest }
    }

    /// The value of a field that holds in every list, figure and output: the agreed one; for consent and
    /// review the most protective; else, while people disagree, the first in the order of values: that says
    /// nothing about who is right, and no clock says it either.
    pub fn value(&self, field: &str) -> Option<&Value> {
        let register = self.registers.get(field)?;
        if let Some(agreed) = register.agreed() {
            return agreed;
        }
        let values = register.values();
        most_protective(&self.key.kind, field, &values)
            .unwrap_or_else(|| values.into_iter().flatten().min())
    }

    /// The value that nobody disputes; none while people disagree.
    pub fn agreed(&self, field: &str) -> Option<&Value> {
        self.registers.get(field)?.agreed()?
    }

    /// The text of a field, where it is one.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(Value::as_text)
    }

    /// The fields about which people must choose.
    pub fn conflicts(&self) -> impl Iterator<Item = (&str, &Register)> {
        let pairs = self.registers.iter().filter(|(_, register)| register.in_conflict());
        pairs.map(|(field, register)| (field.as_str(), register))
    }

    /// Every field's value as [`value`](Self::value) gives it, without the empty ones.
    pub fn values(&self) -> BTreeMap<String, Value> {
        let value = |field: &String| Some((field.clone(), self.value(field)?.clone()));
        self.registers.keys().filter_map(value).gather()
    }

    /// Every field's value as forms know it: those that no form knows are left out.
    pub fn registers_of_forms(&self) -> Registers {
        let values = self.values().into_iter();
        values.filter_map(|(name, value)| Some((name, value.register()?))).gather()
    }

    /// The record's answers to a form.
    pub fn answers(&self, form: &Form) -> Answers {
        from_registers(form, &self.registers_of_forms()).answers
    }

    /// What an edit of this field replaces when it is made by somebody who sees this view.
    pub fn heads(&self, field: &str) -> Vec<ChangeId> {
        self.registers.get(field).map(Register::heads).unwrap_or_default()
    }

    /// The edit that deletes the record: it names everything it saw, so that what it did not see is a
    /// conflict.
    pub fn delete_edit(&self) -> Edit {
        Edit { field: DELETED.into(), value: Some(Value::Bool(true)), replaces: self.all_heads() }
    }

    /// The edit by which a coordinator settles a proposal: accepted, the field holds what was proposed;
    /// declined, what it held. Either way the proposal is not shown any more.
    pub fn settling_edit(&self, proposal: &Proposal, accept: bool) -> Edit {
        let field = proposal.field.clone();
        let held = if accept { proposal.value.as_ref() } else { self.value(&field) };
        let mut replaces = self.heads(&field);
        replaces.push(proposal.change);
        Edit { value: held.cloned(), field, replaces }
    }

    /// What an edit names that says of the whole record what became of it.
    fn all_heads(&self) -> Vec<ChangeId> {
        self.registers.values().flat_map(Register::heads).collect()
    }
}

/// The edits that bring a record from `view` to `desired`: only for the fields that `desired` names and that
/// differ, or that are in conflict. `None` empties a field. A decision about the record names everything in it:
/// see [`REVIEW_STATE`].
pub fn edits_towards(view: &View, desired: &BTreeMap<String, Option<Value>>) -> Vec<Edit> {
    let differs = |field: &str, value: &Option<Value>| match view.registers.get(field) {
        None => value.is_some(),
        Some(register) => register.agreed() != Some(value.as_ref()),
    };
    desired
        .iter()
        .filter(|(field, value)| differs(field, value))
        .map(|(field, value)| Edit {
            field: field.clone(),
            value: value.clone(),
            replaces: if field == REVIEW_STATE { view.all_heads() } else { view.heads(field) },
        })
        .collect()
}

/// What coordinators decided about the record.
fn decisions(history: &History, authority: &Authority<'_>, creator: Option<MemberId>) -> Register {
    let mut edits = Vec::new();
    for (id, held) in history.changes() {
        let Some(edit) = held.change.edits().find(|edit| edit.field == REVIEW_STATE) else {
            continue;
        };
        let (device, standing) = best_source(held, authority, creator);
        if standing == Standing::Coordinator {
            let (value, at) = (edit.value.clone(), held.change.at());
            edits.push((edit, Survivor { change: *id, value, at, device }));
        }
    }
    survivors(edits)
}

/// Whether somebody whose word counts has answered the proposal.
fn is_settled(proposal: &Proposal, counted: &BTreeMap<&str, Vec<(&Edit, Survivor)>>) -> bool {
    let edits = counted.get(proposal.field.as_str());
    edits
        .is_some_and(|edits| edits.iter().any(|(edit, _)| edit.replaces.contains(&proposal.change)))
}

/// The one member whose salt the record's id commits to. Rows of the shared register are the coordinators':
/// they have no creator, whoever began the collective.
pub(crate) fn creator_of(history: &History, authority: &Authority<'_>) -> Option<MemberId> {
    if history.key().kind == LISTING {
        return None;
    }
    let mut proofs = history.changes().values().flat_map(|held| {
        let salts = held.change.edits().filter(|edit| edit.field == CREATED);
        salts.flat_map(move |edit| held.sources.iter().map(move |source| (edit, source)))
    });
    proofs.find_map(|(edit, source)| {
        let Some(Value::Bytes(salt)) = &edit.value else { return None };
        let salt: &[u8; 16] = salt.as_slice().try_into().ok()?;
        let member = authority.member(source)?;
        (RecordId::of(&member, salt) == history.key().id).then_some(member)
    })
}

/// Of those who vouch for a change, the one with the most right; the smallest of equals.
fn best_source(
    held: &Held,
    authority: &Authority<'_>,
    creator: Option<MemberId>,
) -> (DeviceId, Standing) {
    let rank = |standing: Standing| match standing {
        Standing::Coordinator => 0,
        Standing::Member(member) if Some(member) == creator => 1,
        Standing::Member(_) => 2,
        Standing::Revoked => 3,
        Standing::Unconfirmed => 4,
    };
    let sources = held.sources.iter().map(|source| authority.speaker(source));
    sources
        .map(|source| (source.device, authority.standing(&source)))
        .min_by_key(|(device, standing)| (rank(*standing), *device))
        .unwrap_or((DeviceId([0; 16]), Standing::Unconfirmed))
}

fn survivors(edits: Vec<(&Edit, Survivor)>) -> Register {
    let replaced: BTreeSet<ChangeId> =
        edits.iter().flat_map(|(edit, _)| edit.replaces.iter().copied()).gather();
    let mut survivors: Vec<Survivor> = edits
        .into_iter()
        .map(|(_, survivor)| survivor)
        .filter(|survivor| !replaced.contains(&survivor.change))
        .collect();
    order::sort_by_key(&mut survivors, |survivor| (survivor.at, survivor.change));
    Register { survivors }
}

/// What each surviving deletion had seen.
fn deletes(counted: &BTreeMap<&str, Vec<(&Edit, Survivor)>>) -> Vec<BTreeSet<ChangeId>> {
    let Some(edits) = counted.get(DELETED) else { return Vec::new() };
    let register = survivors(edits.clone());
    edits
        .iter()
        .filter(|(edit, _)| edit.value == Some(Value::Bool(true)))
        .filter(|(_, survivor)| register.heads().contains(&survivor.change))
        .map(|(edit, _)| edit.replaces.iter().copied().gather())
        .collect()
}

fn deletion(registers: &BTreeMap<String, Register>, deletes: &[BTreeSet<ChangeId>]) -> Deletion {
    let Some(register) = registers.get(DELETED).filter(|_| !deletes.is_empty()) else {
        return Deletion::Kept;
    };
    let others = registers.iter().filter(|(field, _)| *field != DELETED);
    let seen = |change: &ChangeId| deletes.iter().any(|delete| delete.contains(change));
    let all_seen = others.flat_map(|(_, register)| register.heads()).all(|change| seen(&change));
    if all_seen && !register.in_conflict() { Deletion::Deleted } else { Deletion::Conflict }
}
