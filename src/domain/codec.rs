//! The binary form of everything stored and sent: one version byte, then postcard.
//!
//! Law: a value has exactly one encoding. What does not encode back to the bytes it was read from is
//! refused, so that a hash over the bytes is a hash over the meaning.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Bytes that are not what they were read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Written by a newer app: keep the bytes, read them after an update.
    #[error("version {0} is newer than this app")]
    Version(u8),
    /// Cut short, too long, not canonical, or not of this shape.
    #[error("malformed bytes")]
    Shape,
}

/// Encodes `value` behind its version byte.
pub fn encode<T: Serialize>(version: u8, value: &T) -> Vec<u8> {
    postcard::to_extend(value, vec![version])
        .expect("the types of this crate have known lengths, so encoding them cannot fail")
}

/// Decodes what [`encode`] wrote with this version; every other byte string is [`Malformed`].
pub fn decode<T: Serialize + DeserializeOwned>(version: u8, bytes: &[u8]) -> Result<T, Malformed> {
    let value = decode_kept(version, bytes)?;
    if encode(version, &value) == bytes { Ok(value) } else { Err(Malformed::Shape) }
}

/// As [`decode`], of bytes that this device encoded itself and kept under its own seal: whether they are the one
/// encoding of what they hold is not asked again.
pub fn decode_kept<'b, T: Deserialize<'b>>(version: u8, bytes: &'b [u8]) -> Result<T, Malformed> {
    match bytes.split_first() {
        Some((found, rest)) if *found == version => match postcard::take_from_bytes::<T>(rest) {
            Ok((value, [])) => Ok(value),
            _ => Err(Malformed::Shape),
        },
        Some((newer, _)) if *newer > version => Err(Malformed::Version(*newer)),
        _ => Err(Malformed::Shape),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_encoding_is_read() {
        let bytes = encode(1, &(300_u32, "é".to_owned()));
        assert_eq!(decode::<(u32, String)>(1, &bytes), Ok((300, "é".to_owned())));
        for end in 0..bytes.len() {
            assert_eq!(decode::<(u32, String)>(1, &bytes[..end]), Err(Malformed::Shape));
        }
        let longer = [bytes.clone(), vec![0]].concat();
        assert_eq!(decode::<(u32, String)>(1, &longer), Err(Malformed::Shape));
        // 0x85 0x00 is 5 written with a needless byte.
        assert_eq!(decode::<u32>(1, &[1, 0x85, 0x00]), Err(Malformed::Shape));
        assert_eq!(decode::<u32>(1, &[9, 5]), Err(Malformed::Version(9)));
    }
}
