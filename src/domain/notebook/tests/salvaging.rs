//! What is left of a device's rows.

use proptest::prelude::*;

use super::copying::{forks, renew, sync};
use super::*;
use crate::ids::RecordId;
use crate::notebook::loading::{BadRows, record_row_key};

fn rows(phone: &Phone) -> Vec<Row> {
    let rows = phone.rows.clone().into_iter();
    rows.map(|((table, key), value)| Row { table, key, value }).collect()
}

/// A phone with a visit that is received, one that is packed, one that is not, and a draft.
fn in_the_middle() -> (Server, Phone, Phone, [RecordKey; 3]) {
    let (mut server, coordinator, mut phone) = confirmed();
    let received = phone.write("summary", "reçue");
    sync(&mut phone, &mut server);
    let packed = phone.write("summary", "prête");
    let writes = phone.notebook.pack(&mut phone.rng);
    phone.store(writes);
    let unpacked = phone.write("summary", "à peine notée");
    let draft = phone.notebook.keep_draft(RecordId([9; 16]), b"half".to_vec());
    phone.store(draft);
    (server, coordinator, phone, [received, packed, unpacked])
}

#[test]
fn what_is_left_of_a_store_goes_on_as_a_copy_and_gets_back_what_was_received() {
    let (mut server, mut coordinator, old, [received, packed, unpacked]) = in_the_middle();
    let mut left = rows(&old);
    let lost = |row: &Row| row.table == Table::Histories && row.key == record_row_key(&received);
    left.retain(|row| !lost(row));
    let mut phone = Phone::new(Notebook::salvaged(left).unwrap(), 40);
    phone.reopen();
    assert!(phone.notebook.is_copy());
    assert_eq!(phone.notebook.drafts(), old.notebook.drafts());
    assert_eq!(phone.shows(&received, "summary"), None);
    assert_eq!(phone.shows(&unpacked, "summary").as_deref(), Some("à peine notée"));

    sync(&mut phone, &mut server);
    assert_eq!(phone.shows(&received, "summary").as_deref(), Some("reçue"));
    assert_eq!(phone.notebook.record_state(&received), RecordState::Received);
    assert_eq!(phone.notebook.record_state(&packed), RecordState::Received);
    assert_eq!(phone.notebook.record_state(&unpacked), RecordState::OnThisPhone);
    coordinator.pull(&server);
    renew(&mut phone, &coordinator, &mut server, 41);
    sync(&mut phone, &mut server);
    sync(&mut phone, &mut server);
    coordinator.pull(&server);
    assert_eq!(phone.notebook.record_state(&unpacked), RecordState::Received);
    assert_eq!(forks(&server), 0);
    for visit in [&received, &packed, &unpacked] {
        assert_eq!(coordinator.notebook.history(visit).unwrap().changes().len(), 1);
        assert_eq!(coordinator.shows(visit, "summary"), phone.shows(visit, "summary"));
    }
}

#[test]
fn what_waits_nowhere_any_more_waits_again() {
    for (table, which) in [(Table::Unsent, 2), (Table::Entries, 1), (Table::Dispatches, 1)] {
        let (mut server, mut coordinator, old, visits) = in_the_middle();
        let mut left = rows(&old);
        left.retain(|row| row.table != table);
        let mut phone = Phone::new(Notebook::salvaged(left).unwrap(), 43);
        phone.reopen();
        coordinator.pull(&server);
        renew(&mut phone, &coordinator, &mut server, 44);
        sync(&mut phone, &mut server);
        sync(&mut phone, &mut server);
        coordinator.pull(&server);
        let visit = &visits[which];
        assert_eq!(coordinator.shows(visit, "summary"), phone.shows(visit, "summary"), "{table:?}");
        assert_eq!(phone.notebook.record_state(visit), RecordState::Received, "{table:?}");
    }
}

#[test]
fn without_an_identity_nothing_can_be_salvaged() {
    let (.., old, _) = in_the_middle();
    let mut left = rows(&old);
    left.retain(|row| row.table != Table::Identity);
    assert!(matches!(Notebook::salvaged(left), Err(BadRows::NoIdentity)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_rows_are_lost_nothing_is_called_received_that_is_not(lost in any::<[u32; 4]>()) {
        let (server, _, old, [received, packed, unpacked]) = in_the_middle();
        let mut left = rows(&old);
        let mut index = 0_usize;
        left.retain(|row| {
            index += 1;
            let gone = lost[index / 32 % 4] >> (index % 32) & 1 == 1;
            row.table == Table::Identity || (row.table == Table::Roster && index < 4) || !gone
        });
        let mut phone = Phone::new(Notebook::salvaged(left).unwrap(), 42);
        phone.reopen();
        for visit in [&packed, &unpacked] {
            prop_assert_ne!(phone.notebook.record_state(visit), RecordState::Received);
        }
        phone.pull(&server);
        prop_assert_eq!(phone.shows(&received, "summary"), Some("reçue".to_owned()));
        prop_assert_eq!(phone.notebook.record_state(&received), RecordState::Received);
        prop_assert_ne!(phone.notebook.record_state(&unpacked), RecordState::Received);
    }
}
