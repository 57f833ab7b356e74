//! The contract, and what only files can do.

use std::sync::Arc;

use domain::ids::{CampaignId, DeviceId, Epoch};
use domain::ledger::{Kind, ServedDigest};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::columns::array;
use super::served::ends;
use super::{Beginning, Folder, OpenError, SqliteLedger, backup, restore};
use crate::ledger::contract::entries::mixed;
use crate::ledger::contract::{Test, ledger_contract};
use crate::ledger::test_folder::TestFolder;
use crate::ledger::{
    Created, Cursors, Entries, Entry, Facts, Histories, LedgerError, Sees, Viewer,
};

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

#[tokio::test]
async fn a_database_of_the_first_version_is_brought_up_to_date_with_what_it_holds() {
    let folder = TestFolder::new();
    let (ledger, _) = open(&folder).await.unwrap();
    found(&ledger).await;
    let first = sqlx::raw_sql(
        "DROP TABLE cursors; DROP TABLE served; DROP TABLE offered_enrolments;
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, 'BETWEEN 1 AND 5', 'BETWEEN 1 AND 4');
         PRAGMA writable_schema = RESET;
         PRAGMA user_version = 1",
    );
    first.execute(&ledger.writer).await.unwrap();
    let roster = ledger.head(&CampaignId([7; 32])).await.unwrap().unwrap().roster;
    let branches: Vec<Entry> =
        mixed(1).into_iter().filter(|entry| entry.kind() == Kind::Branch).collect();
    ledger.append(&CampaignId([7; 32]), &roster, &branches, 1).await.unwrap_err();
    ledger.close().await;
    drop(ledger);
    let (ledger, beginning) = open(&folder).await.unwrap();
    assert_eq!(beginning, Beginning::Continued);
    let (campaign, device) = (CampaignId([7; 32]), domain::ids::DeviceId([1; 16]));
    assert_eq!(ledger.head(&campaign).await.unwrap().unwrap().number, 1);
    ledger.note_cursor(&campaign, &device, 1).await.unwrap();
    assert_eq!(ledger.cursors(&campaign).await.unwrap(), [(device, 1)]);
    // The kinds of entries that came later are taken, and what is checked is still checked.
    ledger.append(&campaign, &roster, &branches, 1).await.unwrap();
    let sixth = sqlx::raw_sql("UPDATE entries SET kind = 6").execute(&ledger.writer).await;
    assert!(sixth.unwrap_err().to_string().contains("CHECK constraint"));
    let whole: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&ledger.writer).await.unwrap();
    assert_eq!(whole, "ok");
}

/// A connection of its own to the database file.
async fn by_hand(folder: &TestFolder) -> SqliteConnection {
    super::connect::options(&Folder::new(folder.path()).database()).connect().await.unwrap()
}

fn viewers() -> impl Iterator<Item = Viewer> {
    let devices = [DeviceId([1; 16]), DeviceId([2; 16]), DeviceId([3; 16])];
    let sees = [Sees::Orders, Sees::Own, Sees::Everything];
    let pairs = devices.into_iter().flat_map(move |device| sees.map(|sees| (device, sees)));
    pairs.map(|(device, sees)| Viewer { device, sees })
}

