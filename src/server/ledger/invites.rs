//! Invitations, and the devices that came by them.

use std::future::Future;

use domain::campaign::Enrolment;
use domain::ids::{CampaignId, DeviceId, InviteId};

use super::LedgerError;

/// An invitation as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// A hash of its token.
    pub token_hash: [u8; 32],
    /// The network keys, sealed under its secret; none once destroyed.
    pub network: Option<Vec<u8>>,
    /// The terms, sealed to the team key.
    pub terms: Vec<u8>,
    /// The generation of that team key.
    pub generation: u32,
    /// When it was opened, in milliseconds since 1970.
    pub opened_at: u64,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
}

/// A campaign's invitations and enrolled devices.
pub trait Invites: Send + Sync + 'static {
    /// Stores an invitation; with the same id in place nothing changes and the answer is `false`.
    fn open_invite(
        &self,
        campaign: &CampaignId,
        invite: &Invite,
    ) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// An invitation.
    fn invite(
        &self,
        campaign: &CampaignId,
        id: &InviteId,
    ) -> impl Future<Output = Result<Option<Invite>, LedgerError>> + Send;

    /// Enrols a device by an invitation that nobody used, in one step: of two devices one gets `true`.
    /// Also `false` when the device is enrolled already.
    fn enrol(
        &self,
        campaign: &CampaignId,
        enrolment: &Enrolment,
    ) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// Keeps an enrolment that a device offers again: it is listed, and gives the device no standing.
    fn offer_enrolment(
        &self,
        campaign: &CampaignId,
        enrolment: &Enrolment,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// What a device enrolled with by an invitation, confirmed or not.
    fn enrolment(
        &self,
        campaign: &CampaignId,
        device: &DeviceId,
    ) -> impl Future<Output = Result<Option<Enrolment>, LedgerError>> + Send;

    /// Every enrolment, those that are only offered among them, in no promised order.
    fn enrolments(
        &self,
        campaign: &CampaignId,
    ) -> impl Future<Output = Result<Vec<Enrolment>, LedgerError>> + Send;
}
