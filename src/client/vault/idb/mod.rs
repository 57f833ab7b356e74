//! The vault in IndexedDB.
//!
//! Rules: everything is computed before a transaction opens; inside, nothing is awaited but its requests;
//! a write awaits only its commit, with strict durability. A connection that the browser lost is opened
//! once again.

mod schema;

use std::cell::RefCell;
use std::rc::Rc;

use domain::notebook::Table;
use domain::order;
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use indexed_db_futures::typed_array::{TypedArray, TypedArraySlice};

use self::schema::{VERSION, store_name};
use super::{Index, SealedWrite, Vault, VaultError};
use crate::browser::exception;

/// One database of this origin.
pub struct IdbVault {
    name: String,
    database: RefCell<Rc<Database>>,
}

impl IdbVault {
    /// Opens the database of this name, and creates or upgrades it where needed.
    ///
    /// # Errors
    /// [`VaultError::Newer`], [`VaultError::Blocked`], [`VaultError::Unavailable`].
    pub async fn open(name: &str) -> Result<Self, VaultError> {
        let database = RefCell::new(Rc::new(connect(name).await?));
        Ok(Self { name: name.to_owned(), database })
    }

    /// Does something with the connection; when the browser lost it, once more with a new one.
    async fn with<T>(
        &self,
        task: impl AsyncFn(Rc<Database>) -> Result<T, Error>,
    ) -> Result<T, VaultError> {
        let database = self.database.borrow().clone();
        match task(database).await {
            Err(error) if lost(&error) => {
                let fresh = Rc::new(connect(&self.name).await?);
                self.database.replace(fresh.clone());
                task(fresh).await.map_err(fault)
            }
            other => other.map_err(fault),
        }
    }
}

impl Vault for IdbVault {
    async fn page(
        &self,
        table: Table,
        after: Option<Index>,
        most: u32,
    ) -> Result<Vec<(Index, Vec<u8>)>, VaultError> {
        // Every key stands behind the empty one.
        let after = after.map(|index| key(&index)).unwrap_or_default();
        let (keys, values) = self
            .with(async |database| {
                let name = store_name(table);
                let transaction = database.transaction(name.as_str()).build()?;
                let store = transaction.object_store(&name)?;
                let behind = || KeyRange::LowerBound(after.as_str(), true);
                let keys = store.get_all_keys::<String>().with_query::<&str, _>(behind());
                let values = store.get_all::<TypedArray<u8>>().with_query::<&str, _>(behind());
                let (keys, values) =
                    (keys.with_limit(most).primitive()?, values.with_limit(most).primitive()?);
                Ok((
                    keys.await?.collect::<Result<Vec<_>, _>>()?,
                    values.await?.collect::<Result<Vec<_>, _>>()?,
                ))
            })
            .await?;
        let row = |(key, value): (String, TypedArray<u8>)| Some((index(&key)?, value.into()));
        Ok(keys.into_iter().zip(values).filter_map(row).collect())
    }

    async fn read(&self, table: Table, index: Index) -> Result<Option<Vec<u8>>, VaultError> {
        let key = key(&index);
        let value: Option<TypedArray<u8>> = self
            .with(async |database| {
                let name = store_name(table);
                let transaction = database.transaction(name.as_str()).build()?;
                let store = transaction.object_store(&name)?;
                let request = store.get(key.as_str()).primitive()?;
                request.await
            })
            .await?;
        Ok(value.map(Into::into))
    }

    async fn write(&self, rows: Vec<SealedWrite>) -> Result<(), VaultError> {
        let mut names: Vec<String> = rows.iter().map(|(table, ..)| store_name(*table)).collect();
        order::sort(&mut names);
        names.dedup();
        if names.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(table, index, value)| (store_name(table), key(&index), value))
            .collect();
        self.with(async |database| {
            let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
            let transaction = database
                .transaction(names.as_slice())
                .with_mode(TransactionMode::Readwrite)
                .with_options(strict)
                .build()?;
            for (name, key, value) in &rows {
                let store = transaction.object_store(name)?;
                // The requests go out when they are built; only the commit is awaited.
                match value {
                    Some(value) => drop(
                        store
                            .put(TypedArraySlice::new(value))
                            .with_key(key.as_str())
                            .primitive()?,
                    ),
                    None => drop(store.delete(key.as_str()).primitive()?),
                }
            }
            transaction.commit().await
        })
        .await
    }
}

async fn connect(name: &str) -> Result<Database, VaultError> {
    let opened = Database::open(name)
        .with_version(VERSION)
        .with_on_upgrade_needed(|event, transaction| schema::upgrade(&event, transaction))
        .await;
    opened.map_err(|error| match &error {
        OpenDbError::Base(Error::DomException(exception))
            if exception::name(exception.as_ref()) == "VersionError" =>
        {
            VaultError::Newer
        }
        OpenDbError::Base(error) => VaultError::Unavailable(named(error)),
        _ => VaultError::Unavailable(String::new()),
    })
}

/// Only the browser's name of it: the crate's own sentences bring the printing of numbers along.
fn named(error: &Error) -> String {
    match error {
        Error::DomException(exception) => exception::name(exception.as_ref()),
        _ => String::new(),
    }
}

fn key(index: &Index) -> String {
    index.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn index(key: &str) -> Option<Index> {
    key.parse::<domain::ids::EntryId>().ok().map(|id| id.0)
}

fn lost(error: &Error) -> bool {
    let Error::DomException(exception) = error else { return false };
    matches!(exception, DomException::InvalidStateError(_))
        || exception::name(exception.as_ref()) == "UnknownError"
}

fn fault(error: Error) -> VaultError {
    match &error {
        Error::DomException(exception)
            if exception::name(exception.as_ref()) == "QuotaExceededError" =>
        {
            VaultError::Full
        }
        other => VaultError::Unavailable(named(other)),
    }
}

#[cfg(test)]
mod browser_tests;
