//! A grant: an older bundle's key for one more reader.

use serde::{Deserialize, Serialize};

use super::{Kind, Signed};
use crate::ids::{CampaignId, DeviceId, EntryId};
use crate::keys::{DeviceKeys, Wrap};

/// The body of a grant. The server delivers the bundle again at the grant's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The campaign.
    pub campaign: CampaignId,
    /// The coordinator's device that grants.
    pub device: DeviceId,
    /// The bundle.
    pub bundle: EntryId,
    /// Its key, for the new reader.
    pub wrap: Wrap,
}

impl Grant {
    /// Signs it into an entry.
    pub fn sign(self, keys: &DeviceKeys) -> (Signed<Self>, Vec<u8>) {
        Signed::sign(Kind::Grant, self, keys)
    }
}
