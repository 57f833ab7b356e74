//! When a review closes a record to its author.
//!
//! An author corrects a record until the coordinators decided about it. Their decision names all that it saw;
//! what the author wrote apart from that, later or without a network, is a proposal.
//!
//! Law: this depends on the set of changes and the roster only. No clock and no order of arrival decides
//! whether a correction came in time.

use std::collections::BTreeSet;

use super::authority::decided_by_coordinators;
use super::history::History;
use super::protection::most_protective;
use super::register::Register;
use super::view::CREATED;
use crate::change::Value;
use crate::ids::ChangeId;
use crate::order::Gather;

/// The field that holds what coordinators decided about a record.
pub const REVIEW_STATE: &str = "review_state";

/// The decisions after which the author's corrections are proposals.
const CLOSING: [&str; 4] = ["validated", "rejected", "merged", "withdrawn"];

/// What a closed review saw; none while the author may correct.
pub(super) struct Window(Option<BTreeSet<ChangeId>>);

impl Window {
    /// `decisions` is the register of [`REVIEW_STATE`], of coordinators' edits alone.
    ///
    /// A decision that names nothing of the record's content closes nothing: it would turn everything into
    /// a proposal.
    pub(super) fn of(history: &History, decisions: &Register) -> Self {
        let kind = &history.key().kind;
        let values = decisions.values();
        let agreed = values.first().filter(|_| values.len() == 1).copied();
        let holding = agreed.or_else(|| most_protective(kind, REVIEW_STATE, &values));
        if !holding.is_some_and(closes) {
            return Self(None);
        }
        let closing = decisions.survivors.iter().filter(|one| closes(one.value.as_ref()));
        let seen = past(history, closing.map(|survivor| survivor.change).gather());
        let is_content = |id: &ChangeId| {
            let change = history.changes().get(id).map(|held| &held.change);
            change.is_some_and(|change| {
                change.edits().any(|edit| !decided_by_coordinators(kind, &edit.field))
            })
        };
        let own: BTreeSet<ChangeId> = decisions.heads().into_iter().gather();
        Self(seen.difference(&own).any(is_content).then_some(seen))
    }

    /// Whether the author's edit of a field, made in this change, is beyond what the review saw.
    pub(super) fn is_beyond(&self, change: &ChangeId, field: &str) -> bool {
        field != CREATED && self.0.as_ref().is_some_and(|seen| !seen.contains(change))
    }

    /// Whether an edit that the author makes now would be.
    pub(super) fn is_closed(&self) -> bool {
        self.0.is_some()
    }
}

fn closes(value: Option<&Value>) -> bool {
    value.and_then(Value::as_text).is_some_and(|state| CLOSING.contains(&state))
}

/// These changes and all that they replaced, and what that replaced.
fn past(history: &History, mut ahead: Vec<ChangeId>) -> BTreeSet<ChangeId> {
    let mut past = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if past.insert(id)
            && let Some(held) = history.changes().get(&id)
        {
            ahead.extend(held.change.edits().flat_map(|edit| edit.replaces.iter().copied()));
        }
    }
    past
}
