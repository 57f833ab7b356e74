//! One edit of one field.

use serde::{Deserialize, Serialize};

use super::Value;
use crate::ids::ChangeId;
use crate::{codec, digest};

/// Sets one field, or empties it, in place of the edits it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The register: `alias`, or `effects/fatigue` for one option of a choice of several.
    pub field: String,
    /// The new value; `None` empties the field.
    pub value: Option<Value>,
    /// The changes whose edit of this field it replaces: what its author saw. Sorted, without repeats.
    pub replaces: Vec<ChangeId>,
}

/// The place of an edit in a change: the edit, or what is left of it after an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// An edit, with the salt of its digest.
    Kept {
        /// 16 bytes nobody can guess once they are gone.
        salt: [u8; 16],
        /// The edit.
        edit: Edit,
    },
    /// An erased edit: only its digest, which keeps the change's id as it was.
    Erased {
        /// As [`Slot::digest`] gave it before.
        digest: [u8; 32],
    },
}

impl Slot {
    /// What stands for this edit in the change's id.
    pub fn digest(&self) -> [u8; 32] {
        match self {
            Self::Kept { salt, edit } => digest::labelled("edit", &[salt, &codec::encode(1, edit)]),
            Self::Erased { digest } => *digest,
        }
    }

    pub(super) fn edit(&self) -> Option<&Edit> {
        match self {
            Self::Kept { edit, .. } => Some(edit),
            Self::Erased { .. } => None,
        }
    }

    pub(super) fn field(&self) -> Option<&str> {
        self.edit().map(|edit| edit.field.as_str())
    }
}
