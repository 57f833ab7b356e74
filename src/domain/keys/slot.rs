//! The vault key of a device and the slots that hold it.
//!
//! A slot is overwritten in place, so that a key once replaced is gone from the disk. Two slots, each with a
//! checksum, outlive a power cut in the middle of a write: at any time one of them is whole.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Unopened, aead, random};
use crate::codec::{self, Malformed};
use crate::digest;

/// Bytes of a slot on the disk.
pub const SLOT_BYTES: usize = 256;

/// Seals every value that a device stores.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct VaultKey([u8; 32]);

/// A slot's content: how the vault key is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VaultKeySlot {
    /// As it is: whoever holds the phone unlocked holds the key.
    Raw([u8; 32]),
    /// Under a passphrase, stretched by Argon2id.
    Passphrase {
        /// 16 random bytes.
        salt: [u8; 16],
        /// KiB of memory.
        memory: u32,
        /// Passes.
        passes: u32,
        /// The sealed key.
        sealed: Vec<u8>,
    },
    /// Sealed to the team key, for a forgotten passphrase.
    Team {
        /// The team key's generation.
        generation: u32,
        /// The sealed key.
        sealed: Vec<u8>,
    },
}

/// Why a slot gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSlot {
    /// Never written, torn by a power cut, or damaged.
    #[error("the slot holds nothing whole")]
    Empty,
    /// Another passphrase.
    #[error("the passphrase does not open the slot")]
    Passphrase,
    /// It is wrapped: a passphrase is needed.
    #[error("the slot is locked")]
    Locked,
}

impl VaultKey {
    /// A new key.
    pub fn generate(rng: &mut impl rand_core::CryptoRng) -> Self {
        Self(random(rng))
    }

    /// Seals a value of the store. `place` is the store and the key it stands under, so that a value copied
    /// elsewhere does not open.
    pub fn seal(&self, place: &[&[u8]], plain: &[u8], nonce: [u8; 12]) -> Vec<u8> {
        aead::seal_with_nonce(&self.0, nonce, &digest::label("vault", place), plain)
    }

    /// Opens a value of the store.
    ///
    /// # Errors
    /// [`Unopened`]: another vault, another place, or damage.
    pub fn open(&self, place: &[&[u8]], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        aead::open_with_nonce(&self.0, &digest::label("vault", place), sealed)
    }

    /// An opaque key for the store's index: tells nothing of what it stands for without the vault key.
    pub fn index(&self, place: &[&[u8]]) -> [u8; 32] {
        digest::keyed(&self.0, &digest::label("index", place))
    }

    /// A slot that holds the key as it is.
    pub fn raw_slot(&self) -> VaultKeySlot {
        VaultKeySlot::Raw(self.0)
    }

    /// A slot under a passphrase: Argon2id with 64 MiB and 3 passes.
    ///
    /// # Errors
    /// [`BadSlot::Locked`] when there is not that much memory.
    pub fn passphrase_slot(
        &self,
        passphrase: &str,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<VaultKeySlot, BadSlot> {
        let (salt, memory, passes) = (random(rng), 64 * 1024, 3);
        let key = stretch(passphrase, &salt, memory, passes)?;
        Ok(VaultKeySlot::Passphrase {
            salt,
            memory,
            passes,
            sealed: aead::seal_with_key(&key, b"", &self.0),
        })
    }
}

impl VaultKeySlot {
    /// The slot as it stands on the disk: checksum, length, content, zeros.
    pub fn to_bytes(&self) -> [u8; SLOT_BYTES] {
        let content = codec::encode(1, self);
        let mut out = [0; SLOT_BYTES];
        out[32..34].copy_from_slice(&(content.len() as u16).to_le_bytes());
        out[34..34 + content.len()].copy_from_slice(&content);
        let sum = digest::labelled("slot", &[&out[32..]]);
        out[..32].copy_from_slice(&sum);
        out
    }

    /// Reads a slot.
    ///
    /// # Errors
    /// [`BadSlot::Empty`] when the checksum does not match.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadSlot> {
        let (sum, rest) = bytes.split_at_checked(32).ok_or(BadSlot::Empty)?;
        if bytes.len() != SLOT_BYTES || digest::labelled("slot", &[rest]) != *sum {
            return Err(BadSlot::Empty);
        }
        let length = usize::from(u16::from_le_bytes([rest[0], rest[1]]));
        let content = rest.get(2..2 + length).ok_or(BadSlot::Empty)?;
        codec::decode(1, content).map_err(|_: Malformed| BadSlot::Empty)
    }

    /// The vault key of a slot, with the passphrase where it needs one.
    ///
    /// # Errors
    /// [`BadSlot::Locked`] without a passphrase it needs, [`BadSlot::Passphrase`] with another one.
    pub fn open(&self, passphrase: Option<&str>) -> Result<VaultKey, BadSlot> {
        match (self, passphrase) {
            (Self::Raw(key), _) => Ok(VaultKey(*key)),
            (Self::Passphrase { salt, memory, passes, sealed }, Some(text)) => {
                let key = stretch(text, salt, *memory, *passes)?;
                let plain =
                    aead::open_with_key(&key, b"", sealed).map_err(|_| BadSlot::Passphrase)?;
                plain.try_into().map(VaultKey).map_err(|_| BadSlot::Passphrase)
            }
            _ => Err(BadSlot::Locked),
        }
    }
}

pub(super) fn stretch(
    text: &str,
    salt: &[u8],
    memory: u32,
    passes: u32,
) -> Result<[u8; 32], BadSlot> {
    let params = Params::new(memory, passes, 1, Some(32)).map_err(|_| BadSlot::Locked)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), salt, &mut key)
        .map_err(|_| BadSlot::Locked)?;
    Ok(key)
}
