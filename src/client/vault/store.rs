//! Seals a notebook's rows on their way into a vault, and opens them on their way out.

use std::cell::Cell;

use domain::codec;
use domain::ids::EntryId;
use domain::keys::{VaultKey, random};
use domain::notebook::{EntryRow, Row, Table, Writes};
use rand_core::CryptoRng;

use super::{Index, SealedWrite, Vault, VaultError};

/// So many rows are read at once: a slow phone that reads them still answers a tap.
const PAGE: u32 = 100;

/// Some rows of a table.
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Behind which key there may be more; none when there are none.
    pub last: Option<Index>,
}

/// A vault and the key of its values.
pub struct Store<V> {
    vault: V,
    key: VaultKey,
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
        Self { vault, key, commits: Cell::new(0) }
    }

    /// Every row, the bytes of entries too: what a backup holds. Tables are read one after the other.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load(&self) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for table in Table::ALL {
            rows.extend(self.table(*table).await?);
        }
        Ok(rows)
    }

    /// Every row of a table.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn table(&self, table: Table) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        let mut page = self.page(table, None).await?;
        rows.append(&mut page.rows);
        while let Some(last) = page.last {
            page = self.page(table, Some(last)).await?;
            rows.append(&mut page.rows);
        }
        Ok(rows)
    }

    /// Some rows of a table: the first ones, or those behind the last of a page.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn page(&self, table: Table, after: Option<Index>) -> Result<Page, StoreError> {
        let sealed = self.vault.page(table, after, PAGE).await?;
        let last = sealed.last().map(|(index, _)| *index);
        let open = |(index, sealed): &(Index, Vec<u8>)| self.open(table, index, sealed);
        let rows = sealed.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let last = last.filter(|_| rows.len() == PAGE as usize);
        Ok(Page { rows, last })
    }

    /// One row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn row(&self, table: Table, key: &[u8]) -> Result<Option<Row>, StoreError> {
        let index = self.index(table, key);
        let sealed = self.vault.read(table, index).await?;
        sealed.map(|sealed| self.open(table, &index, &sealed)).transpose()
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
        self.vault.write(self.seal(writes, rng)).await?;
        self.commits.set(self.commits.get() + 1);
        Ok(())
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
        let mut rows: Vec<SealedWrite> = Vec::new();
        for table in Table::ALL {
            let mut there = self.vault.page(*table, None, PAGE).await?;
            while let Some((last, _)) = there.last() {
                let next = self.vault.page(*table, Some(*last), PAGE).await?;
                rows.extend(there.into_iter().map(|(index, _)| (*table, index, None)));
                there = next;
            }
        }
        rows.extend(self.seal(writes, rng));
        Ok(self.vault.write(rows).await?)
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

    fn open(&self, table: Table, index: &[u8; 32], sealed: &[u8]) -> Result<Row, StoreError> {
        let plain =
            self.key.open(&[&[table.code()], index], sealed).map_err(|_| StoreError::Sealed)?;
        let (key, value): (Vec<u8>, Vec<u8>) =
            codec::decode(1, &plain).map_err(|_| StoreError::Sealed)?;
        Ok(Row { table, key, value })
    }

    fn index(&self, table: Table, key: &[u8]) -> [u8; 32] {
        self.key.index(&[&[table.code()], key])
    }
}
