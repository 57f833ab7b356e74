//! Why a ledger does not answer.

use domain::protocol::Code;

/// The text is for the log; it names no content.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The disk is full: whoever runs the server must make room.
    #[error("the disk is full: {0}")]
    Full(String),
    /// The database is locked or gone: later it may work.
    #[error("the ledger cannot store anything: {0}")]
    Unavailable(String),
    /// What is stored is not what was stored, or the ledger has a fault.
    #[error("the ledger is at fault: {0}")]
    Fault(String),
}

impl From<LedgerError> for Code {
    /// Writes the reason to the log: whoever called learns only the code.
    fn from(error: LedgerError) -> Self {
        tracing::error!(%error, "ledger");
        match error {
            LedgerError::Full(_) => Self::StorageFull,
            LedgerError::Unavailable(_) => Self::Unavailable,
            LedgerError::Fault(_) => Self::Internal,
        }
    }
}
