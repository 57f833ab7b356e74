//! What a roster entry says.

use serde::{Deserialize, Serialize};

use crate::ids::{CampaignId, DeviceId, EntryId, InviteId, MemberId};
use crate::keys::{KexPublic, PublicKeys, Wrap};

/// What a device may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// Writes own records.
    Volunteer,
    /// Reads and corrects everything, signs the roster.
    Coordinator,
    /// Reads what the network shares.
    Partner,
}

/// Who signed an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signer {
    /// A coordinator's device.
    Device(DeviceId),
    /// The holder of the recovery code.
    Recovery,
}

/// The body of a roster entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// The campaign; none in the first entry, whose hash it is.
    pub campaign: Option<CampaignId>,
    /// The entry before; none in the first.
    pub previous: Option<EntryId>,
    /// Who signed.
    pub signer: Signer,
    /// What it says.
    pub act: Act,
}

/// The things a roster entry can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Begins a campaign.
    Founder(Founder),
    /// Takes a device in.
    Confirmation(Confirmation),
    /// Puts a device out.
    Revocation(Revocation),
    /// New team and network keys.
    Generation(Generation),
    /// A new recovery code.
    Recovery(Recovery),
    /// Takes back what a server lost.
    Reunion(Reunion),
}

/// The first device, a coordinator's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founder {
    /// Its member.
    pub member: MemberId,
    /// Its keys.
    pub keys: PublicKeys,
    /// Random, so that one device can found two campaigns.
    pub salt: [u8; 16],
}

/// A device whose keys a coordinator's device checked against its invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Its member.
    pub member: MemberId,
    /// What it may do.
    pub role: Role,
    /// Its keys.
    pub keys: PublicKeys,
    /// The invitation it came by.
    pub invite: Option<InviteId>,
    /// The newest team key (for a coordinator) and network key, wrapped to it.
    pub wraps: Vec<Wrap>,
}

/// A device that no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The device.
    pub device: DeviceId,
    /// Its accepted bundles: these and what they follow still count.
    pub accepted: Vec<EntryId>,
}

/// A generation of keys. Generations count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Its number.
    pub generation: u32,
    /// The team's public key.
    pub team: KexPublic,
    /// The team's secret key, for each coordinator's device and the recovery code.
    pub team_wraps: Vec<Wrap>,
    /// The network key, for each device.
    pub network_wraps: Vec<Wrap>,
    /// The network key, for the holders of this team key.
    pub network_for_team: Wrap,
    /// The team key before, for the holders of this one.
    pub older_team: Option<Wrap>,
}

/// The public keys of the recovery code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Its keys.
    pub keys: PublicKeys,
    /// The newest team key, for the holder of the code.
    pub team_wrap: Wrap,
}

/// Entries that devices hold and that a server's line left out, carried back into it.
///
/// A restore of an old backup loses entries; when another entry takes their place, the line is split. This
/// joins both branches: [`Line`](super::Line) says what they add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reunion {
    /// The lost entries as bytes: the first follows an entry of the line, each other the one before it.
    pub lost: Vec<Vec<u8>>,
    /// New keys for all who are in by either branch: there exactly when the branches have not the same keys.
    pub renewal: Option<Renewal>,
}

/// The keys that two branches go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Its number is above every number of both branches; its older team key is the line's newest.
    pub generation: Generation,
    /// For the holders of its team key, the newest team key of the lost branch; for the holders of its
    /// network key, every network key that not both branches know.
    pub older: Vec<Wrap>,
}
