//! What one device holds, and every rule about it, without IO.
//!
//! ```text
//!   rows of the vault ──load──► Notebook ──operation──► the notebook after it, and the rows to write
//! ```
//!
//! Law: an operation's [`Writes`] are stored in one transaction or not at all; if they are not, the
//! notebook is loaded again. A device that stops at any moment finds itself before or after an operation,
//! never inside one.

mod backup;
mod carrying;
mod copying;
mod correcting;
mod erasing;
mod folding;
mod granting;
mod histories;
mod incoming;
mod listing;
mod loading;
mod losses;
mod outgoing;
mod outlines;
mod receipt;
mod record_states;
mod records;
mod retention;
mod reunion;
mod rows;
mod salvaging;
mod settings;
mod training;
mod twin;
mod unreceived;
mod unsaying;
mod verdict;

pub use backup::{Backup, BackupTooLarge, BadBackup, MAX_BACKUP};
pub use carrying::TakenIn;
pub use copying::{ENROLLING, FOUNDING, NotRenewed};
pub use correcting::Seen;
pub use granting::GrantDue;
pub use loading::BadRows;
pub use losses::{LOSS, Loss, ToldLoss};
pub use outgoing::Dispatch;
pub use outlines::VisitOutline;
pub use record_states::RecordStates;
pub use records::{NewRecord, SaveError};
pub use retention::{MAX_RETENTION_DAYS, RETENTION_DAYS};
pub use rows::{EntryRow, Identity, Row, Table, Writes};
pub use settings::{CAMPAIGN_NAME, CONTACT, RETENTION};
pub use verdict::{Incoming, Verdict};

use std::collections::{BTreeMap, BTreeSet};

use self::histories::{Eyes, Histories};
use crate::change::RecordKey;
use crate::clock::Hlc;
use crate::fold::{Authority, BundleLink};
use crate::ids::{ChangeId, DeviceId, EntryId, MemberId, RecordId};
use crate::keys::Keyring;
use crate::ledger::Erasures;
use crate::reading::Wait;
use crate::replica::{Stuck, SyncState, Tips, Unsent};
use crate::roster::{Line, Role};

/// The row beside the identity that marks a notebook to practise with.
const TRAINING: &[u8] = b"training";

/// Everything one enrolled device knows, but for the bytes of ledger entries, which stay in the vault.
#[derive(Clone)]
pub struct Notebook {
    identity: Identity,
    ring: Keyring,
    line: Line,
    /// Restored from a backup, and not a device of its own yet.
    copy: bool,
    /// To practise with: there is no roster, and nothing is ever queued.
    training: bool,
    histories: Histories,
    drafts: BTreeMap<RecordId, Vec<u8>>,
    unsent: BTreeMap<ChangeId, Unsent>,
    /// What the last packing left of them. Told again by the next one, so not stored.
    stuck: BTreeMap<ChangeId, Stuck>,
    dispatches: BTreeMap<EntryId, Dispatch>,
    held: BTreeMap<EntryId, rows::Held>,
    erasures: Erasures,
    rejected: BTreeSet<EntryId>,
    carried: BTreeMap<EntryId, rows::Carried>,
    retired: BTreeMap<RecordKey, rows::Retired>,
    sync: SyncState,
    tips: Tips,
    clock: Hlc,
    /// The server's branch of the roster, while it leaves out what this device holds.
    theirs: Option<Line>,
    /// Roster entries that others hold and the roster lacks.
    strays: BTreeMap<EntryId, Vec<u8>>,
    /// Onto which entry a reunion was queued already.
    mended: Option<EntryId>,
    /// Nothing changed since the shared register was brought up to date. Found out anew at each start.
    listing_kept: bool,
    /// Likewise since no grant was due.
    all_granted: bool,
    /// Grants that cannot be made.
    hopeless: BTreeSet<GrantDue>,
}

impl Notebook {
    /// A device that just founded a campaign or enrolled in one, and the rows that make it so.
    pub fn begin(identity: Identity, line: Line) -> (Self, Writes) {
        let mut writes = Writes::default();
        writes.put(Table::Identity, Vec::new(), &identity);
        let rows = line.entries().enumerate().map(|(index, bytes)| (index, bytes.to_vec()));
        rows.for_each(|(index, bytes)| writes.put(Table::Roster, rows::place(index), &bytes));
        (Self::new(identity, line), writes)
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        self.ring.id()
    }

    /// Its member: the roster's word, else what the invitation said.
    pub fn member(&self) -> MemberId {
        self.line.device(&self.device()).map_or(self.identity.member, |standing| standing.member)
    }

    /// Its role: the roster's word, else what the invitation said.
    pub fn role(&self) -> Role {
        self.line.device(&self.device()).map_or(self.identity.role, |standing| standing.role)
    }

    /// Whether the roster names this device, and did not revoke it.
    pub fn confirmed(&self) -> bool {
        self.line.device(&self.device()).is_some_and(|standing| standing.revoked.is_none())
    }

    /// Whether this is a confirmed coordinator's device: it is served everything.
    pub fn is_coordinator(&self) -> bool {
        self.line.is_coordinator(&self.device())
    }

    /// The roster.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The keys.
    pub fn ring(&self) -> &Keyring {
        &self.ring
    }

    /// Where it stands in the server's history.
    pub fn sync_state(&self) -> &SyncState {
        &self.sync
    }

    /// How many bundles wait for a confirmation or an update before they can be read.
    pub fn waiting(&self, wait: Wait) -> usize {
        self.held.values().filter(|held| held.waiting == Some(wait)).count()
    }

    fn new(identity: Identity, line: Line) -> Self {
        let mut ring = Keyring::new(identity.keys.clone());
        ring.learn_network(&identity.network);
        ring.learn(&line);
        Self {
            identity,
            ring,
            line,
            copy: false,
            training: false,
            histories: Histories::default(),
            drafts: BTreeMap::new(),
            unsent: BTreeMap::new(),
            stuck: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            held: BTreeMap::new(),
            erasures: Erasures::default(),
            rejected: BTreeSet::new(),
            carried: BTreeMap::new(),
            retired: BTreeMap::new(),
            sync: SyncState::default(),
            tips: Tips::default(),
            clock: Hlc::default(),
            theirs: None,
            strays: BTreeMap::new(),
            mended: None,
            listing_kept: false,
            all_granted: false,
            hopeless: BTreeSet::new(),
        }
    }

    fn authority(&self) -> Authority<'_> {
        let me = Some((self.device(), self.member()));
        let authority = Authority::new(&self.line, me, &self.rejected);
        if self.training { authority.with_examples() } else { authority }
    }

    fn eyes(&self) -> Eyes {
        Eyes {
            roster: self.line.newest(),
            viewer: (self.device(), self.member()),
            rejected: self.rejected.clone(),
        }
    }

    fn judge_revocations(&mut self) {
        let links = self.held.iter().filter_map(|(id, held)| {
            let (device, previous) = held.link?;
            Some(BundleLink { id: *id, device, previous })
        });
        let links: Vec<_> = links.collect();
        self.rejected = crate::fold::rejected_bundles(&self.line, &links);
    }
}

#[cfg(test)]
mod delivery_tests;
#[cfg(test)]
mod retention_tests;
#[cfg(test)]
mod reunion_tests;
#[cfg(test)]
mod tests;
