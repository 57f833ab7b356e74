//! Reproducible random bytes. Never for keys of people.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

use crate::digest;

/// A stream of bytes that depends on its seed only.
#[derive(Debug, Clone)]
pub struct SeededRandom {
    seed: [u8; 32],
    block: u64,
    left: Vec<u8>,
}

impl SeededRandom {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Self {
        let seed = digest::labelled("seeded random", &[&seed.to_le_bytes()]);
        Self { seed, block: 0, left: Vec::new() }
    }
}

impl TryRng for SeededRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for byte in out {
            if self.left.is_empty() {
                let block = digest::keyed(&self.seed, &self.block.to_le_bytes());
                self.left.extend_from_slice(&block);
                self.block += 1;
            }
            *byte = self.left.pop().unwrap_or_default();
        }
        Ok(())
    }
}

impl TryCryptoRng for SeededRandom {}
