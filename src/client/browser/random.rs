//! Random bytes from the browser.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

/// The browser's cryptographic generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserRandom;

impl TryRng for BrowserRandom {
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

    /// # Panics
    /// Without a generator no key may be made: the app stops rather than go on with guessable ones.
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let crypto = crypto.expect("every browser of the floor has a generator");
        // The browser gives at most 65,536 bytes at a time.
        for part in out.chunks_mut(65_536) {
            crypto
                .get_random_values_with_u8_array(part)
                .expect("at most 65,536 bytes are asked for");
        }
        Ok(())
    }
}

impl TryCryptoRng for BrowserRandom {}
