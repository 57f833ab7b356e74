//! Who may say what: authority is part of the fold.

use std::collections::{BTreeMap, BTreeSet};

use super::history::Source;
use crate::ids::{DeviceId, EntryId, MemberId};
use crate::order::Gather;
use crate::roster::{Line, Role};

/// What wrote every example to practise with: no keys have this id, so it can sign nothing and no roster names it.
pub const EXAMPLES_DEVICE: DeviceId = DeviceId(*b"invented example");
/// Its member, who created every example.
pub const EXAMPLES_MEMBER: MemberId = MemberId(*b"invented example");

/// What the name of every field of a review begins with.
const REVIEW: &str = "review_";

/// The eyes through which a history is read: a roster, and the device that reads.
pub struct Authority<'a> {
    line: &'a Line,
    me: Option<(DeviceId, MemberId)>,
    rejected: &'a BTreeSet<EntryId>,
    /// Who wrote the examples, in a notebook to practise with.
    examples: Option<(DeviceId, MemberId)>,
}

/// What a source may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing: the roster does not name the device yet.
    Unconfirmed,
    /// Nothing: a revoked device's bundle after its last accepted one.
    Revoked,
    /// A member's own records.
    Member(MemberId),
    /// Everything.
    Coordinator,
}

/// What links a device's bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleLink {
    /// The bundle.
    pub id: EntryId,
    /// Its device.
    pub device: DeviceId,
    /// The bundle before it, of the same device and audience.
    pub previous: Option<EntryId>,
}

impl<'a> Authority<'a> {
    /// `me` is this device and its member: before its confirmation its own edits count for itself.
    /// `rejected` is [`rejected_bundles`] of everything held.
    pub fn new(
        line: &'a Line,
        me: Option<(DeviceId, MemberId)>,
        rejected: &'a BTreeSet<EntryId>,
    ) -> Self {
        Self { line, me, rejected, examples: None }
    }

    /// The invented records count too, as those of a member.
    #[must_use]
    pub fn with_examples(self) -> Self {
        Self { examples: Some((EXAMPLES_DEVICE, EXAMPLES_MEMBER)), ..self }
    }

    /// Whose word a source is. Only a coordinator's device vouches for another's change, and only in a bundle
    /// that counts; anybody else has said it himself.
    pub fn speaker(&self, source: &Source) -> Source {
        let Some(voucher) = source.voucher else { return *source };
        let coordinator =
            self.line.device(&voucher.device).is_some_and(|it| it.role == Role::Coordinator);
        if coordinator && !self.rejected.contains(&voucher.bundle) {
            Source::own(source.device, source.bundle)
        } else {
            Source::own(voucher.device, Some(voucher.bundle))
        }
    }

    /// What a source may do.
    pub fn standing(&self, source: &Source) -> Standing {
        let source = self.speaker(source);
        match self.line.device(&source.device) {
            Some(_) if source.bundle.is_some_and(|id| self.rejected.contains(&id)) => {
                Standing::Revoked
            }
            Some(device) if device.role == Role::Coordinator => Standing::Coordinator,
            Some(device) => Standing::Member(device.member),
            None => self.unlisted(&source.device).map_or(Standing::Unconfirmed, Standing::Member),
        }
    }

    /// The member a source's device belongs to.
    pub fn member(&self, source: &Source) -> Option<MemberId> {
        let source = self.speaker(source);
        let known = self.line.device(&source.device).map(|device| device.member);
        known.or_else(|| self.unlisted(&source.device))
    }

    /// The member of a device that counts though the roster does not name it.
    fn unlisted(&self, device: &DeviceId) -> Option<MemberId> {
        let mut known = self.me.into_iter().chain(self.examples);
        known.find(|(id, _)| id == device).map(|(_, member)| member)
    }

    /// Whether an edit of this field of a kind of record counts, on a record created by `creator` that no
    /// review closed.
    pub fn counts(
        &self,
        standing: Standing,
        creator: Option<MemberId>,
        kind: &str,
        field: &str,
    ) -> bool {
        match standing {
            Standing::Coordinator => true,
            Standing::Member(member) => {
                creator == Some(member) && !decided_by_coordinators(kind, field)
            }
            Standing::Unconfirmed | Standing::Revoked => false,
        }
    }
}

/// The bundles of revoked devices that no accepted bundle follows.
///
/// Law: the result depends on the set of links only. A bundle counts when it is one of the accepted ones or
/// is reached from one through `previous`.
pub fn rejected_bundles(line: &Line, links: &[BundleLink]) -> BTreeSet<EntryId> {
    let by_id: BTreeMap<EntryId, &BundleLink> = links.iter().map(|link| (link.id, link)).gather();
    let revoked = |device: &DeviceId| line.device(device)?.revoked.as_ref();
    let mut accepted = BTreeSet::new();
    for (device, tip) in line
        .devices()
        .keys()
        .flat_map(|device| revoked(device).into_iter().flatten().map(move |tip| (device, tip)))
    {
        // Another device's bundle vouches for nothing: the line of bundles is the device's own.
        let own = |id: &EntryId| by_id.get(id).filter(|link| link.device == *device);
        let mut next = own(tip);
        while let Some(link) = next.filter(|link| accepted.insert(link.id)) {
            next = link.previous.as_ref().and_then(own);
        }
    }
    let judged = links.iter().filter(|link| revoked(&link.device).is_some());
    judged.map(|link| link.id).filter(|id| !accepted.contains(id)).gather()
}

/// Whether only coordinators decide this field: what the creator writes there is a proposal.
pub fn decided_by_coordinators(kind: &str, field: &str) -> bool {
    matches!((kind, field), (_, "merged_into" | "public_name") | ("alert", "status"))
        || field.starts_with(REVIEW)
}
