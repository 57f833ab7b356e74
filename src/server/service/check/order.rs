//! Checking what only coordinators' devices sign: grants and orders to erase.

use domain::ids::{CampaignId, DeviceId};
use domain::keys::{PublicKeys, Reader};
use domain::ledger::{EraseOrder, Grant, Kind, Signed};
use domain::protocol::Code;
use domain::roster::Role;

use super::{Batch, Finding, malformed};
use crate::ledger::{Entry, Facts, Held, Ledger};

impl<L: Ledger> Batch<'_, L> {
    pub(super) async fn check_grant(&mut self, bytes: &[u8]) -> Result<Finding, Code> {
        let signed = Signed::<Grant>::read(Kind::Grant, bytes).map_err(malformed)?;
        let Grant { campaign, device, bundle, wrap } = &signed.body;
        if !signed.signed_by(&self.signing_keys(campaign, device)?) {
            return Err(Code::BadSignature);
        }
        let Reader::Device(reader) = wrap.reader else { return Err(Code::BadWrap) };
        if !self.exists(&reader).await? {
            return Err(Code::BadWrap);
        }
        if !self.bundles.contains(bundle) {
            let held = self.service.ledger.find(campaign, &[*bundle]).await?;
            match held.first() {
                Some(Held::At(_)) => {}
                Some(Held::Destroyed) => return Ok(Finding::Erased),
                Some(Held::Absent) | None => return Err(Code::UnknownBundle),
            }
        }
        let facts = Facts::Grant { bundle: *bundle, reader };
        let (id, bytes, wraps) = (signed.id, bytes.to_vec(), Vec::new());
        Ok(Finding::Good(Entry { id, bytes, wraps, facts }))
    }

    pub(super) fn check_erase(&mut self, bytes: &[u8]) -> Result<Entry, Code> {
        let signed = Signed::<EraseOrder>::read(Kind::Erase, bytes).map_err(malformed)?;
        let EraseOrder { campaign, device, destroy, .. } = &signed.body;
        if !signed.signed_by(&self.signing_keys(campaign, device)?) {
            return Err(Code::BadSignature);
        }
        let facts = Facts::Erase { destroy: destroy.clone() };
        Ok(Entry { id: signed.id, bytes: bytes.to_vec(), wraps: Vec::new(), facts })
    }

    /// The keys of the coordinator's device that an order names. As with bundles, what a device signed before
    /// it was put out is still offered back after a restore, though only by another coordinator's device.
    fn signing_keys(&self, campaign: &CampaignId, device: &DeviceId) -> Result<PublicKeys, Code> {
        if *campaign != self.caller.campaign {
            return Err(Code::WrongCampaign);
        }
        let signer = self.line.device(device).filter(|entry| entry.role == Role::Coordinator);
        let signer = signer.ok_or(Code::NotAllowed)?;
        let offered = self.line.is_coordinator(&self.caller.device);
        if signer.revoked.is_none() || offered { Ok(signer.keys) } else { Err(Code::Revoked) }
    }
}
