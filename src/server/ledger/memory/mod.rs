//! A ledger in memory: for tests and simulations. Nothing in it waits.

mod cursors;
mod entries;
mod histories;
mod invites;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use domain::bundle::{Audience, Header};
use domain::campaign::Enrolment;
use domain::ids::{CampaignId, DeviceId, EntryId, Epoch, InviteId};
use domain::keys::{Reader, Wrap};
use domain::ledger::{Chain, Kind};

use super::{Invite, LedgerError, Sees, Session, Viewer};

/// Everything in one lock.
pub struct MemoryLedger {
    state: Mutex<State>,
    /// As the file beside a database: a restore does not turn it back.
    journal: Mutex<Vec<Vec<u8>>>,
}

/// A backup of a [`MemoryLedger`].
#[derive(Clone)]
pub struct Snapshot(State);

#[derive(Clone)]
struct State {
    epoch: Epoch,
    set_up: Option<[u8; 32]>,
    used_set_ups: BTreeMap<[u8; 32], CampaignId>,
    campaigns: BTreeMap<CampaignId, Campaign>,
    challenges: Vec<Challenge>,
    sessions: BTreeMap<[u8; 32], Session>,
}

#[derive(Clone)]
struct Campaign {
    rows: Vec<Row>,
    numbers: BTreeMap<EntryId, u64>,
    destroyed: BTreeSet<EntryId>,
    start: Chain,
    roster: EntryId,
    invites: BTreeMap<InviteId, Invite>,
    enrolments: BTreeMap<DeviceId, Enrolment>,
    cursors: BTreeMap<DeviceId, u64>,
    offered: BTreeMap<DeviceId, Enrolment>,
}

#[derive(Clone)]
struct Row {
    id: EntryId,
    kind: Kind,
    received_at: u64,
    chain: Chain,
    author: Option<DeviceId>,
    header: Option<Header>,
    /// The grant's bundle and reader.
    grant: Option<(EntryId, DeviceId)>,
    readers: BTreeSet<DeviceId>,
    bytes: Option<Vec<u8>>,
    wraps: Vec<Wrap>,
}

#[derive(Clone)]
struct Challenge {
    campaign: CampaignId,
    device: DeviceId,
    nonce: [u8; 32],
    made_at: u64,
}

impl MemoryLedger {
    /// An empty ledger with this history id.
    pub fn new(epoch: Epoch) -> Self {
        let state = State {
            epoch,
            set_up: None,
            used_set_ups: BTreeMap::new(),
            campaigns: BTreeMap::new(),
            challenges: Vec::new(),
            sessions: BTreeMap::new(),
        };
        Self { state: Mutex::new(state), journal: Mutex::default() }
    }

    /// A backup: everything but the journal.
    pub fn snapshot(&self) -> Snapshot {
        self.with(|state| Snapshot(state.clone()))
    }

    /// Puts a backup in the place of what is there. The journal stays. To be a restore, another history must
    /// begin: [`Service::begin_history`](crate::service::Service::begin_history).
    pub fn put_back(&self, snapshot: &Snapshot) {
        self.with(|state| state.clone_from(&snapshot.0));
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn in_campaign<T>(
        &self,
        id: &CampaignId,
        act: impl FnOnce(&mut Campaign) -> T,
    ) -> Result<T, LedgerError> {
        self.with(|state| state.campaigns.get_mut(id).map(act))
            .ok_or_else(|| LedgerError::Fault("no such campaign".to_owned()))
    }
}

impl Row {
    fn is_seen_by(&self, viewer: &Viewer) -> bool {
        let own = |device| {
            let made = self.author == Some(device);
            let network = self.header.as_ref().is_some_and(|h| h.audience == Audience::Network);
            let granted = self.grant.is_some_and(|(_, reader)| reader == device);
            made || network || granted || self.readers.contains(&device)
        };
        match viewer.sees {
            Sees::Everything => true,
            Sees::Orders => matches!(self.kind, Kind::Roster | Kind::Erase),
            Sees::Own => matches!(self.kind, Kind::Roster | Kind::Erase) || own(viewer.device),
        }
    }
}

fn readers(wraps: &[Wrap]) -> BTreeSet<DeviceId> {
    let device = |wrap: &Wrap| match wrap.reader {
        Reader::Device(id) => Some(id),
        _ => None,
    };
    wraps.iter().filter_map(device).collect()
}
