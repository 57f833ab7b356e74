//! A change: what one person did to one record at once. Nothing is ever overwritten.
//!
//! ```text
//! Change { id, salt, record, kind, at, edits: [ { field, value | none, replaces: [change id] } ] }
//! ```
//!
//! The id is a hash over the record, the stamp and one digest per edit. Each edit's digest covers a salt of
//! its own, so that an edit can be erased later while the change keeps its id: the digest stays, the
//! content goes, and it cannot be guessed back.

mod edit;
mod value;
mod wire;

pub use edit::{Edit, Slot};
pub use value::Value;
pub use wire::BadChange;

use serde::{Deserialize, Serialize};

use crate::clock::Hlc;
use crate::digest;
use crate::ids::{ChangeId, RecordId};
use crate::order;

/// Which record a change is about. The kind is part of the name, so it cannot be in conflict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKey {
    /// `visit`, `initiative`, `listing`, …; unknown kinds of newer versions are kept.
    pub kind: String,
    /// The record.
    pub id: RecordId,
}

/// A set of edits of one record, made at once by one person. It cannot be altered: only read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    id: ChangeId,
    record: RecordKey,
    at: Hlc,
    body: Body,
}

/// What there is of a change's edits, by field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    /// Everything: one salt gives the salts of all edits.
    Whole { salt: [u8; 16], edits: Vec<Edit> },
    /// What an erasure left. The salt of the whole change would give the salts of its edits away.
    Redacted(Vec<Slot>),
}

impl Change {
    /// Makes a change from 16 random bytes.
    ///
    /// # Errors
    /// [`BadChange::NoEdits`], [`BadChange::FieldTwice`]: one edit per field, at least one.
    pub fn new(
        salt: [u8; 16],
        record: RecordKey,
        at: Hlc,
        mut edits: Vec<Edit>,
    ) -> Result<Self, BadChange> {
        order::sort_by(&mut edits, |a, b| a.field.cmp(&b.field));
        edits.iter_mut().for_each(|edit| {
            order::sort(&mut edit.replaces);
            edit.replaces.dedup();
        });
        Self::of_body(record, at, Body::Whole { salt, edits })
    }

    /// 128 bits of SHA-256 over the change.
    pub fn id(&self) -> ChangeId {
        self.id
    }

    /// The record it is about.
    pub fn record(&self) -> &RecordKey {
        &self.record
    }

    /// When its device says it was made. For display only.
    pub fn at(&self) -> Hlc {
        self.at
    }

    /// The edits that were not erased, by field.
    pub fn edits(&self) -> impl Iterator<Item = &Edit> {
        let (whole, slots): (&[Edit], &[Slot]) = match &self.body {
            Body::Whole { edits, .. } => (edits, &[]),
            Body::Redacted(slots) => (&[], slots),
        };
        whole.iter().chain(slots.iter().filter_map(Slot::edit))
    }

    /// The same change, with the same id, without the edits of which `erased` is true.
    #[must_use]
    pub fn redacted(&self, erased: impl Fn(&Edit) -> bool) -> Self {
        if !self.edits().any(&erased) {
            return self.clone();
        }
        let left = |slot: Slot| match slot.edit() {
            Some(edit) if erased(edit) => Slot::Erased { digest: slot.digest() },
            _ => slot,
        };
        let slots = self.body.slots().into_iter().map(left).collect();
        Self { body: Body::Redacted(slots), ..self.clone() }
    }

    /// Both readings of one change: what either still holds of it.
    ///
    /// Law: commutative, associative, idempotent. Of two different changes it is the first.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let slots = match (&self.body, &other.body) {
            _ if self.id != other.id => return self.clone(),
            (Body::Whole { .. }, _) => return self.clone(),
            (_, Body::Whole { .. }) => return other.clone(),
            (Body::Redacted(mine), Body::Redacted(theirs)) => mine.iter().zip(theirs),
        };
        let kept = |(mine, theirs): (&Slot, &Slot)| match mine {
            Slot::Kept { .. } => mine.clone(),
            Slot::Erased { .. } => theirs.clone(),
        };
        Self { body: Body::Redacted(slots.map(kept).collect()), ..self.clone() }
    }

    fn of_body(record: RecordKey, at: Hlc, body: Body) -> Result<Self, BadChange> {
        let slots = body.slots();
        if slots.is_empty() {
            return Err(BadChange::NoEdits);
        }
        let fields: Vec<&str> = slots.iter().filter_map(Slot::field).collect();
        if fields.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(BadChange::FieldTwice);
        }
        let digests: Vec<u8> = slots.iter().flat_map(Slot::digest).collect();
        let stamp = [at.millis.to_le_bytes().as_slice(), &at.counter.to_le_bytes()].concat();
        let hash =
            digest::labelled("change", &[record.kind.as_bytes(), &record.id.0, &stamp, &digests]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Ok(Self { id: ChangeId(id), record, at, body })
    }
}

impl Body {
    fn slots(&self) -> Vec<Slot> {
        match self {
            Self::Whole { salt, edits } => {
                let slot = |(index, edit): (usize, &Edit)| Slot::Kept {
                    salt: edit_salt(salt, index),
                    edit: edit.clone(),
                };
                edits.iter().enumerate().map(slot).collect()
            }
            Self::Redacted(slots) => slots.clone(),
        }
    }
}

fn edit_salt(salt: &[u8; 16], index: usize) -> [u8; 16] {
    let hash = digest::labelled("edit salt", &[salt, &(index as u64).to_le_bytes()]);
    let mut out = [0; 16];
    out.copy_from_slice(&hash[..16]);
    out
}

#[cfg(test)]
mod tests;
