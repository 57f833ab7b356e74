//! Seals a notebook's rows on their way into a vault, and opens them on their way out.

use std::cell::Cell;

use domain::codec;
use domain::ids::EntryId;
use domain::keys::{VaultKey, random};
use domain::notebook::{EntryRow, Row, Table, Writes};
use rand_core::CryptoRng;

use super::{Index, Query, SealedRows, SealedWrite, Vault, VaultError};

/// So many rows of a table are read at once.
const PAGE: u32 = 100;

/// Where a page of a table begins: behind this key, or at the first row.
pub type Place = (Table, Option<Index>);

/// Some rows of a table, not opened yet: that takes longer than to read them.
pub struct Page {
    /// Of which table.
    pub table: Table,
    /// The rows, sealed.
    pub rows: SealedRows,
    /// Where there may be more; none when there are none.
    pub rest: Option<Place>,
}

/// A vault and the key of its values.
pub struct Store<V> {
    vault: V,
    key: VaultKey,
    begun: Cell<u64>,
    ended: Cell<u64>,
    commits: Cell<u64>,
}

/// Why rows did not come out or go in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A row does not open under this device's key: damaged, or another device's.
    #[error("a stored row does not open")]
    Sealed,
}

impl<V: Vault> Store<V> {
    /// Opens a vault with its key.
    pub fn new(vault: V, key: VaultKey) -> Self {
        let zero = || Cell::new(0);
        Self { vault, key, begun: zero(), ended: zero(), commits: zero() }
    }

    /// Every row, the bytes of entries too: what a backup holds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load(&self) -> Result<Vec<Row>, StoreError> {
        let pages = self.all_pages().await?;
        let opened = pages.iter().map(|page| self.open(page.table, &page.rows));
        Ok(opened.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// Every row that still opens.
    ///
    /// # Errors
    /// [`StoreError::Vault`].
    pub async fn readable(&self) -> Result<Vec<Row>, StoreError> {
        let pages = self.all_pages().await?;
        let sealed = pages.iter().flat_map(|page| page.rows.iter().map(|row| (page.table, row)));
        let opened = sealed.map(|(table, (index, sealed))| self.open_row(table, index, sealed));
        Ok(opened.filter_map(Result::ok).collect())
    }

    /// The pages that begin at these places, all as they were at one moment.
    ///
    /// # Errors
    /// [`StoreError::Vault`].
    pub async fn pages(&self, places: &[Place]) -> Result<Vec<Page>, StoreError> {
        let query = |&(table, after): &Place| Query::Page { table, after, most: PAGE };
        let queries: Vec<Query> = places.iter().map(query).collect();
        let answers = self.vault.read(&queries).await?;
        let page = |(&(table, _), rows): (&Place, SealedRows)| {
            let last = rows.last().filter(|_| rows.len() == PAGE as usize);
            let rest = last.map(|(index, _)| (table, Some(*index)));
            Page { table, rows, rest }
        };
        Ok(places.iter().zip(answers).map(page).collect())
    }

    /// Opens rows that were read.
    ///
    /// # Errors
    /// [`StoreError::Sealed`].
    pub fn open(&self, table: Table, rows: &[(Index, Vec<u8>)]) -> Result<Vec<Row>, StoreError> {
        rows.iter().map(|(index, sealed)| self.open_row(table, index, sealed)).collect()
    }

    /// The rows of these keys, as far as there are any, all as they were at one moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rows(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Row>, StoreError> {
        let query = |key: &Vec<u8>| Query::Row(table, self.index(table, key));
        let queries: Vec<Query> = keys.iter().map(query).collect();
        let rows: SealedRows = self.vault.read(&queries).await?.into_iter().flatten().collect();
        self.open(table, &rows)
    }

    /// One row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn row(&self, table: Table, key: &[u8]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(table, &[key.to_vec()]).await?.pop())
    }

    /// The bytes of one ledger entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entry(&self, id: &EntryId) -> Result<Option<EntryRow>, StoreError> {
        let Some(row) = self.row(Table::Entries, &id.0).await? else { return Ok(None) };
        codec::decode(1, &row.value).map(Some).map_err(|_| StoreError::Sealed)
    }

    /// Stores rows in one transaction; on the disk when it returns.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn commit(&self, writes: Writes, rng: &mut impl CryptoRng) -> Result<(), StoreError> {
        if writes.is_empty() {
            return Ok(());
        }
        let rows = self.seal(writes, rng);
        self.begun.set(self.begun.get() + 1);
        let written = self.vault.write(rows).await;
        self.ended.set(self.ended.get() + 1);
        written?;
        self.commits.set(self.commits.get() + 1);
        Ok(())
    }

    /// How many writes were begun so far; none while one is under way. What was read between two equal answers is
    /// what is stored.
    pub fn calm(&self) -> Option<u64> {
        let begun = self.begun.get();
        (begun == self.ended.get()).then_some(begun)
    }

    /// How often something was stored: as long as it stays, so does what is stored.
    pub fn commits(&self) -> u64 {
        self.commits.get()
    }

    /// Stores rows in place of all that is there, in one transaction: also of what no longer opens.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored or removed.
    pub async fn replace(
        &self,
        writes: Writes,
        rng: &mut impl CryptoRng,
    ) -> Result<(), StoreError> {
        let pages = self.all_pages().await?;
        let there = pages.iter().flat_map(|page| page.rows.iter().map(|row| (page.table, row)));
        let mut rows: Vec<SealedWrite> =
            there.map(|(table, (index, _))| (table, *index, None)).collect();
        rows.extend(self.seal(writes, rng));
        Ok(self.vault.write(rows).await?)
    }

    async fn all_pages(&self) -> Result<Vec<Page>, StoreError> {
        let mut all = Vec::new();
        let mut places: Vec<Place> = Table::ALL.iter().map(|table| (*table, None)).collect();
        while !places.is_empty() {
            let pages = self.pages(&places).await?;
            places = pages.iter().filter_map(|page| page.rest).collect();
            all.extend(pages);
        }
        Ok(all)
    }

    fn seal(&self, writes: Writes, rng: &mut impl CryptoRng) -> Vec<SealedWrite> {
        let seal = |(table, key, value): (Table, Vec<u8>, Option<Vec<u8>>)| -> SealedWrite {
            let index = self.index(table, &key);
            let sealed = value.map(|value| {
                let plain = codec::encode(1, &(key, value));
                self.key.seal(&[&[table.code()], &index], &plain, random(rng))
            });
            (table, index, sealed)
        };
        writes.0.into_iter().map(seal).collect()
    }

    fn open_row(&self, table: Table, index: &Index, sealed: &[u8]) -> Result<Row, StoreError> {
        let plain =
            self.key.open(&[&[table.code()], index], sealed).map_err(|_| StoreError::Sealed)?;
        let (key, value): (&[u8], &[u8]) =
            codec::decode_kept(1, &plain).map_err(|_| StoreError::Sealed)?;
        Ok(Row { table, key: key.to_vec(), value: value.to_vec() })
    }

    fn index(&self, table: Table, key: &[u8]) -> [u8; 32] {
        self.key.index(&[&[table.code()], key])
    }
}
