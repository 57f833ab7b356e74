//! The vault in IndexedDB.
//!
//! Rules: everything is computed before a transaction opens; inside, nothing is awaited but its requests, and
//! all of them are sent before the first is awaited; a write awaits only its commit, with strict durability.
//! A connection that the browser lost is opened once again; where the browser then makes a new database, the old one
//! is gone, and nothing is written into the new one. One that a newer app's tab waits for is closed once
//! what is being written is on the disk; the next access then tells [`VaultError::Newer`].

mod request;
mod schema;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;

use domain::notebook::Table;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    OnTransactionDrop, TransactionDurability, TransactionMode, TransactionOptions,
};
use indexed_db_futures::typed_array::TypedArraySlice;
use wasm_bindgen_futures::spawn_local;

use self::request::{Request, key};
use self::schema::{VERSION, store_name};
use super::{Query, SealedRows, SealedWrite, Vault, VaultError};
use crate::browser::{exception, reserve};

/// One database of this origin.
pub struct IdbVault {
    name: String,
    database: RefCell<Rc<Database>>,
    gone: Cell<bool>,
}

impl IdbVault {
    /// Opens the database of this name, and creates or upgrades it where needed. The browser begins at once. It
    /// waits as long as another tab keeps an older version of the database open.
    ///
    /// Law: what is returned is awaited, whatever becomes of the rest: it makes the stores of a new database.
    ///
    /// # Errors
    /// [`VaultError::Newer`], [`VaultError::Unavailable`].
    pub fn open(name: &str) -> impl Future<Output = Result<Self, VaultError>> + use<> {
        let (name, connecting) = (name.to_owned(), connect(name));
        async move {
            let opened = match connecting.await {
                Err(VaultError::Unavailable(_)) if reserve::give_up().await => connect(&name).await,
                other => other,
            };
            let (database, _) = opened?;
            let database = RefCell::new(Rc::new(database));
            Ok(Self { name, database, gone: Cell::new(false) })
        }
    }

    /// Does something with the connection; where the browser lost it or has no room, once more.
    async fn with<T>(
        &self,
        task: impl AsyncFn(Rc<Database>) -> Result<T, Error>,
    ) -> Result<T, VaultError> {
        if self.gone.get() {
            return Err(VaultError::Gone);
        }
        let database = self.database.borrow().clone();
        match task(database).await {
            Err(error) if is_lost(&error) || is_full(&error) => {
                self.make_room(&error).await?;
                let database = self.database.borrow().clone();
                task(database).await.map_err(fault)
            }
            other => other.map_err(fault),
        }
    }

    /// Gives back the room that was kept, and opens a connection that was lost.
    ///
    /// Law: none is opened on a disk that is known to be full. Chromium (156), which then answers no request, was
    /// seen to lose the database when that was tried again and again.
    async fn make_room(&self, error: &Error) -> Result<(), VaultError> {
        if !reserve::give_up().await && !reserve::keep().await {
            return Err(VaultError::Full);
        }
        if is_lost(error) {
            let (database, is_new) = connect(&self.name).await?;
            self.gone.set(is_new);
            if is_new {
                return Err(VaultError::Gone);
            }
            self.database.replace(Rc::new(database));
        }
        Ok(())
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

/// The connection, and whether the database was made for it.
fn connect(name: &str) -> impl Future<Output = Result<(Database, bool), VaultError>> + use<> {
    let is_new = Rc::new(Cell::new(false));
    let making = is_new.clone();
    let request = Database::open(name)
        .with_version(VERSION)
        .with_on_upgrade_needed(move |event, transaction| {
            making.set(schema::is_new(&event));
            schema::upgrade(&event, transaction)
        })
        .build();
    async move {
        let request = request.map_err(|error| closed(&error))?;
        let database = request.await.map_err(|error| closed(&error))?;
        give_way(&database);
        Ok((database, is_new.get()))
    }
}

/// Else a tab with an older app would keep a newer one from opening for as long as it is there.
fn give_way(database: &Database) {
    let (database, Ok(mut changes)) = (database.clone(), database.version_changes()) else {
        return;
    };
    spawn_local(async move {
        poll_fn(|context| changes.poll_recv(context)).await;
        // What is being written ends first.
        database.close();
    });
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

fn is_lost(error: &Error) -> bool {
    let Error::DomException(exception) = error else { return false };
    matches!(exception, DomException::InvalidStateError(_))
        || exception::name(exception.as_ref()) == "UnknownError"
}

fn is_full(error: &Error) -> bool {
    matches!(error, Error::DomException(exception)
        if exception::name(exception.as_ref()) == "QuotaExceededError")
}

fn fault(error: Error) -> VaultError {
    if is_full(&error) { VaultError::Full } else { VaultError::Unavailable(named(&error)) }
}

#[cfg(test)]
mod browser_tests;
