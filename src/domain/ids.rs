//! Identifiers, each its own type so that one is never taken for another.
//!
//! All are raw bytes; as text they are lower-case hexadecimal. None is a counter and none tells a time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest;

/// A text that is not the hexadecimal form of the identifier it was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $size:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; $size]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let mut bytes = [0; $size];
                let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
                if text.len() != $size * 2 || !text.bytes().all(hexadecimal) {
                    return Err(NotAnId);
                }
                for (index, byte) in bytes.iter_mut().enumerate() {
                    let pair = text.get(index * 2..index * 2 + 2).ok_or(NotAnId)?;
                    *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAnId)?;
                }
                Ok(Self(bytes))
            }
        }
    };
}

id!(
    /// One campaign: the hash of its founding roster entry.
    CampaignId,
    32
);
id!(
    /// One person's place in a campaign; several devices may be of one member. Random.
    MemberId,
    16
);
id!(
    /// One device: a hash of its public keys, so that nobody can claim another's.
    DeviceId,
    16
);
id!(
    /// One record. It looks like a random UUID v4; see [`RecordId::of`].
    RecordId,
    16
);
id!(
    /// One change: 128 bits of a hash over its content. Readers recompute it.
    ChangeId,
    16
);
id!(
    /// One entry of the ledger: SHA-256 of its bytes.
    EntryId,
    32
);
id!(
    /// One invitation. Random.
    InviteId,
    16
);
id!(
    /// One history of a server: a restore begins another. Random.
    Epoch,
    16
);

impl RecordId {
    /// The id of a record that `creator` begins, from 16 random bytes.
    ///
    /// The id commits to its creator: whoever shows `salt` (in the field `created`) proves that the
    /// record is theirs, in any order of arrival and without a server's word. To everyone else it is a
    /// random version 4 UUID.
    pub fn of(creator: &MemberId, salt: &[u8; 16]) -> Self {
        let hash = digest::labelled("record", &[&creator.0, salt]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        id[6] = (id[6] & 0x0f) | 0x40;
        id[8] = (id[8] & 0x3f) | 0x80;
        Self(id)
    }

    /// The usual form of a UUID, with hyphens.
    pub fn uuid(&self) -> String {
        let hex = self.to_string();
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// Reads either form: with or without hyphens.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        text.chars().filter(|c| *c != '-').collect::<String>().parse()
    }
}

impl EntryId {
    /// The id of an entry with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(digest::plain(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_is_read_back() {
        let id = MemberId([0xa7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("a7".parse::<MemberId>(), Err(NotAnId));
        assert_eq!("é".repeat(16).parse::<MemberId>(), Err(NotAnId));
        assert_eq!("+1".repeat(16).parse::<MemberId>(), Err(NotAnId));
    }

    #[test]
    fn a_record_id_is_a_version_4_uuid_bound_to_its_creator() {
        let id = RecordId::of(&MemberId([1; 16]), &[2; 16]);
        assert_eq!(&id.uuid()[14..15], "4");
        assert!("89ab".contains(&id.uuid()[19..20]));
        assert_eq!(RecordId::parse(&id.uuid()), Ok(id));
        assert_ne!(id, RecordId::of(&MemberId([3; 16]), &[2; 16]));
    }
}
