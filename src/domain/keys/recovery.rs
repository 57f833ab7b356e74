//! The recovery code: 26 characters on paper, the last key of a campaign.

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{DeviceKeys, KexSecret, Reader, Wrap, WrapUse};
use crate::digest;
use crate::roster::Line;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 26;

/// 26 characters hold 130 bits: 128 of the code and 2 of a check. It derives an X25519 and an Ed25519 key;
/// both are named in the roster.
///
/// Reading a code promises little: the check finds three of four mistyped ones, without a roster. The fourth
/// reads as another code, so a code typed back counts only when it [`opens`](Self::opens) the campaign's
/// team key; that finds every mistake, at once and without a network, wherever there is a roster. A longer
/// check would make the code longer to write and find nothing more.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

/// A text that is not a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRecoveryCode {
    /// Not 26 characters of the alphabet.
    #[error("a recovery code has 26 characters")]
    Length,
    /// A character was mistyped; of four mistyped codes one is not found so.
    #[error("a character of the recovery code is wrong")]
    Check,
}

impl RecoveryCode {
    /// A code from 16 random bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The keys it derives.
    pub fn keys(&self) -> DeviceKeys {
        let seed = |purpose| digest::labelled(purpose, &[&self.0]);
        DeviceKeys::from_seeds(seed("recovery sign"), seed("recovery kex"))
    }

    /// Whether this is the code of the campaign: the roster names its keys, and they open the newest team
    /// key, and with it all older ones. No other code does.
    pub fn opens(&self, line: &Line) -> bool {
        let keys = self.keys();
        let (Some(recovery), Some(newest)) = (line.recovery(), line.generation()) else {
            return false;
        };
        let (campaign, subject) = (line.campaign(), newest.generation.to_le_bytes());
        let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
        let wraps = newest.team_wraps.iter().chain([&recovery.team_wrap]);
        let mut mine = wraps.filter(|wrap| wrap.reader == Reader::Recovery);
        let opens = |wrap: &Wrap| {
            let secret = wrap.open(keys.kex(), usage).map(KexSecret::from_bytes);
            secret.is_ok_and(|secret| secret.public() == newest.team)
        };
        recovery.keys == keys.public() && mine.any(opens)
    }

    pub(super) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    fn check(&self) -> u128 {
        u128::from(digest::labelled("recovery check", &[&self.0])[0] >> 6)
    }
}

impl fmt::Display for RecoveryCode {
    /// Groups of four, five and so on are the page's business: here one word of 26 characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.0);
        for index in 0..LENGTH {
            // 130 bits: the code's 128, then the check's 2.
            let shift = 5 * (LENGTH - 1 - index);
            let five = if shift >= 2 {
                (number >> (shift - 2)) & 31
            } else {
                ((number & 7) << 2) | self.check()
            };
            write!(f, "{}", ALPHABET[five as usize] as char)?;
        }
        Ok(())
    }
}

impl FromStr for RecoveryCode {
    type Err = BadRecoveryCode;

    /// Reads a code as people type it: in any case, with spaces or hyphens, O for 0, I or L for 1.
    fn from_str(text: &str) -> Result<Self, BadRecoveryCode> {
        let mut number: u128 = 0;
        let mut check = 0;
        let mut count = 0;
        for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let five = ALPHABET.iter().position(|letter| *letter as char == upper);
            let five = five.ok_or(BadRecoveryCode::Length)? as u128;
            count += 1;
            if count < LENGTH {
                number = (number << 5) | five;
            } else {
                number = (number << 3) | (five >> 2);
                check = five & 3;
            }
            if count > LENGTH {
                return Err(BadRecoveryCode::Length);
            }
        }
        let code = Self(number.to_be_bytes());
        match count {
            LENGTH if code.check() == check => Ok(code),
            LENGTH => Err(BadRecoveryCode::Check),
            _ => Err(BadRecoveryCode::Length),
        }
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}
