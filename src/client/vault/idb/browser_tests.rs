use domain::notebook::Table;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::IdbVault;
use crate::vault::{Vault, contract};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_contract_holds() {
    let vault = IdbVault::open("contract").await.expect("the browser has a database");
    contract::holds(&vault).await;
}

#[wasm_bindgen_test]
async fn rows_outlive_the_connection() {
    let rows = vec![(Table::Drafts, [5; 32], Some(b"kept".to_vec()))];
    IdbVault::open("reopened")
        .await
        .expect("the browser has a database")
        .write(rows)
        .await
        .expect("the browser has a database");
    let again = IdbVault::open("reopened").await.expect("the browser has a database");
    assert_eq!(contract::row(&again, Table::Drafts, [5; 32]).await, Ok(Some(b"kept".to_vec())));
}

#[wasm_bindgen_test]
async fn a_connection_the_browser_closed_is_opened_again() {
    let vault = IdbVault::open("closed").await.expect("the browser has a database");
    vault.database.borrow().as_ref().clone().close();
    let rows = vec![(Table::Drafts, [6; 32], Some(b"kept".to_vec()))];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(contract::row(&vault, Table::Drafts, [6; 32]).await, Ok(Some(b"kept".to_vec())));
}
