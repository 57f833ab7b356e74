//! HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305, one message per encapsulation.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Unopened, random};

/// An X25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KexPublic(pub [u8; 32]);

/// An X25519 secret key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct KexSecret([u8; 32]);

impl KexSecret {
    /// A new key from 32 random bytes.
    pub fn generate(rng: &mut impl rand_core::CryptoRng) -> Self {
        Self::from_seed(&random(rng))
    }

    /// The key that RFC 9180's DeriveKeyPair makes of a seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let (secret, _) = X25519HkdfSha256::derive_keypair(seed);
        Self(secret.to_bytes().into())
    }

    /// The public half.
    pub fn public(&self) -> KexPublic {
        KexPublic(X25519HkdfSha256::sk_to_pk(&self.private()).to_bytes().into())
    }

    /// The bytes, to be wrapped for another reader.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes back what [`as_bytes`](Self::as_bytes) gave.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn private(&self) -> <X25519HkdfSha256 as Kem>::PrivateKey {
        Deserializable::from_bytes(&self.0).expect("every 32 bytes are an X25519 secret key")
    }
}

/// Seals `plain` so that only the holder of `reader`'s secret key opens it, for the purpose in `info`.
///
/// The result is the 32-byte encapsulated key and the sealed message.
///
/// # Errors
/// [`Unopened`] when `reader` is no usable public key (a point of small order).
pub fn seal_for(
    reader: &KexPublic,
    info: &[u8],
    plain: &[u8],
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, Unopened> {
    let reader = Deserializable::from_bytes(&reader.0).map_err(|_| Unopened)?;
    let (key, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &reader, info, plain, b"", rng)
    .map_err(|_| Unopened)?;
    Ok([key.to_bytes().to_vec(), sealed].concat())
}

/// Opens what [`seal_for`] sealed for this key and purpose.
///
/// # Errors
/// [`Unopened`].
pub fn open_for(secret: &KexSecret, info: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    let (key, sealed) = sealed.split_first_chunk::<32>().ok_or(Unopened)?;
    let key = Deserializable::from_bytes(key).map_err(|_| Unopened)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret.private(),
        &key,
        info,
        sealed,
        b"",
    )
    .map_err(|_| Unopened)
}
