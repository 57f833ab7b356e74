//! Sealing a bundle for its readers, and opening it.

use serde::{Deserialize, Serialize};

use super::body::{self, BadBody, BodyItem};
use crate::codec::{self, Malformed};
use crate::digest;
use crate::ids::{CampaignId, DeviceId, EntryId};
use crate::keys::{
    DeviceKeys, KexPublic, PublicKeys, Reader, Unopened, Wrap, WrapUse, open_with_key, random,
    seal_with_key,
};
use crate::ledger::{Kind, Signed};

/// Who may receive a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Audience {
    /// Every member: rows of the shared register.
    Network,
    /// Coordinators, the author's device, and the devices of the member who created the record.
    Restricted,
}

/// What stands on a bundle in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device that signed.
    pub device: DeviceId,
    /// The device's bundle before this one, for the same audience. Two bundles with one `previous` betray
    /// a cloned profile; a missing one can be named.
    pub previous: Option<EntryId>,
    /// Who may receive it.
    pub audience: Audience,
    /// The generation of the key it is wrapped under.
    pub generation: u32,
    /// A hash of the bundle's key: tells a wrap of another key apart.
    pub key_check: [u8; 16],
}

/// A bundle as read.
#[derive(Debug, Clone)]
pub struct Bundle(Signed<Parts>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Parts {
    header: Header,
    sealed: Vec<u8>,
}

/// What a bundle is to be.
pub struct BundlePlan<'a> {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device's bundle before, for this audience.
    pub previous: Option<EntryId>,
    /// Who may receive it.
    pub audience: Audience,
    /// The generation of the keys in `readers`.
    pub generation: u32,
    /// For whom its key is wrapped.
    pub readers: &'a [(Reader, ReaderKey)],
}

/// How a reader's wrap is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderKey {
    /// To a public key.
    Public(KexPublic),
    /// Under a shared key.
    Shared([u8; 32]),
}

/// A finished bundle. The bytes never change again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBundle {
    /// SHA-256 of the bytes.
    pub id: EntryId,
    /// What travels and is stored.
    pub bytes: Vec<u8>,
    /// Its key, for each reader.
    pub wraps: Vec<Wrap>,
}

/// Why a bundle is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBundle {
    /// The key is not this bundle's.
    #[error("the key is of another bundle")]
    Key,
    /// The seal does not open.
    #[error(transparent)]
    Sealed(#[from] Unopened),
    /// The body is no body.
    #[error(transparent)]
    Body(#[from] BadBody),
}

/// Seals items into a bundle under a fresh key, signs it once, and wraps the key for each reader.
///
/// # Errors
/// [`BadBundle::Body`] when the items are too many; [`BadBundle::Sealed`] when a reader's key is unusable.
pub fn seal(
    keys: &DeviceKeys,
    plan: &BundlePlan<'_>,
    items: &[BodyItem],
    rng: &mut impl rand_core::CryptoRng,
) -> Result<SealedBundle, BadBundle> {
    let key: [u8; 32] = random(rng);
    let header = Header {
        campaign: plan.campaign,
        device: keys.id(),
        previous: plan.previous,
        audience: plan.audience,
        generation: plan.generation,
        key_check: key_check(&key),
    };
    let sealed = seal_with_key(&key, &codec::encode(1, &header), &body::pack(items)?);
    let (signed, bytes) = Signed::sign(Kind::Bundle, Parts { header, sealed }, keys);
    let usage = WrapUse { purpose: "bundle key", campaign: &plan.campaign, subject: &signed.id.0 };
    let wraps = plan.readers.iter().map(|(reader, reader_key)| match reader_key {
        ReaderKey::Public(public) => Wrap::to_public(*reader, public, usage, &key, rng),
        ReaderKey::Shared(shared) => Ok(Wrap::under_shared(*reader, shared, usage, &key)),
    });
    Ok(SealedBundle { id: signed.id, bytes, wraps: wraps.collect::<Result<_, _>>()? })
}

impl Bundle {
    /// Reads a bundle's frame and header; nothing is opened yet.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        Signed::read(Kind::Bundle, bytes).map(Self)
    }

    /// SHA-256 of its bytes.
    pub fn id(&self) -> EntryId {
        self.0.id
    }

    /// What stands on it in clear.
    pub fn header(&self) -> &Header {
        &self.0.body.header
    }

    /// Whether the device of these keys is the one it names, and signed it.
    pub fn signed_by(&self, keys: &PublicKeys) -> bool {
        keys.device() == self.header().device && self.0.signed_by(keys)
    }

    /// Whether this is the key that it was sealed under.
    pub fn has_key(&self, key: &[u8; 32]) -> bool {
        key_check(key) == self.header().key_check
    }

    /// Opens it with its key.
    ///
    /// # Errors
    /// [`BadBundle`].
    pub fn open(&self, key: &[u8; 32]) -> Result<Vec<BodyItem>, BadBundle> {
        if !self.has_key(key) {
            return Err(BadBundle::Key);
        }
        let Parts { header, sealed } = &self.0.body;
        let plain = open_with_key(key, &codec::encode(1, header), sealed)?;
        Ok(body::unpack(&plain)?)
    }
}

fn key_check(key: &[u8; 32]) -> [u8; 16] {
    let mut check = [0; 16];
    check.copy_from_slice(&digest::labelled("key check", &[key])[..16]);
    check
}
