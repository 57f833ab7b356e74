//! A notebook to practise with has nothing to send, whatever is done with it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::bundle::Audience;
use crate::examples::Examples;
use crate::fold::{Deletion, EXAMPLES_DEVICE, EXAMPLES_MEMBER};
use crate::notebook::training::TABLES;
use crate::replica::{Stuck, Unsent, pack};
use crate::roster::{Act, Founder, Revocation, RosterRefusal, Signer};

const KINDS: [&str; 5] = ["visit", "alert", "initiative", "listing", "campaign"];

fn examples() -> (Examples, RecordKey) {
    let mut examples = Examples::default();
    let alias = [("alias".to_owned(), Value::from("Les Trois Théières"))];
    let key = examples.add("initiative", "tea", alias, 5).unwrap();
    (examples, key)
}

/// A training notebook that just began, with one example.
fn training() -> (Phone, RecordKey) {
    let mut phone = Phone::new(Notebook::train(&mut SeededRandom::new(40)), 41);
    let (examples, key) = examples();
    let writes = phone.notebook.take_examples(&examples.to_bytes()).unwrap();
    phone.store(writes);
    (phone, key)
}

/// Everything that leaves a device leaves by one of these.
fn expect_nothing_to_send(phone: &mut Phone) {
    let packed = phone.notebook.pack(&mut phone.rng);
    phone.store(packed);
    let notebook = &mut phone.notebook;
    assert_eq!((notebook.unpacked(), notebook.pending(), notebook.offers()), (0, vec![], vec![]));
    assert_eq!((notebook.undelivered(), notebook.passing_on()), (vec![], 0));
    assert_eq!(notebook.dispatches().count(), 0);
    assert_eq!((notebook.oldest_unreceived(), notebook.stuck().len()), (None, 0));
    assert_eq!(notebook.grants_due(), vec![]);
    let tables: BTreeSet<Table> = phone.rows.keys().map(|(table, _)| *table).collect();
    assert!(tables.iter().all(|table| TABLES.contains(table)), "{tables:?}");
}

/// Even what is taken out of its histories by hand cannot be packed by its keys.
fn expect_nothing_can_be_packed(phone: &Phone) {
    let keys = phone.notebook.histories.keys();
    let histories = keys.filter_map(|key| phone.notebook.history(key));
    let changes = histories.flat_map(|history| history.changes().values());
    let mut unsent = Vec::new();
    for held in changes {
        for audience in [Audience::Network, Audience::Restricted] {
            let owner = Some(phone.notebook.member());
            unsent.push(Unsent { change: held.change.clone(), audience, owner });
        }
    }
    let (line, ring, rng) =
        (phone.notebook.line(), phone.notebook.ring(), &mut SeededRandom::new(42));
    let packing = pack(&unsent, line, ring, Tips::default(), rng);
    assert_eq!(packing.packed, vec![]);
    assert!(packing.stuck.values().all(|why| *why == Stuck::NoKey));
}

/// What a person can do.
#[derive(Debug, Clone)]
enum Step {
    Write(usize, String),
    Edit(usize, String),
    EditExample(String),
    Delete(usize),
    Draft(u8),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..KINDS.len(), "[a-z]{0,9}").prop_map(|(kind, text)| Step::Write(kind, text)),
        (0..9_usize, "[a-z]{0,9}").prop_map(|(which, text)| Step::Edit(which, text)),
        "[a-z]{0,9}".prop_map(Step::EditExample),
        (0..9_usize).prop_map(Step::Delete),
        any::<u8>().prop_map(Step::Draft),
        Just(Step::Reopen),
    ];
    prop::collection::vec(step, 0..24)
}

