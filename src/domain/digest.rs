//! SHA-256, with a label on every use.

use hkdf::hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// SHA-256 of these bytes and nothing else: the id of an entry.
pub fn plain(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 over a label and parts.
///
/// Law: two different (purpose, parts) never hash the same input, for every part goes in with its length.
pub fn labelled(purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(label(purpose, parts)).into()
}

/// The byte string that binds a signature or a key wrap to its one purpose and its parts.
pub fn label(purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    push(&mut out, b"perron 1");
    push(&mut out, purpose.as_bytes());
    parts.iter().for_each(|part| push(&mut out, part));
    out
}

/// HMAC-SHA256 under a 32-byte key.
pub fn keyed(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    mac(key, message).finalize().into_bytes().into()
}

/// Whether `tag` is [`keyed`] of the message, in time that does not depend on where they differ.
pub fn keyed_matches(key: &[u8; 32], message: &[u8], tag: &[u8; 32]) -> bool {
    mac(key, message).verify_slice(tag).is_ok()
}

fn mac(key: &[u8; 32], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}

fn push(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as u64).to_le_bytes());
    out.extend_from_slice(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_parts_changes_the_hash() {
        assert_ne!(labelled("a", &[b"xy", b"z"]), labelled("a", &[b"x", b"yz"]));
        assert_ne!(labelled("ab", &[]), labelled("a", &[b"b"]));
    }

    #[test]
    fn a_tag_is_of_one_key_and_one_message() {
        let tag = keyed(&[1; 32], b"m");
        assert!(keyed_matches(&[1; 32], b"m", &tag));
        assert!(!keyed_matches(&[2; 32], b"m", &tag));
        assert!(!keyed_matches(&[1; 32], b"n", &tag));
    }
}
