//! Keys, and what is done with them: sign, wrap, seal.
//!
//! Every random byte comes in through the caller's generator. Every signature and every wrap carries a
//! label that names its purpose, so that one can never stand in for another.

mod aead;
mod backup_code;
mod device;
mod hpke;
mod invite;
mod keyring;
mod recovery;
mod slot;
mod team;
mod wrap;

pub use aead::{open_with_key, open_with_nonce, seal_with_key, seal_with_nonce};
pub use backup_code::BackupCode;
pub use device::{DeviceKeys, PublicKeys, Signature};
pub use hpke::{KexPublic, KexSecret, open_for, seal_for};
pub use invite::{InviteLink, InviteSecret, InviteTerms, NetworkKeys};
pub use keyring::{Keyring, NoBundleKey};
pub use recovery::{BadRecoveryCode, RecoveryCode};
pub use slot::{BadSlot, SLOT_BYTES, VaultKey, VaultKeySlot};
pub use team::{NetworkKey, TeamKey};
pub use wrap::{Reader, Wrap, WrapUse};

/// A seal that does not open: another key, another purpose, or altered bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not open")]
pub struct Unopened;

/// `N` bytes from the caller's generator.
pub fn random<const N: usize>(rng: &mut impl rand_core::CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests;
