//! Founding, inviting, enrolling.

use serde::{Deserialize, Serialize};

use crate::campaign::Enrolment;
use crate::ids::{CampaignId, InviteId};
use crate::keys::PublicKeys;

/// An invitation is open for this many days.
pub const INVITE_DAYS: u64 = 7;

/// Begins a campaign on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The secret of the one-time set-up link.
    pub set_up: [u8; 16],
    /// The roster's first entries.
    pub roster: Vec<Vec<u8>>,
}

/// Opens an invitation. The server learns nothing that lets it use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvite {
    /// The invitation.
    pub invite: InviteId,
    /// [`InviteSecret::token_hash`](crate::keys::InviteSecret::token_hash) of its token.
    pub token_hash: [u8; 32],
    /// The network keys, sealed under its secret. Destroyed once the guest has signed in, or after
    /// [`INVITE_DAYS`] days.
    pub network: Vec<u8>,
    /// [`InviteTerms`](crate::keys::InviteTerms), sealed to the team key.
    pub terms: Vec<u8>,
    /// The generation of that team key.
    pub generation: u32,
}

/// Enrols a device. Repeated by the same device it is answered the same, until the device has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The campaign.
    pub campaign: CampaignId,
    /// The invitation.
    pub invite: InviteId,
    /// Its token.
    pub token: [u8; 32],
    /// The device's keys.
    pub keys: PublicKeys,
    /// The proof for the coordinators that the holder of the invitation made these keys.
    pub proof: [u8; 32],
}

/// Enrols a device again that a server forgot in a restore: with what it was given when it enrolled, which a
/// coordinator's device checks. It opens nothing: until it is confirmed the device may not sign in, unless
/// the server knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolAgain {
    /// The campaign.
    pub campaign: CampaignId,
    /// What the device enrolled with.
    pub enrolment: Enrolment,
}

/// The device may sign in from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The network keys, sealed under the invitation's secret.
    pub network: Vec<u8>,
    /// The inviter's terms, sealed to the team key: the device keeps them for [`EnrolAgain`].
    pub terms: Vec<u8>,
    /// The generation of that team key.
    pub generation: u32,
    /// The whole roster, founder first.
    pub roster: Vec<Vec<u8>>,
}
