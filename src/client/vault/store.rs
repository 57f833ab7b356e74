//! Seals a notebook's rows on their way into a vault, and opens them on their way out.

use domain::codec;
use domain::ids::EntryId;
use domain::keys::{VaultKey, random};
use domain::notebook::{EntryRow, Row, Table, Writes};
use rand_core::CryptoRng;

use super::{SealedWrite, Vault, VaultError};

/// A vault and the key of its values.
pub struct Store<V> {
    vault: V,
    key: VaultKey,
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
        Self { vault, key }
    }

    /// The vault, when only its sealed rows matter.
    pub fn vault(&self) -> &V {
        &self.vault
    }

    /// Every row that a notebook loads, opened; entries' bytes stay where they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load(&self) -> Result<Vec<Row>, StoreError> {
        self.load_but(Some(Table::Entries)).await
    }

    /// Every row, the bytes of entries too: what a backup holds. Tables are read one after the other.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_with_entries(&self) -> Result<Vec<Row>, StoreError> {
        self.load_but(None).await
    }

    async fn load_but(&self, left_out: Option<Table>) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for table in Table::ALL.iter().filter(|table| Some(**table) != left_out) {
            for (index, sealed) in self.vault.load(*table).await? {
                rows.push(self.open(*table, &index, &sealed)?);
            }
        }
        Ok(rows)
    }

    /// The bytes of one ledger entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entry(&self, id: &EntryId) -> Result<Option<EntryRow>, StoreError> {
        let index = self.index(Table::Entries, &id.0);
        let Some(sealed) = self.vault.read(Table::Entries, index).await? else { return Ok(None) };
        let row = self.open(Table::Entries, &index, &sealed)?;
        codec::decode(1, &row.value).map(Some).map_err(|_| StoreError::Sealed)
    }

    /// Stores rows in one transaction; on the disk when it returns.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn commit(&self, writes: Writes, rng: &mut impl CryptoRng) -> Result<(), StoreError> {
        Ok(self.vault.write(self.seal(writes, rng)).await?)
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
            let there = self.vault.load(*table).await?;
            rows.extend(there.into_iter().map(|(index, _)| (*table, index, None)));
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
