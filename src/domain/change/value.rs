//! What a field can hold.

use crate::forms::RegisterValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A value. As bytes it is a tag and a payload, so that a newer version's kinds pass through unharmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Yes or no; one option of a choice of several.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text, a code, a civil date, a reference: the form says which.
    Text(String),
    /// An ordered list of codes.
    Texts(Vec<String>),
    /// Raw bytes.
    Bytes(Vec<u8>),
    /// A kind of value that only a newer version knows: kept and passed on.
    Unknown {
        /// Its tag.
        tag: u8,
        /// Its payload, unread.
        bytes: Vec<u8>,
    },
}

impl Value {
    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn tagged(&self) -> (u8, Vec<u8>) {
        match self {
            Self::Bool(value) => (1, payload(value)),
            Self::Int(value) => (2, payload(value)),
            Self::Text(value) => (3, value.clone().into_bytes()),
            Self::Texts(value) => (4, payload(value)),
            Self::Bytes(value) => (5, value.clone()),
            Self::Unknown { tag, bytes } => (*tag, bytes.clone()),
        }
    }

    fn from_tagged(tag: u8, bytes: Vec<u8>) -> Option<Self> {
        Some(match tag {
            1 => Self::Bool(postcard::from_bytes(&bytes).ok()?),
            2 => Self::Int(postcard::from_bytes(&bytes).ok()?),
            3 => Self::Text(String::from_utf8(bytes).ok()?),
            4 => Self::Texts(postcard::from_bytes(&bytes).ok()?),
            5 => Self::Bytes(bytes),
            _ => Self::Unknown { tag, bytes },
        })
    }
}

fn payload<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("scalars and lists of texts have known lengths")
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tagged().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (tag, bytes) = <(u8, Vec<u8>)>::deserialize(deserializer)?;
        Self::from_tagged(tag, bytes).ok_or_else(|| D::Error::custom("a value of another shape"))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<RegisterValue> for Value {
    fn from(value: RegisterValue) -> Self {
        match value {
            RegisterValue::Bool(value) => Self::Bool(value),
            RegisterValue::Int(value) => Self::Int(value),
            RegisterValue::Text(value) => Self::Text(value),
            RegisterValue::Texts(value) => Self::Texts(value),
        }
    }
}

impl Value {
    /// The value as forms know it; none for bytes and for a newer version's kinds.
    pub fn register(&self) -> Option<RegisterValue> {
        Some(match self {
            Self::Bool(value) => RegisterValue::Bool(*value),
            Self::Int(value) => RegisterValue::Int(*value),
            Self::Text(value) => RegisterValue::Text(value.clone()),
            Self::Texts(value) => RegisterValue::Texts(value.clone()),
            Self::Bytes(_) | Self::Unknown { .. } => return None,
        })
    }
}
