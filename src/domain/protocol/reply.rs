//! The frame of every answer.

use serde::{Serialize, de::DeserializeOwned};

use crate::codec::{self, Malformed};
use crate::ids::Epoch;

/// The content type of requests and replies.
pub const CONTENT_TYPE: &str = "application/vnd.perron";

const MARKER: &[u8] = b"PERRON";

/// An answer and the history it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply<T> {
    /// The server's history id. A device ignores what belongs to another.
    pub epoch: Epoch,
    /// The answer.
    pub answer: T,
}

/// Bytes that are no reply of this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReply {
    /// A captive portal's page, a proxy's, a cut connection's.
    #[error("not a reply of this protocol")]
    Foreign,
    /// A newer server's.
    #[error("a reply of a newer protocol")]
    Newer,
}

impl<T: Serialize + DeserializeOwned> Reply<T> {
    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [MARKER.to_vec(), codec::encode(1, &(&self.epoch, &self.answer))].concat()
    }

    /// Reads a reply; a truncated one is none.
    ///
    /// # Errors
    /// [`NotAReply`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAReply> {
        let rest = bytes.strip_prefix(MARKER).ok_or(NotAReply::Foreign)?;
        let (epoch, answer) = codec::decode(1, rest).map_err(|fault| match fault {
            Malformed::Version(_) => NotAReply::Newer,
            Malformed::Shape => NotAReply::Foreign,
        })?;
        Ok(Self { epoch, answer })
    }
}