#[tokio::test]
async fn a_database_from_before_the_sums_gets_them_and_wrong_sums_are_found() {
    let folder = TestFolder::new();
    let (ledger, _) = open(&folder).await.unwrap();
    found(&ledger).await;
    let campaign = CampaignId([7; 32]);
    let roster = ledger.head(&campaign).await.unwrap().unwrap().roster;
    ledger.append(&campaign, &roster, &mixed(3), 1).await.unwrap();
    let mut sums = Vec::new();
    for viewer in viewers() {
        for up_to in 0..=25 {
            sums.push((viewer, up_to, ledger.served(&campaign, viewer, up_to).await.unwrap()));
        }
    }
    ledger.close().await;
    drop(ledger);
    let mut connection = by_hand(&folder).await;
    for statement in ["DROP TABLE served; DROP TABLE offered_enrolments", "PRAGMA user_version = 2"]
    {
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let (ledger, beginning) = open(&folder).await.unwrap();
    assert_eq!(beginning, Beginning::Continued);
    for (viewer, up_to, sum) in sums {
        assert_eq!(ledger.served(&campaign, viewer, up_to).await.unwrap(), sum);
    }
    let mut connection = by_hand(&folder).await;
    let right = ends(&mut connection, &campaign).await.unwrap();
    assert_eq!((right[0].len(), &right[0]), (5, &right[1]));
    let alter = "UPDATE served SET count = count + 1 WHERE line = 3 AND number > 15";
    sqlx::raw_sql(alter).execute(&mut connection).await.unwrap();
    let wrong = ends(&mut connection, &campaign).await.unwrap();
    assert_ne!(wrong[0], wrong[1]);
}

/// How the digest was made before there were sums: everything the viewer gets, one by one.
const SCAN: &str = "
    SELECT e.id FROM entries e
    WHERE e.campaign = ?1 AND e.number <= ?4
        AND (?2 = 2 OR e.kind IN (3, 4) OR (?2 = 1 AND
            (e.audience = 0 OR e.author = ?3 OR e.reader = ?3 OR EXISTS (SELECT 1 FROM readers r
                WHERE r.campaign = e.campaign AND r.number = e.number AND r.device = ?3))))";

/// Run by hand: `cargo test -p server a_hundred_thousand -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "a measurement"]
async fn a_hundred_thousand_entries_are_summed_up_as_fast_as_ten() {
    let folder = TestFolder::new();
    let (ledger, _) = open(&folder).await.unwrap();
    found(&ledger).await;
    let campaign = CampaignId([7; 32]);
    let begun = std::time::Instant::now();
    let mut all = mixed(100_000 / 8);
    all.retain(|entry| entry.kind() == Kind::Bundle || entry.kind() == Kind::Grant);
    let kinds = all[..5].to_vec();
    all.extend((0..100_000 - all.len()).map(|n| {
        let bytes = n.to_le_bytes().to_vec();
        Entry { id: domain::ids::EntryId::of(&bytes), bytes, ..kinds[n % 5].clone() }
    }));
    let roster = ledger.head(&campaign).await.unwrap().unwrap().roster;
    for entries in all.chunks(200) {
        ledger.append(&campaign, &roster, entries, 1).await.unwrap();
    }
    let head = ledger.head(&campaign).await.unwrap().unwrap().number;
    println!("{head} entries appended in {:.1?}", begun.elapsed());
    for viewer in viewers().filter(|viewer| viewer.sees != Sees::Orders) {
        let sees = i64::from(viewer.sees == Sees::Everything) + 1;
        let mut scans = Vec::new();
        let mut sums = Vec::new();
        for _ in 0..5 {
            let begun = std::time::Instant::now();
            let scan = sqlx::query(SCAN).bind(&campaign.0[..]).bind(sees);
            let scan = scan.bind(&viewer.device.0[..]).bind(i64::try_from(head).unwrap());
            let rows = scan.fetch_all(&ledger.readers).await.unwrap();
            let scanned = rows.iter().fold(ServedDigest::default(), |sum, row| {
                sum.with(&domain::ids::EntryId(array(row, "id").unwrap()))
            });
            scans.push(begun.elapsed());
            let begun = std::time::Instant::now();
            assert_eq!(ledger.served(&campaign, viewer, head).await.unwrap(), scanned);
            sums.push(begun.elapsed());
        }
        scans.sort();
        sums.sort();
        let (scan, sum) = (scans[2], sums[2]);
        println!("{:?}: one by one {scan:.1?}, by sums {sum:.1?}", viewer.sees);
        assert!(sum * 20 < scan);
    }
}

#[tokio::test]
async fn a_full_disk_is_told_apart_nothing_is_half_written_and_room_is_used_again() {
    let folder = TestFolder::new();
    let (ledger, _) = open(&folder).await.unwrap();
    found(&ledger).await;
    let campaign = CampaignId([7; 32]);
    let roster = ledger.head(&campaign).await.unwrap().unwrap().roster;
    let pages: i64 =
        sqlx::query_scalar("PRAGMA page_count").fetch_one(&ledger.writer).await.unwrap();
    // SQLite's own limit gives the same error as a disk without room. It is the connection's: the one that
    // met it is given up, and the next has room again.
    let limit = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", pages + 20));
    sqlx::raw_sql(limit).execute(&ledger.writer).await.unwrap();
    let (mut stored, mut n) = (1, 0);
    let refused = loop {
        let mut entries = mixed(n + 1).split_off(n * 8);
        entries.iter_mut().for_each(|entry| entry.bytes.resize(1000, 0));
        entries.truncate(5);
        match ledger.append(&campaign, &roster, &entries, 1).await {
            Ok(_) => (stored, n) = (stored + 5, n + 1),
            Err(error) => {
                assert!(matches!(error, LedgerError::Full(_)), "{error}");
                let code = domain::protocol::Code::from(error);
                assert_eq!((code.as_str(), code.status()), ("storage_full", 507));
                break entries;
            }
        }
        assert!(n < 100, "it never fills");
    };
    assert!(n > 1);
    assert_eq!(ledger.head(&campaign).await.unwrap().unwrap().number, stored);
    let everything = Viewer { device: DeviceId([1; 16]), sees: Sees::Everything };
    let slice = ledger.slice(&campaign, everything, 0, 1 << 20).await.unwrap();
    assert_eq!((slice.entries.len() as u64, slice.more), (stored, false));
    ledger.append(&campaign, &roster, &refused, 1).await.unwrap();
    assert_eq!(ledger.head(&campaign).await.unwrap().unwrap().number, stored + 5);
    let [sums, right] = ends(&mut by_hand(&folder).await, &campaign).await.unwrap();
    assert_eq!(sums, right);
}
