//! A vault in memory, for tests and for the training mode.

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
    async fn load(&self, table: Table) -> Result<Vec<(Index, Vec<u8>)>, VaultError> {
        let rows = self.rows.borrow();
        let of_table = rows.iter().filter(|((of, _), _)| *of == table);
        Ok(of_table.map(|((_, index), value)| (*index, value.clone())).collect())
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
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::MemoryVault;
    use crate::vault::contract;

    #[test]
    fn the_contract_holds() {
        let vault = MemoryVault::default();
        let mut contract = pin!(contract::holds(&vault));
        // Nothing in memory ever waits.
        let polled = contract.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Ready(()));
    }
}
