//! A bundle: sealed changes, as they travel and as they are stored.
//!
//! ```text
//! Bundle { header: { campaign, device, previous, audience, generation, key_check }, sealed, signature }
//! ```
//!
//! The body is compressed, padded to a Padmé length, and sealed under a key of its own; the key is wrapped
//! for each reader. The bytes are made once: every retry sends the same.

mod body;
mod padding;
mod seal;

pub(crate) use padding::padded_length;

pub use body::{BadBody, BodyItem, Origin};
pub use seal::{Audience, BadBundle, Bundle, BundlePlan, Header, ReaderKey, SealedBundle, seal};

/// The largest body, padded, in bytes.
pub const MAX_BODY: usize = 256 * 1024;
/// The largest bundle: body, seal, header and signature.
pub const MAX_BUNDLE: usize = MAX_BODY + 1024;
/// The bytes of changes that surely fit one bundle, however badly they compress.
pub const MAX_CHANGES: usize = 192 * 1024;

#[cfg(test)]
mod tests;
