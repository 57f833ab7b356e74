//! The frame that all kinds of entry share: kind, version, body, signature.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::codec::{self, Malformed};
use crate::ids::EntryId;
use crate::keys::{DeviceKeys, PublicKeys, Signature};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// Sealed changes.
    Bundle = 1,
    /// A wrap of an older bundle's key for one more reader.
    Grant = 2,
    /// A line of the roster.
    Roster = 3,
    /// An order to erase.
    Erase = 4,
    /// Roster entries that the server's roster left out.
    Branch = 5,
}

/// An entry as read: its id, its body, and what was signed.
#[derive(Debug, Clone)]
pub struct Signed<T> {
    /// SHA-256 of the entry's bytes.
    pub id: EntryId,
    /// The body.
    pub body: T,
    kind: Kind,
    bytes: Vec<u8>,
    signature: Signature,
}

#[derive(Serialize, Deserialize)]
struct Frame {
    body: Vec<u8>,
    signature: Signature,
}

impl Kind {
    /// The kind that these bytes say they are.
    ///
    /// # Errors
    /// [`Malformed`] for a kind this version does not know.
    pub fn of(bytes: &[u8]) -> Result<Self, Malformed> {
        match bytes.first() {
            Some(1) => Ok(Self::Bundle),
            Some(2) => Ok(Self::Grant),
            Some(3) => Ok(Self::Roster),
            Some(4) => Ok(Self::Erase),
            Some(5) => Ok(Self::Branch),
            Some(newer @ 6..) => Err(Malformed::Version(*newer)),
            _ => Err(Malformed::Shape),
        }
    }

    /// Its number in storage.
    pub fn code(self) -> u8 {
        self as u8
    }

    fn purpose(self) -> &'static str {
        match self {
            Self::Bundle => "bundle",
            Self::Grant => "grant",
            Self::Roster => "roster entry",
            Self::Erase => "erase order",
            Self::Branch => "roster branch",
        }
    }
}

impl<T: Serialize + DeserializeOwned> Signed<T> {
    /// Signs a body: the entry's bytes are final from here on.
    pub fn sign(kind: Kind, body: T, keys: &DeviceKeys) -> (Self, Vec<u8>) {
        let bytes = codec::encode(1, &body);
        let signature = keys.sign(kind.purpose(), &[&bytes]);
        let frame = codec::encode(1, &Frame { body: bytes.clone(), signature });
        let entry = [vec![kind.code()], frame].concat();
        (Self { id: EntryId::of(&entry), body, kind, bytes, signature }, entry)
    }

    /// Reads an entry of this kind. The signature is not checked here: see [`signed_by`](Self::signed_by).
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(kind: Kind, entry: &[u8]) -> Result<Self, Malformed> {
        if Kind::of(entry)? != kind {
            return Err(Malformed::Shape);
        }
        let frame: Frame = codec::decode(1, &entry[1..])?;
        let body = codec::decode(1, &frame.body)?;
        let (bytes, signature) = (frame.body, frame.signature);
        Ok(Self { id: EntryId::of(entry), body, kind, bytes, signature })
    }

    /// Whether the holder of these keys signed the entry.
    pub fn signed_by(&self, keys: &PublicKeys) -> bool {
        keys.signed(self.kind.purpose(), &[&self.bytes], &self.signature)
    }
}
