//! Bugs on purpose, to prove that the simulator finds such bugs. They live in the simulated transport and
//! device, beside the production code, never in it.

/// One planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// Receipts are believed whatever history they speak of.
    AckWithoutEpoch,
    /// A page is taken whatever history and cursor it answers.
    PageWithoutEpoch,
    /// The number in a receipt of an own push becomes the cursor.
    OwnPushMovesCursor,
    /// What was sent once is forgotten.
    OutboxDroppedOnSend,
    /// The cursor is stored before the page's data.
    CursorBeforeData,
    /// After a reset nothing is offered, and what was received stays received.
    ReceivedNotOffered,
    /// The duty to offer is kept in memory only: a sync that is cut forgets it.
    OfferForgotten,
    /// A restore begins no history, and cursor and chain are not checked.
    NoEpochAfterRestore,
    /// Of a push with several entries only the first half goes in, and all are acknowledged.
    PartialBatchFullAck,
    /// Ids count changes per device instead of hashing them: a copied profile repeats them.
    CounterIds,
    /// Of several values the one with the latest stamp is shown.
    LastWriterWins,
    /// A deletion hides what was edited at the same time.
    DeletionHidesEdits,
    /// A page's last entry is left out, and the cursor goes past it.
    PageOffByOne,
    /// An erased record's late edits are folded in again.
    ErasedComesBack,
    /// A device whose roster entries the server lost takes the server's roster and forgets them.
    LostBranchForgotten,
    /// Who is no coordinator hands no lost branch in.
    BranchKeptBack,
    /// No coordinator's device grants what a record's creator cannot read.
    NotGranted,
    /// No coordinator's device keeps the rows of the shared register after a pull.
    RowsNotKept,
    /// What was received leaves a device, whatever coordinators' devices have.
    LetGoUnreached,
}

impl Plant {
    /// Every one.
    pub const ALL: &'static [Self] = &[
        Self::AckWithoutEpoch,
        Self::PageWithoutEpoch,
        Self::OwnPushMovesCursor,
        Self::OutboxDroppedOnSend,
        Self::CursorBeforeData,
        Self::ReceivedNotOffered,
        Self::OfferForgotten,
        Self::NoEpochAfterRestore,
        Self::PartialBatchFullAck,
        Self::CounterIds,
        Self::LastWriterWins,
        Self::DeletionHidesEdits,
        Self::PageOffByOne,
        Self::ErasedComesBack,
        Self::LostBranchForgotten,
        Self::BranchKeptBack,
        Self::NotGranted,
        Self::RowsNotKept,
        Self::LetGoUnreached,
    ];

    /// The production code checks some things twice. To show that the simulator sees the first check fail,
    /// the second is blinded too: that every own entry is served back once a history was pulled whole.
    pub(super) fn blinds_the_unserved(self) -> bool {
        matches!(
            self,
            Self::AckWithoutEpoch
                | Self::ReceivedNotOffered
                | Self::NoEpochAfterRestore
                | Self::PartialBatchFullAck
        )
    }

    /// Likewise the chain that a request carries and the digest that a last page carries.
    pub(super) fn blinds_chain_and_digest(self) -> bool {
        matches!(
            self,
            Self::PageWithoutEpoch
                | Self::NoEpochAfterRestore
                | Self::OwnPushMovesCursor
                | Self::PageOffByOne
        )
    }
}
