//! The shape of the database.
//!
//! ```text
//! database "perron", or "perron-training": version 3
//!   store "1" … "14"   one per table of the notebook, named by its number
//!     key    64 hexadecimal digits: a keyed hash; tells nothing without the vault key
//!     value  bytes: nonce, sealed (key, value)
//! ```
//!
//! Versions 1 to 99 only add; a version from 100 on is one that an older app must not open.

use std::ops::RangeInclusive;

use domain::notebook::Table;
use indexed_db_futures::database::VersionChangeEvent;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;

/// The newest version this app knows.
pub(super) const VERSION: u8 = 3;

/// The name of a table's store.
pub(super) fn store_name(table: Table) -> String {
    table.code().to_string()
}

/// Whether there was no database before.
pub(super) fn is_new(event: &VersionChangeEvent) -> bool {
    event.old_version() as u32 == 0
}

/// Brings a database of any older version to [`VERSION`].
pub(super) fn upgrade(
    event: &VersionChangeEvent,
    transaction: &Transaction<'_>,
) -> Result<(), indexed_db_futures::error::Error> {
    let mut version = event.old_version() as u32;
    while version < u32::from(VERSION) {
        match version {
            0 => add_stores(transaction, 1..=10)?,
            1 => add_stores(transaction, 11..=12)?,
            2 => add_stores(transaction, 13..=14)?,
            _ => break,
        }
        version += 1;
    }
    Ok(())
}

fn add_stores(
    transaction: &Transaction<'_>,
    codes: RangeInclusive<u8>,
) -> Result<(), indexed_db_futures::error::Error> {
    for table in Table::ALL.iter().filter(|table| codes.contains(&table.code())) {
        transaction.db().create_object_store(&store_name(*table)).build()?;
    }
    Ok(())
}
