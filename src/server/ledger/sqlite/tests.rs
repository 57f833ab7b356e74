//! The contract, and what only files can do.

use std::sync::Arc;

use domain::ids::{CampaignId, Epoch};

use super::{Beginning, Folder, OpenError, SqliteLedger, backup, restore};
use crate::ledger::contract::{Test, ledger_contract};
use crate::ledger::test_folder::TestFolder;
use crate::ledger::{Created, Entry, Facts, Histories};

ledger_contract!(sqlite, crate::ledger::sqlite::tests::on_sqlite);

pub(super) async fn on_sqlite(test: impl Test) {
    let folder = TestFolder::new();
    let (ledger, beginning) = open(&folder).await.unwrap();
    assert_eq!(beginning, Beginning::New);
    test.run(Arc::new(ledger)).await;
}

async fn open(folder: &TestFolder) -> Result<(SqliteLedger, Beginning), OpenError> {
    SqliteLedger::open(&Folder::new(folder.path()), Epoch([1; 16])).await
}

async fn found(ledger: &SqliteLedger) {
    let bytes = b"founder".to_vec();
    let facts = Facts::Roster { revoked: Vec::new(), rotates: false };
    let entry = Entry { id: domain::ids::EntryId::of(&bytes), bytes, wraps: Vec::new(), facts };
    ledger.offer_set_up([5; 32]).await.unwrap();
    let created = ledger.create(&CampaignId([7; 32]), [5; 32], &[entry], 1).await;
    assert_eq!(created.unwrap(), Created::New);
}

#[tokio::test]
async fn one_process_holds_a_folder() {
    let folder = TestFolder::new();
    let (first, _) = open(&folder).await.unwrap();
    assert!(matches!(open(&folder).await, Err(OpenError::InUse(_))));
    first.close().await;
    drop(first);
    assert_eq!(open(&folder).await.unwrap().1, Beginning::Continued);
}

#[tokio::test]
async fn a_database_copied_back_is_noticed_until_another_history_begins() {
    let folder = TestFolder::new();
    let database = Folder::new(folder.path()).database();
    let (ledger, _) = open(&folder).await.unwrap();
    ledger.close().await;
    drop(ledger);
    let copy = std::fs::read(&database).unwrap();
    let (ledger, beginning) = open(&folder).await.unwrap();
    assert_eq!(beginning, Beginning::Continued);
    found(&ledger).await;
    ledger.close().await;
    drop(ledger);
    std::fs::write(&database, copy).unwrap();
    for _ in 0..2 {
        assert_eq!(open(&folder).await.unwrap().1, Beginning::TurnedBack);
    }
    let (ledger, _) = open(&folder).await.unwrap();
    ledger.begin_history(Epoch([2; 16])).await.unwrap();
    drop(ledger);
    assert_eq!(open(&folder).await.unwrap().1, Beginning::Continued);
}

#[tokio::test]
async fn a_missing_database_is_not_replaced_by_an_empty_one() {
    let folder = TestFolder::new();
    let (ledger, _) = open(&folder).await.unwrap();
    found(&ledger).await;
    ledger.close().await;
    drop(ledger);
    std::fs::remove_file(Folder::new(folder.path()).database()).unwrap();
    assert!(matches!(open(&folder).await, Err(OpenError::Missing(_))));
}

#[tokio::test]
async fn a_backup_is_whole_and_only_a_good_one_is_put_back() {
    let test_folder = TestFolder::new();
    let folder = Folder::new(test_folder.path());
    let file = test_folder.path().join("backup");
    let (ledger, _) = open(&test_folder).await.unwrap();
    backup(&folder, &file).await.unwrap();
    assert!(backup(&folder, &file).await.is_err(), "a file is never overwritten");
    assert!(matches!(restore(&folder, &file).await, Err(OpenError::InUse(_))));
    drop(ledger);
    let bad = test_folder.path().join("bad");
    std::fs::write(&bad, "not a database").unwrap();
    assert!(matches!(restore(&folder, &bad).await, Err(OpenError::NotADatabase(..))));
    restore(&folder, &file).await.unwrap();
    assert!(folder.replaced().exists());
    assert_eq!(open(&test_folder).await.unwrap().1, Beginning::TurnedBack);
}
