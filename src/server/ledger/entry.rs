//! An entry that was checked and may be appended.

use domain::bundle::Header;
use domain::ids::{DeviceId, EntryId};
use domain::keys::Wrap;
use domain::ledger::Kind;

/// Bytes whose shape, hash and signature are right, with what the ledger needs to know of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// SHA-256 of the bytes.
    pub id: EntryId,
    /// As they came.
    pub bytes: Vec<u8>,
    /// A bundle's first wraps; empty for the other kinds.
    pub wraps: Vec<Wrap>,
    /// What the ledger does with it.
    pub facts: Facts,
}

/// What the ledger needs to know of an entry: whom it is served to, and what happens with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facts {
    /// A bundle; its header outlives its bytes.
    Bundle(Header),
    /// A grant: it goes when its bundle goes.
    Grant {
        /// The bundle.
        bundle: EntryId,
        /// Who gets it.
        reader: DeviceId,
    },
    /// A roster entry.
    Roster {
        /// The devices that it puts out: their sessions and challenges end with it.
        revoked: Vec<DeviceId>,
        /// Whether it begins a generation of keys: unused invitations lose their network wrap.
        rotates: bool,
    },
    /// An order to erase: the bytes and wraps of these bundles, and their grants, are destroyed; and none of
    /// them is ever accepted again.
    Erase {
        /// The bundles.
        destroy: Vec<EntryId>,
    },
    /// Roster entries that the roster left out.
    Branch {
        /// The device that hands them in.
        device: DeviceId,
    },
}

impl Entry {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self.facts {
            Facts::Bundle(_) => Kind::Bundle,
            Facts::Grant { .. } => Kind::Grant,
            Facts::Roster { .. } => Kind::Roster,
            Facts::Erase { .. } => Kind::Erase,
            Facts::Branch { .. } => Kind::Branch,
        }
    }

    /// The device that made a bundle or handed a branch in: it is served to it too.
    pub fn author(&self) -> Option<DeviceId> {
        match &self.facts {
            Facts::Bundle(header) => Some(header.device),
            Facts::Branch { device } => Some(*device),
            Facts::Grant { .. } | Facts::Roster { .. } | Facts::Erase { .. } => None,
        }
    }

    /// The bundle whose destruction is the end of this entry too: itself, or the one it grants.
    pub fn bundle(&self) -> Option<EntryId> {
        match &self.facts {
            Facts::Bundle(_) => Some(self.id),
            Facts::Grant { bundle, .. } => Some(*bundle),
            Facts::Roster { .. } | Facts::Erase { .. } | Facts::Branch { .. } => None,
        }
    }
}
