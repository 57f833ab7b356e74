//! A vault in memory, for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::notebook::Table;

use super::{Index, Query, SealedRows, SealedWrite, Vault, VaultError};

/// Forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryVault {
    rows: RefCell<BTreeMap<(Table, Index), Vec<u8>>>,
}

impl Vault for MemoryVault {
    async fn read(&self, queries: &[Query]) -> Result<Vec<SealedRows>, VaultError> {
        let rows = self.rows.borrow();
        let answer = |query: &Query| -> SealedRows {
            match *query {
                Query::Page { table, after, most } => {
                    let behind = |index: &Index| after.is_none_or(|after| *index > after);
                    let page = rows.iter().filter(|((of, index), _)| *of == table && behind(index));
                    page.take(most as usize)
                        .map(|((_, key), value)| (*key, value.clone()))
                        .collect()
                }
                Query::Row(table, index) => rows
                    .get(&(table, index))
                    .map(|value| (index, value.clone()))
                    .into_iter()
                    .collect(),
            }
        };
        Ok(queries.iter().map(answer).collect())
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
