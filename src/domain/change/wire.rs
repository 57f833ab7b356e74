//! A change as bytes.
//!
//! Version 1 is whole: one salt gives the salts of all edits. Version 2 is redacted: each slot with its own.

use serde::{Deserialize, Serialize};

use super::{Change, Edit, RecordKey, Slot};
use crate::clock::Hlc;
use crate::codec::{self, Malformed};

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
        match self.salt {
            Some(salt) => {
                let edits = self.edits().cloned().collect();
                codec::encode(1, &Whole { salt, record, at, edits })
            }
            None => codec::encode(2, &Redacted { record, at, slots: self.slots.clone() }),
        }
    }

    /// Reads a change and recomputes its id.
    ///
    /// # Errors
    /// [`BadChange`]; with [`Malformed::Version`] the bytes are a newer app's and worth keeping.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadChange> {
        if bytes.first() == Some(&2) {
            let Redacted { record, at, slots } = codec::decode(2, bytes)?;
            return Self::from_slots(None, record, at, slots);
        }
        let Whole { salt, record, at, edits } = match codec::decode(1, bytes) {
            Err(Malformed::Version(2)) => Err(Malformed::Shape),
            other => other,
        }?;
        let change = Self::new(salt, record, at, edits)?;
        // `new` sorts; what it had to sort was not canonical.
        if change.to_bytes() == bytes { Ok(change) } else { Err(Malformed::Shape.into()) }
    }
}
