//! A vault in memory, for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::notebook::Table;

use super::{Index, SealedWrite, Vault, VaultError};

/// Forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryVault {
    rows: RefCell<BTreeMap<(Table, Index), Vec<u8>>>,
}

impl Vault for MemoryVault {
    async fn page(
        &self,
        table: Table,
        after: Option<Index>,
        most: u32,
    ) -> Result<Vec<(Index, Vec<u8>)>, VaultError> {
        let rows = self.rows.borrow();
        let behind = |index: &Index| after.is_none_or(|after| *index > after);
        let rows = rows.iter().filter(|((of, index), _)| *of == table && behind(index));
        let page = rows.take(most as usize);
        Ok(page.map(|((_, index), value)| (*index, value.clone())).collect())
    }

    async fn read(&self, table: Table, index: Index) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.rows.borrow().get(&(table, index)).cloned())
    }

    async fn write(&self, rows: Vec<SealedWrite>) -> Result<(), VaultError> {
        let mut stored = self.rows.borrow_mut();
        for (table, index, value) in rows {
            match value {
                Some(value) => stored.insert((table, index), value),
                None => stored.remove(&(table, index)),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::MemoryVault;
    use crate::vault::contract;

    #[wasm_bindgen_test]
    async fn the_contract_holds() {
        contract::holds(&MemoryVault::default()).await;
    }
}
