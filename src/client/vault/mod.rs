//! Where a device keeps its rows: sealed values under opaque keys.
//!
//! ```text
//!   Notebook's Writes ──► Store (seals) ──► Vault (IndexedDB, or memory in tests)
//! ```
//!
//! A vault promises: a write is whole or not at all; it is on the disk when the call returns; what was
//! written is read back. It sees neither keys nor values in clear.

pub mod contract;
pub mod idb;
pub mod memory;
mod store;

pub use store::{Store, StoreError};

use domain::notebook::Table;

/// The opaque key of a row.
pub type Index = [u8; 32];

/// One sealed row to write; none removes it.
pub type SealedWrite = (Table, Index, Option<Vec<u8>>);

/// Why a vault did not do what it was asked. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The disk or the origin's quota is full.
    #[error("no space left")]
    Full,
    /// A newer version of the app changed the store: this one must not touch it.
    #[error("the store belongs to a newer app")]
    Newer,
    /// Another tab still holds an older version of the store open.
    #[error("another tab keeps the store from opening")]
    Blocked,
    /// The browser lost or refused the store.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
}

/// Stores sealed rows.
#[allow(async_fn_in_trait)] // One thread: nothing here is sent anywhere.
pub trait Vault {
    /// At most so many rows of a table, in the order of their keys: those behind `after`, or the first.
    async fn page(
        &self,
        table: Table,
        after: Option<Index>,
        most: u32,
    ) -> Result<Vec<(Index, Vec<u8>)>, VaultError>;

    /// One row.
    async fn read(&self, table: Table, index: Index) -> Result<Option<Vec<u8>>, VaultError>;

    /// Writes all rows in one transaction, in order, and returns once they are on the disk.
    async fn write(&self, rows: Vec<SealedWrite>) -> Result<(), VaultError>;
}
