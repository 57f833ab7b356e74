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

pub use store::{Page, Place, Store, StoreError};

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
    /// The browser took the store away while it was in use: what was in it is gone.
    #[error("the store is gone")]
    Gone,
    /// The browser lost or refused the store.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
}

/// What is asked of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// At most so many rows, in the order of their keys: those behind `after`, or the first.
    Page {
        /// The table.
        table: Table,
        /// The key before the page; none for the first page.
        after: Option<Index>,
        /// So many rows at most.
        most: u32,
    },
    /// The row of this key, if there is one.
    Row(Table, Index),
}

impl Query {
    fn table(&self) -> Table {
        match self {
            Self::Page { table, .. } | Self::Row(table, _) => *table,
        }
    }
}

/// The rows that answer a [`Query`].
pub type SealedRows = Vec<(Index, Vec<u8>)>;

/// Stores sealed rows.
#[allow(async_fn_in_trait)] // One thread: nothing here is sent anywhere.
pub trait Vault {
    /// Answers all queries, in their order, in one transaction.
    ///
    /// Law: the answers show one moment. A write that runs meanwhile is in all of them or in none.
    async fn read(&self, queries: &[Query]) -> Result<Vec<SealedRows>, VaultError>;

    /// Writes all rows in one transaction, in order, and returns once they are on the disk.
    async fn write(&self, rows: Vec<SealedWrite>) -> Result<(), VaultError>;
}
