//! A device's own keys: one to sign (Ed25519), one to receive (X25519).

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{KexPublic, KexSecret, random};
use crate::digest;
use crate::ids::DeviceId;

/// An Ed25519 signature (RFC 8032): two halves of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature([u8; 32], [u8; 32]);

/// The secret keys of a device. They are made on it and leave it only in a backup, sealed.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct DeviceKeys {
    sign: [u8; 32],
    kex: KexSecret,
}

/// What everybody may know of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublicKeys {
    /// Ed25519.
    pub sign: [u8; 32],
    /// X25519.
    pub kex: KexPublic,
}

impl DeviceKeys {
    /// New keys from 64 random bytes.
    pub fn generate(rng: &mut impl rand_core::CryptoRng) -> Self {
        Self { sign: random(rng), kex: KexSecret::generate(rng) }
    }

    /// Keys from two seeds; a recovery code gives such seeds.
    pub fn from_seeds(sign: [u8; 32], kex: [u8; 32]) -> Self {
        Self { sign, kex: KexSecret::from_seed(&kex) }
    }

    /// The public half.
    pub fn public(&self) -> PublicKeys {
        let sign = SigningKey::from_bytes(&self.sign).verifying_key().to_bytes();
        PublicKeys { sign, kex: self.kex.public() }
    }

    /// The device with these keys.
    pub fn id(&self) -> DeviceId {
        self.public().device()
    }

    /// The key that opens what was sealed for this device.
    pub fn kex(&self) -> &KexSecret {
        &self.kex
    }

    /// Signs a labelled message.
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> Signature {
        let bytes =
            SigningKey::from_bytes(&self.sign).sign(&digest::label(purpose, parts)).to_bytes();
        let (mut first, mut second) = ([0; 32], [0; 32]);
        first.copy_from_slice(&bytes[..32]);
        second.copy_from_slice(&bytes[32..]);
        Signature(first, second)
    }
}

impl PublicKeys {
    /// A hash of both keys: nobody can present other keys under this id.
    pub fn device(&self) -> DeviceId {
        let hash = digest::labelled("device", &[&self.sign, &self.kex.0]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        DeviceId(id)
    }

    /// Whether this device signed the labelled message (strict verification: no weak keys).
    pub fn signed(&self, purpose: &str, parts: &[&[u8]], signature: &Signature) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.sign) else { return false };
        let signature = ed25519_dalek::Signature::from_components(signature.0, signature.1);
        key.verify_strict(&digest::label(purpose, parts), &signature).is_ok()
    }
}
