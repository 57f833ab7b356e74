//! Challenges and sessions.

use std::future::Future;

use domain::ids::{CampaignId, DeviceId};

use super::LedgerError;

/// A session as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device that signed in.
    pub device: DeviceId,
    /// When it was last noted to be used, in milliseconds since 1970.
    pub seen_at: u64,
}

/// What is old enough to go; all in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    /// Challenges made before this.
    pub challenges: u64,
    /// Sessions last seen before this.
    pub sessions: u64,
    /// The network wraps of invitations opened before this; the invitations stay.
    pub invites: u64,
}

/// A new session, for [`Sessions::open_session`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedSession {
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// The campaign.
    pub campaign: CampaignId,
    /// The device.
    pub device: DeviceId,
}

/// Challenges and sessions of every campaign: a token alone says which.
pub trait Sessions: Send + Sync + 'static {
    /// Notes a nonce made for a device. Of one device the eight newest are kept.
    fn put_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
        now: u64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Takes a nonce out: when it was made, or none if it was not made for this device or was taken.
    fn take_challenge(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
        nonce: [u8; 32],
    ) -> impl Future<Output = Result<Option<u64>, LedgerError>> + Send;

    /// Opens a session; the network wrap of the device's invitation is destroyed with it. Of one device
    /// the four newest sessions are kept.
    fn open_session(
        &self,
        session: &OpenedSession,
        now: u64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// The session of a token with this SHA-256.
    fn session(
        &self,
        token_hash: [u8; 32],
    ) -> impl Future<Output = Result<Option<Session>, LedgerError>> + Send;

    /// Notes that a session is in use.
    fn touch_session(
        &self,
        token_hash: [u8; 32],
        now: u64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Removes what is too old.
    fn expire(&self, expiry: Expiry) -> impl Future<Output = Result<(), LedgerError>> + Send;
}
