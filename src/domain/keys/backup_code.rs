//! The code of a device's backups: 26 characters on paper.

use std::fmt;
use std::str::FromStr;

use super::recovery::{BadRecoveryCode, RecoveryCode};
use crate::digest;

/// Opens the backups of one device. Written like a [`RecoveryCode`] and derived apart from it: neither opens
/// what the other does. It has 128 random bits, so nothing needs stretching.
#[derive(Clone, PartialEq, Eq)]
pub struct BackupCode(RecoveryCode);

impl BackupCode {
    /// A code from 16 random bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(RecoveryCode::new(bytes))
    }

    /// The key of one backup: with a salt of its own, it seals one message and no other.
    pub(crate) fn key(&self, salt: &[u8; 16]) -> [u8; 32] {
        digest::labelled("backup key", &[self.0.as_bytes(), salt])
    }
}

impl fmt::Display for BackupCode {
    /// One word of 26 characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for BackupCode {
    type Err = BadRecoveryCode;

    /// Reads a code as people type it, as [`RecoveryCode`] does.
    fn from_str(text: &str) -> Result<Self, BadRecoveryCode> {
        text.parse().map(Self)
    }
}

impl fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupCode(…)")
    }
}
