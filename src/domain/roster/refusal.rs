//! Why an entry does not continue the roster.

use crate::codec::Malformed;

/// Each has a stable code, [`RosterRefusal::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// Not the bytes of a roster entry.
    #[error("not a roster entry")]
    Malformed(#[from] Malformed),
    /// Another entry was appended first: read it, then decide again.
    #[error("the roster has moved on")]
    Moved,
    /// An entry of another campaign.
    #[error("the entry belongs to another campaign")]
    Campaign,
    /// Nobody who may sign did sign it.
    #[error("the signature is not valid")]
    Signature,
    /// Its signer is no coordinator, or no longer one.
    #[error("the signer may not do this")]
    NotAllowed,
    /// The device is in the roster already, or is not in it.
    #[error("the device's standing does not allow this")]
    Device,
    /// It would leave nobody who can read.
    #[error("this would leave the campaign without a coordinator")]
    LastCoordinator,
    /// Not the next generation, or a reader's wrap is missing.
    #[error("the key generation is not complete")]
    Generation,
    /// It carries nothing, something known, or what is no branch of the line.
    #[error("the entries are no lost branch of this roster")]
    Reunion,
}

impl RosterRefusal {
    /// A stable word for machines and locale files.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Moved => "roster_moved",
            Self::Campaign => "wrong_campaign",
            Self::Signature => "bad_signature",
            Self::NotAllowed => "not_allowed",
            Self::Device => "roster_device",
            Self::LastCoordinator => "last_coordinator",
            Self::Generation => "roster_generation",
            Self::Reunion => "roster_reunion",
        }
    }
}
