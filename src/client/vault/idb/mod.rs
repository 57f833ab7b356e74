//! The vault in IndexedDB.
//!
//! Rules: everything is computed before a transaction opens; inside, nothing is awaited but its requests, and
//! all of them are sent before the first is awaited; a write awaits only its commit, with strict durability.
//! A connection that the browser lost is opened once again.

mod request;
mod schema;

use std::cell::RefCell;
use std::rc::Rc;

use domain::notebook::Table;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    OnTransactionDrop, TransactionDurability, TransactionMode, TransactionOptions,
};
use indexed_db_futures::typed_array::TypedArraySlice;

use self::request::{Request, key};
use self::schema::{VERSION, store_name};
use super::{Query, SealedRows, SealedWrite, Vault, VaultError};
use crate::browser::exception;

/// One database of this origin.
pub struct IdbVault {
    name: String,
    database: RefCell<Rc<Database>>,
}

impl IdbVault {
    /// Opens the database of this name, and creates or upgrades it where needed. The browser begins at once.
    ///
    /// Law: what is returned is awaited, whatever becomes of the rest: it makes the stores of a new database.
    ///
    /// # Errors
    /// [`VaultError::Newer`], [`VaultError::Blocked`], [`VaultError::Unavailable`].
    pub fn open(name: &str) -> impl Future<Output = Result<Self, VaultError>> + use<> {
        let (name, connecting) = (name.to_owned(), connect(name));
        async move {
            let database = RefCell::new(Rc::new(connecting.await?));
            Ok(Self { name, database })
        }
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
    async fn read(&self, queries: &[Query]) -> Result<Vec<SealedRows>, VaultError> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let names = store_names(|table| queries.iter().any(|query| query.table() == table));
        self.with(async |database| {
            let mut transaction = database.transaction(names.as_slice()).build()?;
            // It ends by itself with its last request. To abort it then, as the crate does, is an error.
            transaction.on_drop(OnTransactionDrop::Commit);
            let requests = queries.iter().map(|query| Request::send(&transaction, query));
            Request::answers(requests.collect::<Result<_, _>>()?).await
        })
        .await
    }

    async fn write(&self, rows: Vec<SealedWrite>) -> Result<(), VaultError> {
        if rows.is_empty() {
            return Ok(());
        }
        let names = store_names(|table| rows.iter().any(|(of, ..)| *of == table));
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

fn store_names(of: impl Fn(Table) -> bool) -> Vec<String> {
    Table::ALL.iter().filter(|table| of(**table)).map(|table| store_name(*table)).collect()
}

fn connect(name: &str) -> impl Future<Output = Result<Database, VaultError>> + use<> {
    let request = Database::open(name)
        .with_version(VERSION)
        .with_on_upgrade_needed(|event, transaction| schema::upgrade(&event, transaction))
        .build();
    async move { request.map_err(|error| closed(&error))?.await.map_err(|error| closed(&error)) }
}

fn closed(error: &OpenDbError) -> VaultError {
    match error {
        OpenDbError::Base(Error::DomException(exception))
            if exception::name(exception.as_ref()) == "VersionError" =>
        {
            VaultError::Newer
        }
        OpenDbError::Base(error) => VaultError::Unavailable(named(error)),
        _ => VaultError::Unavailable(String::new()),
    }
}

/// Only the browser's name of it: the crate's own sentences bring the printing of numbers along.
fn named(error: &Error) -> String {
    match error {
        Error::DomException(exception) => exception::name(exception.as_ref()),
        _ => String::new(),
    }
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
