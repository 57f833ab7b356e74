//! Signing in: a device signs the server's challenge and gets an opaque token in a cookie.

use serde::{Deserialize, Serialize};

use crate::ids::{CampaignId, DeviceId};
use crate::keys::Signature;

/// The purpose of the signature in [`SignIn`], over (campaign, device, nonce).
pub const SIGN_IN: &str = "sign in";

/// Asks for a nonce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device.
    pub device: DeviceId,
}

/// 32 random bytes, good once and for two minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce(pub [u8; 32]);

/// Signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device.
    pub device: DeviceId,
    /// The nonce.
    pub nonce: Nonce,
    /// Over (campaign, device, nonce), for the purpose [`SIGN_IN`].
    pub signature: Signature,
}

/// The session exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Whether the roster names the device.
    pub confirmed: bool,
    /// The server's clock, in milliseconds since 1970: for a notice when the phone's is wrong.
    pub server_time: u64,
}
