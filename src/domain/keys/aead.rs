//! ChaCha20-Poly1305 (RFC 8439).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use super::Unopened;

/// Seals under a key that seals this one message and no other, so that its nonce may be zero.
pub fn seal_with_key(key: &[u8; 32], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    seal_at(key, [0; 12], aad, plain)
}

/// Opens what [`seal_with_key`] sealed.
///
/// # Errors
/// [`Unopened`] for another key, other associated data, or altered bytes.
pub fn open_with_key(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    open_at(key, [0; 12], aad, sealed)
}

/// Seals under a key that seals many messages: the random nonce goes in front.
pub fn seal_with_nonce(key: &[u8; 32], nonce: [u8; 12], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    [nonce.to_vec(), seal_at(key, nonce, aad, plain)].concat()
}

/// Opens what [`seal_with_nonce`] sealed.
///
/// # Errors
/// As [`open_with_key`].
pub fn open_with_nonce(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    let (nonce, rest) = sealed.split_first_chunk::<12>().ok_or(Unopened)?;
    open_at(key, *nonce, aad, rest)
}

fn seal_at(key: &[u8; 32], nonce: [u8; 12], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    ChaCha20Poly1305::new(key.into())
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad })
        .expect("a message here is far below the cipher's 256 GiB")
}

fn open_at(key: &[u8; 32], nonce: [u8; 12], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>, Unopened> {
    ChaCha20Poly1305::new(key.into())
        .decrypt(&Nonce::from(nonce), Payload { msg, aad })
        .map_err(|_| Unopened)
}
