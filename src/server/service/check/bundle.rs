//! Checking a bundle and its wraps.

use std::collections::BTreeSet;

use domain::bundle::{Audience, Bundle, Header};
use domain::ids::DeviceId;
use domain::keys::{PublicKeys, Reader, Wrap};
use domain::protocol::{Code, PushItem};

use super::{Batch, malformed};
use crate::ledger::{Entry, Facts, Ledger};
use crate::service::caller::Standing;

/// The team, the author, and the devices of one member: far fewer than this.
const MAX_WRAPS: usize = 64;
/// A key sealed to a public key is 80 bytes, under a shared one 48.
const MAX_SEALED_KEY: usize = 128;

impl<L: Ledger> Batch<'_, L> {
    pub(super) async fn check_bundle(&mut self, item: &PushItem) -> Result<Entry, Code> {
        let bundle = Bundle::read(&item.bytes).map_err(malformed)?;
        let header = bundle.header();
        if header.campaign != self.caller.campaign {
            return Err(Code::WrongCampaign);
        }
        let keys = self.author_keys(&header.device).await?;
        if !bundle.signed_by(&keys) {
            return Err(Code::BadSignature);
        }
        self.check_wraps(header, &item.wraps).await?;
        self.bundles.insert(bundle.id());
        let (bytes, wraps) = (item.bytes.clone(), item.wraps.clone());
        Ok(Entry { id: bundle.id(), bytes, wraps, facts: Facts::Bundle(header.clone()) })
    }

    /// A bundle's author is an enrolled device, confirmed or not. It need not be the caller: after a restore
    /// anyone offers back what they hold, and the signature suffices. What a revoked device made counts only
    /// up to its revocation; so a confirmed device, which got it in time, may offer it and nobody else.
    pub(super) async fn author_keys(&self, author: &DeviceId) -> Result<PublicKeys, Code> {
        if let Some(entry) = self.line.device(author) {
            let confirmed = matches!(self.standing, Standing::Confirmed(_));
            let offered = confirmed && self.caller.device != *author;
            let counts = entry.revoked.is_none() || offered;
            return if counts { Ok(entry.keys) } else { Err(Code::Revoked) };
        }
        let enrolment = self.service.ledger.enrolment(&self.caller.campaign, author).await?;
        enrolment.map(|enrolment| enrolment.keys).ok_or(Code::UnknownDevice)
    }

    /// The server cannot open a wrap. It sees that there is one for those who must read the bundle, and none
    /// for readers that do not exist or that its audience leaves out.
    async fn check_wraps(&self, header: &Header, wraps: &[Wrap]) -> Result<(), Code> {
        let readers: BTreeSet<Reader> = wraps.iter().map(|wrap| wrap.reader).collect();
        let sized = wraps.iter().all(|wrap| (1..=MAX_SEALED_KEY).contains(&wrap.sealed.len()));
        if wraps.len() > MAX_WRAPS || readers.len() != wraps.len() || !sized {
            return Err(Code::BadWrap);
        }
        let newest = self.line.generation().map_or(0, |generation| generation.generation);
        let exists = |generation| (1..=newest).contains(&generation);
        let network = readers.iter().any(|reader| matches!(reader, Reader::Network(_)));
        let team = readers.iter().any(|reader| matches!(reader, Reader::Team(_)));
        let fits = match header.audience {
            Audience::Network => network,
            Audience::Restricted => team && !network,
        };
        if !fits || !exists(header.generation) {
            return Err(Code::BadWrap);
        }
        for reader in readers {
            let known = match reader {
                Reader::Team(generation) | Reader::Network(generation) => exists(generation),
                Reader::Device(device) => self.exists(&device).await?,
                Reader::Recovery => false,
            };
            if !known {
                return Err(Code::BadWrap);
            }
        }
        Ok(())
    }

    /// Whether this device is or ever was one of the campaign's.
    pub(super) async fn exists(&self, device: &DeviceId) -> Result<bool, Code> {
        let taken_in = self.line.confirmations().iter().any(|it| it.keys.device() == *device);
        if taken_in || self.line.device(device).is_some() {
            return Ok(true);
        }
        let enrolment = self.service.ledger.enrolment(&self.caller.campaign, device).await?;
        Ok(enrolment.is_some())
    }
}
