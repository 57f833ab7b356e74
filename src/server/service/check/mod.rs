//! What makes bytes an entry: size, shape, campaign, signature, and wraps that fit.

mod bundle;
mod order;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::codec::Malformed;
use domain::ids::EntryId;
use domain::ledger::{Kind, Signed};
use domain::protocol::{Code, PushItem};
use domain::roster::{Act, Line, RosterEntry};

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
        }
    }

    fn check_roster(&mut self, bytes: &[u8]) -> Result<Entry, Code> {
        let entry = roster_entry(bytes.to_vec())?;
        let appended = Arc::make_mut(&mut self.line).append(bytes);
        appended.map_err(|refusal| Code::from(&refusal))?;
        Ok(entry)
    }
}

/// What the ledger needs to know of a roster entry; whether it continues the roster is the line's to say.
pub(super) fn roster_entry(bytes: Vec<u8>) -> Result<Entry, Code> {
    let signed = Signed::<RosterEntry>::read(Kind::Roster, &bytes).map_err(malformed)?;
    let revoked = match &signed.body.act {
        Act::Revocation(revocation) => Some(revocation.device),
        _ => None,
    };
    let rotates = matches!(signed.body.act, Act::Generation(_));
    let facts = Facts::Roster { revoked, rotates };
    Ok(Entry { id: signed.id, bytes, wraps: Vec::new(), facts })
}

pub(super) fn malformed(malformed: Malformed) -> Code {
    match malformed {
        Malformed::Version(_) => Code::Version,
        Malformed::Shape => Code::Malformed,
    }
}
