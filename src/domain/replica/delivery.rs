//! What may be said of what was sent.

use serde::{Deserialize, Serialize};

use super::cursor::SyncState;
use crate::ids::{EntryId, Epoch};
use crate::order::Gather;
use crate::protocol::{Outcome, Receipt, Reply};

/// How far one of this device's entries has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// Its bytes are stored here and were never sent.
    Stored,
    /// They were sent at least once; no receipt names them.
    Sent,
    /// A receipt of the current history names their id.
    Received,
    /// An order to erase destroyed them.
    Erased,
    /// The server refused them with this code; they stay here.
    Refused(String),
    /// They were received, a coordinator's device got them, and they left this device: it cannot send them
    /// again.
    Retired,
}

/// The question that receipts must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushTicket {
    epoch: Option<Epoch>,
    era: u32,
}

/// What a reply to a push means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptVerdict {
    /// These entries have come this far.
    Apply(Vec<(EntryId, Delivery)>),
    /// The server speaks of another history: begin again with this state.
    Reset(SyncState),
    /// From before a reset: believe nothing.
    Ignore,
}

/// What a person is told of a record of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordState {
    /// The server has every change of it.
    Received,
    /// A coordinator's device has every change of it; content left this device, and the server of the
    /// present history has not shown yet that it has it too.
    WithCoordinators,
    /// Sent, and no receipt yet.
    OnItsWay,
    /// Only here.
    OnThisPhone,
    /// It needs help: the server refused a part of it, or a part cannot be sent; everything is still here.
    Refused,
    /// To practise with: it goes nowhere.
    Exercise,
}

impl SyncState {
    /// Notes what a push is about to ask.
    pub fn ticket(&self) -> PushTicket {
        PushTicket { epoch: self.epoch, era: self.era }
    }

    /// Judges the reply to a push of `sent`. Only ids that were sent and that a receipt of the current
    /// history names are believed.
    pub fn receipts(
        &self,
        ticket: PushTicket,
        sent: &[EntryId],
        reply: &Reply<Vec<Receipt>>,
    ) -> ReceiptVerdict {
        if ticket != self.ticket() {
            return ReceiptVerdict::Ignore;
        }
        if self.epoch != Some(reply.epoch) {
            return ReceiptVerdict::Reset(self.reset(reply.epoch));
        }
        let named = reply.answer.iter().filter(|receipt| sent.contains(&receipt.id));
        let delivery = |outcome: &Outcome| match outcome {
            Outcome::Accepted(_) | Outcome::Known(_) => Delivery::Received,
            Outcome::Erased => Delivery::Erased,
            Outcome::Refused(code) => Delivery::Refused(code.clone()),
        };
        ReceiptVerdict::Apply(named.map(|r| (r.id, delivery(&r.outcome))).gather())
    }
}

impl Delivery {
    /// Whether the bytes are still to be sent.
    pub fn pending(&self) -> bool {
        matches!(self, Self::Stored | Self::Sent)
    }

    /// Whether this state may follow it, whatever a late receipt says.
    pub(crate) fn may_become(&self, next: &Self) -> bool {
        match self {
            Self::Erased => false,
            Self::Retired => *next == Self::Erased,
            _ => true,
        }
    }

    /// After a reset: what was received may be gone from the server.
    #[must_use]
    pub fn taken_back(&self) -> Self {
        match self {
            Self::Received | Self::Refused(_) => Self::Sent,
            other => other.clone(),
        }
    }
}

/// The state of a record, from whether some of its changes are unpacked and how far its bundles have come,
/// each with whether the server of the present history served it.
pub fn record_state<'a>(
    unpacked: bool,
    deliveries: impl IntoIterator<Item = (&'a Delivery, bool)>,
) -> RecordState {
    let state = |(delivery, served): (&Delivery, bool)| match delivery {
        Delivery::Retired if !served => RecordState::WithCoordinators,
        Delivery::Stored => RecordState::OnThisPhone,
        Delivery::Sent => RecordState::OnItsWay,
        Delivery::Received | Delivery::Erased | Delivery::Retired => RecordState::Received,
        Delivery::Refused(_) => RecordState::Refused,
    };
    let mut known = deliveries.into_iter().map(state).peekable();
    let none = known.peek().is_none();
    let worst = known.max().unwrap_or(RecordState::OnThisPhone);
    if unpacked || none { worst.max(RecordState::OnThisPhone) } else { worst }
}
