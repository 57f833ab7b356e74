//! A key sealed for one reader.

use serde::{Deserialize, Serialize};

use super::{KexPublic, KexSecret, Unopened, aead, open_for, seal_for};
use crate::codec;
use crate::digest;
use crate::ids::{CampaignId, DeviceId};

/// Whom a wrap is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reader {
    /// The holders of the team key of this generation.
    Team(u32),
    /// One device.
    Device(DeviceId),
    /// The holders of the network key of this generation.
    Network(u32),
    /// The holder of the recovery code.
    Recovery,
}

/// A key, sealed for one reader and one use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// Whom it is for.
    pub reader: Reader,
    /// The sealed key.
    pub sealed: Vec<u8>,
}

/// What a wrapped key is for: part of the seal, so that a wrap cannot be moved elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct WrapUse<'a> {
    /// `bundle key`, `team key`, `network key`, …
    pub purpose: &'a str,
    /// The campaign.
    pub campaign: &'a CampaignId,
    /// The bundle, or the generation, that the key belongs to.
    pub subject: &'a [u8],
}

impl Wrap {
    /// Seals a 32-byte key to a public key.
    ///
    /// # Errors
    /// [`Unopened`] when `public` is no usable key.
    pub fn to_public(
        reader: Reader,
        public: &KexPublic,
        usage: WrapUse<'_>,
        key: &[u8; 32],
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Self, Unopened> {
        let sealed = seal_for(public, &usage.label(&reader), key, rng)?;
        Ok(Self { reader, sealed })
    }

    /// Seals a 32-byte key under a shared key, from which one key per use is derived.
    pub fn under_shared(
        reader: Reader,
        shared: &[u8; 32],
        usage: WrapUse<'_>,
        key: &[u8; 32],
    ) -> Self {
        let once = digest::keyed(shared, &usage.label(&reader));
        Self { reader, sealed: aead::seal_with_key(&once, b"", key) }
    }

    /// Opens a wrap that was sealed to this key pair.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open(&self, secret: &KexSecret, usage: WrapUse<'_>) -> Result<[u8; 32], Unopened> {
        let key = open_for(secret, &usage.label(&self.reader), &self.sealed)?;
        key.try_into().map_err(|_| Unopened)
    }

    /// Opens a wrap that was sealed under this shared key.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open_shared(&self, shared: &[u8; 32], usage: WrapUse<'_>) -> Result<[u8; 32], Unopened> {
        let once = digest::keyed(shared, &usage.label(&self.reader));
        aead::open_with_key(&once, b"", &self.sealed)?.try_into().map_err(|_| Unopened)
    }
}

impl WrapUse<'_> {
    pub(super) fn label(&self, reader: &Reader) -> Vec<u8> {
        digest::label(self.purpose, &[&self.campaign.0, self.subject, &codec::encode(1, reader)])
    }
}
