//! The two keys of a campaign, each in generations.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::KexSecret;

/// The coordinators' key pair of one generation: what is `restricted` is sealed to its public part.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct TeamKey {
    /// Generations count from 1.
    pub generation: u32,
    /// The private part, held by coordinators' devices.
    pub secret: KexSecret,
}

/// The key that every member's device shares, of one generation.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct NetworkKey {
    /// Generations count from 1.
    pub generation: u32,
    /// 256 random bits.
    pub key: [u8; 32],
}
