//! A multi-value register: the edits of one field that no other edit replaces.

use crate::change::Value;
use crate::clock::Hlc;
use crate::ids::{ChangeId, DeviceId};

/// One field's surviving edits, in a fixed order: by stamp, then id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// One or several; several with different values are a conflict.
    pub survivors: Vec<Survivor>,
}

/// An edit that no other edit replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The change it is part of.
    pub change: ChangeId,
    /// Its value; none when it emptied the field.
    pub value: Option<Value>,
    /// When, as its device saw it.
    pub at: Hlc,
    /// The device that signed it.
    pub device: DeviceId,
}

impl Register {
    /// The value, when all survivors agree: `None` while they differ.
    pub fn agreed(&self) -> Option<Option<&Value>> {
        let first = self.survivors.first()?;
        let same = self.survivors.iter().all(|survivor| survivor.value == first.value);
        same.then_some(first.value.as_ref())
    }

    /// Whether people must choose. Equal concurrent values are no conflict.
    pub fn in_conflict(&self) -> bool {
        !self.survivors.is_empty() && self.agreed().is_none()
    }

    /// The different values, in the order of the survivors.
    pub fn values(&self) -> Vec<Option<&Value>> {
        let mut values = Vec::new();
        for survivor in &self.survivors {
            if !values.contains(&survivor.value.as_ref()) {
                values.push(survivor.value.as_ref());
            }
        }
        values
    }

    /// What an edit made now replaces: everything its author sees.
    pub fn heads(&self) -> Vec<ChangeId> {
        self.survivors.iter().map(|survivor| survivor.change).collect()
    }
}