fn take(phone: &mut Phone, step: &Step, written: &mut Vec<RecordKey>, example: &RecordKey) {
    let which = |which: &usize| written.get(which % written.len().max(1)).cloned();
    let desired = |text: &str| [("summary".to_owned(), Some(Value::from(text)))].into();
    let (notebook, rng) = (&mut phone.notebook, &mut phone.rng);
    let writes = match step {
        Step::Write(kind, text) => {
            let new = notebook.new_record(rng);
            let key = RecordKey { kind: KINDS[*kind].to_owned(), id: new.id };
            written.push(key.clone());
            notebook.save(&key, Some(&new), desired(text), 7, rng).ok()
        }
        Step::Edit(at, text) => {
            which(at).and_then(|key| notebook.save(&key, None, desired(text), 8, rng).ok())
        }
        Step::EditExample(text) => notebook.save(example, None, desired(text), 9, rng).ok(),
        Step::Delete(at) => which(at).and_then(|key| notebook.delete(&key, 10, rng).ok()),
        Step::Draft(seed) => Some(notebook.keep_draft(RecordId([*seed; 16]), vec![*seed])),
        Step::Reopen => {
            phone.reopen();
            None
        }
    };
    phone.store(writes.unwrap_or_default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn there_is_nothing_to_send_whatever_is_edited(steps in steps()) {
        let ((mut phone, example), mut written) = (training(), Vec::new());
        for step in &steps {
            take(&mut phone, step, &mut written, &example);
            expect_nothing_to_send(&mut phone);
        }
        expect_nothing_can_be_packed(&phone);
        for key in written.iter().chain([&example]) {
            prop_assert_eq!(phone.notebook.record_state(key), RecordState::Exercise);
        }
    }
}

#[test]
fn it_takes_no_page_no_receipt_and_no_entry() {
    let (mut server, coordinator, ..) = campaign();
    let (mut phone, _) = training();
    let visit = phone.write("summary", "Une soupe");
    let before = phone.rows.clone();
    assert_eq!(phone.pull(&server), Verdict::Ignored);
    phone.push(&mut server);
    let lines = server.entries.len();
    let roster = coordinator.notebook.line().entries().next().unwrap().to_vec();
    let (_, writes) = phone.notebook.enqueue(Kind::Roster, roster);
    assert!(writes.is_empty());
    let key = phone.rows.keys().find(|(table, _)| *table == Table::Entries);
    assert_eq!((key, server.entries.len()), (None, lines));
    expect_nothing_to_send(&mut phone);
    phone.reopen();
    assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("Une soupe"));
    let records = |rows: &BTreeMap<(Table, Vec<u8>), Vec<u8>>| {
        rows.iter().filter(|((table, _), _)| *table == Table::Histories).count()
    };
    assert_eq!(records(&phone.rows), records(&before));
}

#[test]
fn examples_are_shown_and_are_nobodys_but_the_examples() {
    let (mut phone, example) = training();
    for _ in 0..2 {
        assert!(phone.notebook.is_training() && !phone.notebook.is_coordinator());
        let view = phone.notebook.view(&example);
        assert_eq!(view.text("alias"), Some("Les Trois Théières"));
        assert_eq!((view.creator, view.deletion), (Some(EXAMPLES_MEMBER), Deletion::Kept));
        assert_ne!(phone.notebook.member(), EXAMPLES_MEMBER);
        assert_ne!(phone.notebook.device(), EXAMPLES_DEVICE);
        phone.reopen();
    }
    // What somebody practises on an example is a proposal, as on any other's record.
    phone.edit(&example, "alias", "Autre");
    assert_eq!(phone.shows(&example, "alias").as_deref(), Some("Les Trois Théières"));
    let own = phone.write("summary", "Une soupe");
    assert_eq!(phone.shows(&own, "summary").as_deref(), Some("Une soupe"));
}

#[test]
fn a_campaigns_notebook_takes_no_examples_and_believes_none() {
    let (.., mut volunteer, _) = campaign();
    let (examples, example) = examples();
    let writes = volunteer.notebook.take_examples(&examples.to_bytes()).unwrap();
    assert!(writes.is_empty() && volunteer.notebook.history(&example).is_none());
    // Its rows, put into another database by hand, count for nothing there.
    let (phone, _) = training();
    let histories = phone.rows.iter().filter(|((table, _), _)| *table == Table::Histories);
    volunteer.rows.extend(histories.map(|(key, value)| (key.clone(), value.clone())));
    volunteer.reopen();
    assert_eq!(volunteer.shows(&example, "alias"), None);
}

#[test]
fn rows_of_a_campaign_and_of_a_training_do_not_mix() {
    let (.., mut volunteer, _) = campaign();
    volunteer.write("summary", "Une soupe");
    let (phone, _) = training();
    let rows = |rows: &BTreeMap<(Table, Vec<u8>), Vec<u8>>| -> Vec<Row> {
        let row = |((table, key), value): (&(Table, Vec<u8>), &Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        rows.iter().map(row).collect()
    };
    let mut both = volunteer.rows.clone();
    both.extend(phone.rows.clone());
    assert!(matches!(Notebook::load(&rows(&both)), Err(BadRows::Training(_))));
    assert!(matches!(Notebook::restored(rows(&phone.rows)), Err(BadRows::Training(_))));
    let mut bare = phone.rows.clone();
    bare.remove(&(Table::Identity, TRAINING.to_vec()));
    assert!(matches!(Notebook::load(&rows(&bare)), Err(BadRows::Roster(_))));
}

#[test]
fn nothing_can_be_signed_onto_the_roster_of_nobody() {
    let (phone, _) = training();
    let mut line = phone.notebook.line().clone();
    let (keys, member) = (phone.notebook.ring().device(), phone.notebook.member());
    let founder = Founder { member, keys: keys.public(), salt: [0; 16] };
    let revocation = Revocation { device: keys.id(), accepted: Vec::new() };
    for act in [Act::Founder(founder), Act::Revocation(revocation)] {
        let entry = line.sign_next(Signer::Device(keys.id()), act, keys);
        assert_eq!(line.append(&entry), Err(RosterRefusal::NotAllowed));
    }
    assert_eq!((line.entries().count(), line.generation().is_none()), (0, true));
}
