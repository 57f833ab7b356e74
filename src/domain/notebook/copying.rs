//! A device that was restored from a backup, and how it becomes a device of its own.
//!
//! ```text
//!   backup ──restored──► copy: holds everything, sends sealed bundles, seals none ──renewed──► another device
//! ```
//!
//! The device that the backup is of may live on. Two that seal bundles under one name would fork its line of
//! bundles, so a copy seals none: what was packed before the backup it sends as it is, which the server
//! knows by its bytes; what is noted on the copy waits until the copy has keys of its own.

use super::loading::BadRows;
use super::rows::{Identity, Row, Table, Writes};
use super::{Keyring, Notebook, SyncState, Tips};

/// The row beside the identity that marks a copy.
pub(super) const COPY: &[u8] = b"copy";

/// Key of a row beside the identity: the device keys of an enrolment that has no answer yet.
pub const ENROLLING: &[u8] = b"enrolling";
/// Key of a row beside the identity: a founding that has no answer yet, with its device keys.
pub const FOUNDING: &[u8] = b"founding";

/// Why a copy does not become a device of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRenewed {
    /// It is no copy, and has no twin.
    #[error("this device is no copy")]
    NoCopy,
    /// The invitation is another member's: this member's records would not be its own any more.
    #[error("the invitation is for another member")]
    OtherMember,
    /// The roster does not name the device that the backup is of: what that one signed would count nowhere.
    #[error("the device before was never confirmed")]
    Unconfirmed,
}

impl NotRenewed {
    /// A stable word for locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoCopy => "already_member",
            Self::OtherMember => "other_member",
            Self::Unconfirmed => "copy_unconfirmed",
        }
    }
}

impl Notebook {
    /// The notebook of a backup's rows, and all rows to write: it is a copy from here on. The keys of
    /// [`ENROLLING`] and [`FOUNDING`] are left out: the device that the backup is of may go on with them, and
    /// so would every further copy. What was practised with is nobody's backup.
    ///
    /// # Errors
    /// [`BadRows`].
    pub fn restored(mut rows: Vec<Row>) -> Result<(Self, Writes), BadRows> {
        rows.retain(|row| {
            row.table != Table::Identity || (row.key != ENROLLING && row.key != FOUNDING)
        });
        let mut notebook = Self::load(&rows)?;
        if notebook.training {
            return Err(BadRows::Training(Table::Identity.code()));
        }
        notebook.copy = true;
        let mut writes =
            Writes(rows.into_iter().map(|row| (row.table, row.key, Some(row.value))).collect());
        writes.put(Table::Identity, COPY.to_vec(), &());
        Ok((notebook, writes))
    }

    /// Whether this is a copy of a device that may live on.
    pub fn is_copy(&self) -> bool {
        self.copy
    }

    /// Whether this device is to become one of its own: it is a copy, or has a twin.
    pub fn is_to_renew(&self) -> bool {
        self.copy || self.has_twin()
    }

    /// Whether [`renew`](Self::renew) would go well for this member's new keys.
    ///
    /// # Errors
    /// [`NotRenewed`].
    pub fn may_renew(&self, member: crate::ids::MemberId) -> Result<(), NotRenewed> {
        match () {
            () if !self.is_to_renew() => Err(NotRenewed::NoCopy),
            () if member != self.member() => Err(NotRenewed::OtherMember),
            () if self.line.device(&self.device()).is_none() => Err(NotRenewed::Unconfirmed),
            () => Ok(()),
        }
    }

    /// Makes a copy, or a device that has a twin, a device of its own, with new keys and a new line of bundles. It
    /// keeps every record and goes on sending what the device before signed; what is received stays received.
    ///
    /// # Errors
    /// [`NotRenewed`].
    pub fn renew(&mut self, mut identity: Identity) -> Result<Writes, NotRenewed> {
        self.may_renew(identity.member)?;
        let mut known = self.ring.network_keys();
        known.0.extend(std::mem::take(&mut identity.network.0));
        identity.network = known;
        let mut ring = Keyring::new(identity.keys.clone());
        ring.learn_network(&identity.network);
        ring.learn(&self.line);
        (self.ring, self.identity, self.copy) = (ring, identity, false);
        self.tips = Tips::default();
        // Another device is served other entries: it asks for everything, and a late reply to the device
        // before says nothing to it.
        self.sync = SyncState { orders: 0, era: self.sync.era + 1, ..self.sync.again() };
        let mut writes = Writes::default();
        writes.put(Table::Identity, Vec::new(), &self.identity);
        writes.remove(Table::Identity, COPY.to_vec());
        self.write_sync(&mut writes);
        Ok(writes)
    }
}
