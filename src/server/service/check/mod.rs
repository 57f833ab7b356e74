//! What makes bytes an entry: size, shape, campaign, signature, and wraps that fit.

mod bundle;
mod order;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::codec::Malformed;
use domain::ids::{DeviceId, EntryId};
use domain::ledger::{Branch, Kind, Signed};
use domain::protocol::{Code, PushItem};
use domain::roster::{Line, RosterRefusal};

use super::caller::Standing;
use super::{Caller, Service};
use crate::ledger::{Entry, Facts, Ledger};

/// The largest entry of any kind, in bytes.
pub(super) const MAX_ENTRY: usize = domain::bundle::MAX_BUNDLE;

/// The entries of one push, checked in their order: a later one may rest on an earlier one.
pub(super) struct Batch<'a, L> {
    service: &'a Service<L>,
    caller: Caller,
    standing: Standing,
    /// The roster as it is after the entries checked so far.
    line: Arc<Line>,
    /// The bundles among the entries checked so far.
    bundles: BTreeSet<EntryId>,
}

/// What a check finds.
pub(super) enum Finding {
    /// It may be appended.
    Good(Entry),
    /// An order destroyed what it is about.
    Erased,
}

impl<'a, L: Ledger> Batch<'a, L> {
    pub(super) fn new(
        service: &'a Service<L>,
        caller: Caller,
        standing: Standing,
        line: Arc<Line>,
    ) -> Self {
        Self { service, caller, standing, line, bundles: BTreeSet::new() }
    }

    /// Checks the next entry.
    pub(super) async fn check(&mut self, item: &PushItem) -> Result<Finding, Code> {
        if item.bytes.len() > MAX_ENTRY {
            return Err(Code::TooLarge);
        }
        let kind = Kind::of(&item.bytes).map_err(malformed)?;
        if kind != Kind::Roster && self.standing == Standing::Recovery {
            return Err(Code::NotAllowed);
        }
        if kind != Kind::Bundle && !item.wraps.is_empty() {
            return Err(Code::BadWrap);
        }
        match kind {
            Kind::Bundle => self.check_bundle(item).await.map(Finding::Good),
            Kind::Grant => self.check_grant(&item.bytes).await,
            Kind::Roster => self.check_roster(&item.bytes).map(Finding::Good),
            Kind::Erase => self.check_erase(&item.bytes).map(Finding::Good),
            Kind::Branch => self.check_branch(&item.bytes).await.map(Finding::Good),
        }
    }

    fn check_roster(&mut self, bytes: &[u8]) -> Result<Entry, Code> {
        // What a reunion carries is there, and no entry of its own.
        if self.line.contains(&EntryId::of(bytes)) {
            return Err(Code::RosterMoved);
        }
        append(Arc::make_mut(&mut self.line), bytes)
    }

    /// Entries that are no branch of the roster, or are no longer one, are of no use to anybody.
    async fn check_branch(&mut self, bytes: &[u8]) -> Result<Entry, Code> {
        let signed = Signed::<Branch>::read(Kind::Branch, bytes).map_err(malformed)?;
        let Branch { campaign, device, entries } = &signed.body;
        if *campaign != self.caller.campaign {
            return Err(Code::WrongCampaign);
        }
        if !signed.signed_by(&self.author_keys(device).await?) {
            return Err(Code::BadSignature);
        }
        self.line.branch(entries).map_err(|refusal| match refusal {
            RosterRefusal::Reunion => Code::RosterMoved,
            other => Code::from(&other),
        })?;
        let facts = Facts::Branch { device: *device };
        Ok(Entry { id: signed.id, bytes: bytes.to_vec(), wraps: Vec::new(), facts })
    }
}

/// A roster's first entry.
pub(super) fn founding(line: &Line, bytes: &[u8]) -> Entry {
    let facts = Facts::Roster { revoked: Vec::new(), rotates: false };
    Entry { id: line.newest(), bytes: bytes.to_vec(), wraps: Vec::new(), facts }
}

/// Appends an entry to a roster: what the ledger needs to know of it.
///
/// # Errors
/// The roster's refusal; the roster is as it was.
pub(super) fn append(line: &mut Line, bytes: &[u8]) -> Result<Entry, Code> {
    let out = |line: &Line| -> BTreeSet<DeviceId> {
        let out = line.devices().iter().filter(|(_, standing)| standing.revoked.is_some());
        out.map(|(id, _)| *id).collect()
    };
    let (before, generation) = (out(line), line.next_generation());
    let id = line.append(bytes).map_err(|refusal| Code::from(&refusal))?;
    let revoked = out(line).difference(&before).copied().collect();
    let facts = Facts::Roster { revoked, rotates: line.next_generation() > generation };
    Ok(Entry { id, bytes: bytes.to_vec(), wraps: Vec::new(), facts })
}

pub(super) fn malformed(malformed: Malformed) -> Code {
    match malformed {
        Malformed::Version(_) => Code::Version,
        Malformed::Shape => Code::Malformed,
    }
}
