//! The order to erase: it wins over everything, for ever.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Kind, Signed};
use crate::digest;
use crate::ids::{CampaignId, DeviceId, EntryId, RecordId};
use crate::keys::DeviceKeys;

/// What is to be erased, as a hash: the order travels in clear and tells a reader nothing who does not hold
/// the record already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EraseTarget([u8; 16]);

/// The body of an erase order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseOrder {
    /// The campaign.
    pub campaign: CampaignId,
    /// The coordinator's device that orders.
    pub device: DeviceId,
    /// Records and fields.
    pub targets: Vec<EraseTarget>,
    /// The bundles whose bytes and wraps are to be destroyed.
    pub destroy: Vec<EntryId>,
    /// What remains of them, sealed anew.
    pub replacements: Vec<EntryId>,
}

/// Everything that was ever ordered to be erased.
///
/// Law: it only grows; union is commutative, associative and idempotent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasures(BTreeSet<EraseTarget>);

impl EraseTarget {
    /// A whole record.
    pub fn record(record: &RecordId) -> Self {
        Self::hash("erase record", &[&record.0])
    }

    /// One field of a record.
    pub fn field(record: &RecordId, field: &str) -> Self {
        Self::hash("erase field", &[&record.0, field.as_bytes()])
    }

    fn hash(purpose: &str, parts: &[&[u8]]) -> Self {
        let mut target = [0; 16];
        target.copy_from_slice(&digest::labelled(purpose, parts)[..16]);
        Self(target)
    }
}

impl EraseOrder {
    /// Signs it into an entry.
    pub fn sign(self, keys: &DeviceKeys) -> (Signed<Self>, Vec<u8>) {
        Signed::sign(Kind::Erase, self, keys)
    }
}

impl Erasures {
    /// Takes an order in.
    pub fn add(&mut self, order: &EraseOrder) {
        self.0.extend(&order.targets);
    }

    /// Whether the whole record is to be gone.
    pub fn record(&self, record: &RecordId) -> bool {
        self.0.contains(&EraseTarget::record(record))
    }

    /// Whether this field is to be gone.
    pub fn field(&self, record: &RecordId, field: &str) -> bool {
        self.0.contains(&EraseTarget::field(record, field))
    }

    /// Whether nothing was ever erased.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
