//! What a device holds of a roster that a server lost.

use serde::{Deserialize, Serialize};

use super::{Kind, Signed};
use crate::ids::{CampaignId, DeviceId};
use crate::keys::DeviceKeys;

/// The body of a handed-in branch. It changes nothing by itself: a coordinator's device that gets it joins
/// the entries to the roster by a [`Reunion`](crate::roster::Reunion).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device that holds them.
    pub device: DeviceId,
    /// Roster entries as bytes: the first follows an entry of the roster, each other the one before it.
    pub entries: Vec<Vec<u8>>,
}

impl Branch {
    /// Signs it into an entry.
    pub fn sign(self, keys: &DeviceKeys) -> (Signed<Self>, Vec<u8>) {
        Signed::sign(Kind::Branch, self, keys)
    }
}
