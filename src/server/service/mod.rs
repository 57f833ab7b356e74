//! What the server does, one file per step. Nothing here knows HTTP or SQL; time and random bytes are
//! arguments. Every step answers with the domain's wire types or refuses with a [`Code`].

mod caller;
mod check;
mod enrol;
mod found;
mod have;
mod invites;
mod pull;
mod push;
mod reached;
mod restore;
mod roster;
mod session;

use domain::ids::{CampaignId, DeviceId, Epoch};
use domain::protocol::Code;

use crate::ledger::Ledger;
use roster::Rosters;

pub use found::set_up_hash;
pub use restore::Restored;
pub use session::{SESSION_DAYS, token_hash};

/// The server over a ledger.
pub struct Service<L> {
    ledger: L,
    rosters: Rosters,
}

/// A device that signed in. Whether it may still do anything is looked up with every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device.
    pub device: DeviceId,
}

impl<L: Ledger> Service<L> {
    /// A server over this ledger.
    pub fn new(ledger: L) -> Self {
        Self { ledger, rosters: Rosters::default() }
    }

    /// The ledger.
    pub fn ledger(&self) -> &L {
        &self.ledger
    }

    /// The history that answers speak of.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn epoch(&self) -> Result<Epoch, Code> {
        Ok(self.ledger.epoch().await?)
    }
}
