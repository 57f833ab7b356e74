//! Invitations in memory.

use domain::campaign::Enrolment;
use domain::ids::{CampaignId, DeviceId, InviteId};

use super::MemoryLedger;
use crate::ledger::{Invite, Invites, LedgerError};

impl Invites for MemoryLedger {
    async fn open_invite(&self, id: &CampaignId, invite: &Invite) -> Result<bool, LedgerError> {
        self.in_campaign(id, |campaign| {
            let free = !campaign.invites.contains_key(&invite.id);
            campaign.invites.entry(invite.id).or_insert_with(|| invite.clone());
            free
        })
    }

    async fn invite(
        &self,
        id: &CampaignId,
        invite: &InviteId,
    ) -> Result<Option<Invite>, LedgerError> {
        self.in_campaign(id, |campaign| campaign.invites.get(invite).cloned())
    }

    async fn enrol(&self, id: &CampaignId, enrolment: &Enrolment) -> Result<bool, LedgerError> {
        self.in_campaign(id, |campaign| {
            let device = enrolment.keys.device();
            let free = !campaign.enrolments.contains_key(&device);
            let invite = campaign.invites.get_mut(&enrolment.invite);
            match invite.filter(|invite| free && invite.used_by.is_none()) {
                Some(invite) => {
                    invite.used_by = Some(device);
                    campaign.enrolments.insert(device, enrolment.clone());
                    true
                }
                None => false,
            }
        })
    }

    async fn offer_enrolment(
        &self,
        id: &CampaignId,
        enrolment: &Enrolment,
    ) -> Result<(), LedgerError> {
        self.in_campaign(id, |campaign| {
            campaign.offered.insert(enrolment.keys.device(), enrolment.clone());
        })
    }

    async fn enrolment(
        &self,
        id: &CampaignId,
        device: &DeviceId,
    ) -> Result<Option<Enrolment>, LedgerError> {
        self.in_campaign(id, |campaign| campaign.enrolments.get(device).cloned())
    }

    async fn enrolments(&self, id: &CampaignId) -> Result<Vec<Enrolment>, LedgerError> {
        self.in_campaign(id, |campaign| {
            let offered = campaign.offered.iter();
            let offered = offered.filter(|(device, _)| !campaign.enrolments.contains_key(device));
            let offered = offered.map(|(_, enrolment)| enrolment);
            campaign.enrolments.values().chain(offered).cloned().collect()
        })
    }
}
