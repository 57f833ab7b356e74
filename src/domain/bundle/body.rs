//! What a bundle holds, before it is sealed.

use miniz_oxide::{deflate, inflate};
use serde::{Deserialize, Serialize};

use super::MAX_BODY;
use super::padding::padded_length;
use crate::codec::{self, Malformed};
use crate::ids::{DeviceId, EntryId};

/// A body decompresses to at most this much: a guard against bodies made to exhaust a phone.
const MAX_PLAIN: usize = 4 * 1024 * 1024;

/// One change of a bundle, as bytes: a newer app's change passes through unread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyItem {
    /// The change's bytes.
    pub change: Vec<u8>,
    /// Set when a coordinator's device sealed another's change anew: where it stood first.
    pub origin: Option<Origin>,
}

/// Who made a re-sealed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The device that signed the first bundle.
    pub device: DeviceId,
    /// The first bundle.
    pub bundle: EntryId,
}

/// Why bytes are no body, or changes make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBody {
    /// More than a bundle carries.
    #[error("more than a bundle carries")]
    TooLarge,
    /// Not a body.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

/// Encodes, compresses and pads: 4 bytes of length, the compressed items, zeros.
pub(super) fn pack(items: &[BodyItem]) -> Result<Vec<u8>, BadBody> {
    let plain = codec::encode(1, &items.to_vec());
    if plain.len() > MAX_PLAIN {
        return Err(BadBody::TooLarge);
    }
    let packed = deflate::compress_to_vec(&plain, 6);
    let length = u32::try_from(packed.len()).map_err(|_| BadBody::TooLarge)?;
    let mut out = [length.to_le_bytes().to_vec(), packed].concat();
    out.resize(padded_length(out.len()), 0);
    if out.len() > MAX_BODY { Err(BadBody::TooLarge) } else { Ok(out) }
}

/// Reads what [`pack`] made.
pub(super) fn unpack(body: &[u8]) -> Result<Vec<BodyItem>, BadBody> {
    let (length, rest) = body.split_first_chunk::<4>().ok_or(Malformed::Shape)?;
    let packed = rest.get(..u32::from_le_bytes(*length) as usize).ok_or(Malformed::Shape)?;
    let plain =
        inflate::decompress_to_vec_with_limit(packed, MAX_PLAIN).map_err(|_| Malformed::Shape)?;
    Ok(codec::decode(1, &plain)?)
}
