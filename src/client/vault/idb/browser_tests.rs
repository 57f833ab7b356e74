use domain::notebook::Table;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::IdbVault;
use crate::vault::{Vault, VaultError, contract};

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
async fn a_store_the_browser_took_away_is_gone_and_no_other_takes_its_place() {
    let vault = IdbVault::open("taken away").await.expect("the browser has a database");
    let row = || vec![(Table::Drafts, [7; 32], Some(b"lost".to_vec()))];
    assert_eq!(vault.write(row()).await, Ok(()));
    let database = vault.database.borrow().as_ref().clone();
    database.delete().expect("a database may be deleted").await.expect("it is deleted");
    assert_eq!(vault.write(row()).await, Err(VaultError::Gone));
    assert_eq!(vault.write(row()).await, Err(VaultError::Gone));
    let anew = IdbVault::open("taken away").await.expect("the browser has a database");
    assert_eq!(contract::row(&anew, Table::Drafts, [7; 32]).await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_connection_gives_way_to_a_newer_app() {
    let vault = IdbVault::open("outdated").await.expect("the browser has a database");
    let newer = Database::open("outdated").with_version(100u8).build();
    let newer = newer.expect("it may be asked for").await.expect("nothing keeps it from opening");
    newer.close();
    let rows = vec![(Table::Drafts, [8; 32], Some(b"late".to_vec()))];
    assert_eq!(vault.write(rows).await, Err(VaultError::Newer));
}

#[wasm_bindgen_test]
async fn a_connection_the_browser_closed_is_opened_again() {
    let vault = IdbVault::open("closed").await.expect("the browser has a database");
    vault.database.borrow().as_ref().clone().close();
    let rows = vec![(Table::Drafts, [6; 32], Some(b"kept".to_vec()))];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(contract::row(&vault, Table::Drafts, [6; 32]).await, Ok(Some(b"kept".to_vec())));
}
