//! A change as bytes.
//!
//! Version 1 is whole: one salt gives the salts of all edits. Version 2 is redacted: each slot with its own.

use serde::{Deserialize, Serialize};

use super::{Body, Change, Edit, RecordKey, Slot};
use crate::clock::Hlc;
use crate::codec::{self, Malformed};
use crate::ids::ChangeId;

/// Why bytes or edits are no change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadChange {
    /// A change edits at least one field.
    #[error("a change without edits")]
    NoEdits,
    /// A change edits each field once, in the order of their names.
    #[error("a field edited twice, or out of order")]
    FieldTwice,
    /// Not the bytes of a change.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

#[derive(Serialize, Deserialize)]
struct Whole {
    salt: [u8; 16],
    record: RecordKey,
    at: Hlc,
    edits: Vec<Edit>,
}

#[derive(Serialize, Deserialize)]
struct Redacted {
    record: RecordKey,
    at: Hlc,
    slots: Vec<Slot>,
}

impl Change {
    /// The one encoding of this change.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (record, at) = (self.record.clone(), self.at);
        match self.body.clone() {
            Body::Whole { salt, edits } => codec::encode(1, &Whole { salt, record, at, edits }),
            Body::Redacted(slots) => codec::encode(2, &Redacted { record, at, slots }),
        }
    }

    /// Reads a change and computes its id.
    ///
    /// # Errors
    /// [`BadChange`]; with [`Malformed::Version`] the bytes are a newer app's and worth keeping.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadChange> {
        if bytes.first() == Some(&2) {
            let Redacted { record, at, slots } = codec::decode(2, bytes)?;
            return Self::of_body(record, at, Body::Redacted(slots));
        }
        let Whole { salt, record, at, edits } = match codec::decode(1, bytes) {
            Err(Malformed::Version(2)) => Err(Malformed::Shape),
            other => other,
        }?;
        if edits.iter().any(|edit| !edit.replaces.is_sorted_by(|a, b| a < b)) {
            return Err(Malformed::Shape.into());
        }
        Self::of_body(record, at, Body::Whole { salt, edits })
    }

    /// Reads a change that this device has read before and stored, under its own seal, beside its id: nothing
    /// is computed anew.
    ///
    /// # Errors
    /// [`BadChange::Malformed`].
    pub(crate) fn kept(id: ChangeId, bytes: &[u8]) -> Result<Self, BadChange> {
        if bytes.first() == Some(&2) {
            let Redacted { record, at, slots } = codec::decode_kept(2, bytes)?;
            return Ok(Self { id, record, at, body: Body::Redacted(slots) });
        }
        let Whole { salt, record, at, edits } = codec::decode_kept(1, bytes)?;
        Ok(Self { id, record, at, body: Body::Whole { salt, edits } })
    }
}
