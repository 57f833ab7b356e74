//! Content that leaves a phone and comes back for a question.

mod forked;
mod granted;
mod questions;

use std::collections::BTreeMap;

use super::retention::*;
use super::tests::{EPOCH, Phone, Server, campaign};
use super::*;
use crate::change::Value;
use crate::ids::Epoch;
use crate::ledger::EraseTarget;
use crate::protocol::{Delivered, Pulled, Reply, Scope};
use crate::replica::{Delivery, RecordState};

const DAY: u64 = 24 * 60 * 60 * 1000;
/// Everything is received at 1.
const LATER: u64 = 1 + RETENTION_DAYS * DAY;

impl Server {
    fn reached(&self, ids: &[EntryId]) -> Reply<Vec<EntryId>> {
        let there = |id: &&EntryId| {
            let place = self.entries.iter().position(|(known, ..)| known == *id);
            place.is_some_and(|place| (place as u64) < self.cursor.get())
        };
        Reply { epoch: self.epoch, answer: ids.iter().filter(there).copied().collect() }
    }

    fn fetch(&self, phone: &Notebook, ids: &[EntryId]) -> Reply<Vec<Delivered>> {
        let request = crate::protocol::Pull { after: 0, ..phone.sync_state().pull(Scope::All) };
        let Pulled::Page(page) = self.page(phone, &request).answer else { panic!("no page") };
        let entries = page.entries.into_iter().filter(|entry| ids.contains(&entry.id));
        Reply { epoch: self.epoch, answer: entries.collect() }
    }
}

impl Phone {
    fn ask_reached(&mut self, server: &Server) {
        let (ids, ticket) = (self.notebook.unreached(), self.notebook.sync_state().ticket());
        let (_, writes) = self.notebook.take_reached(ticket, &ids, &server.reached(&ids));
        self.store(writes);
    }

    fn retire(&mut self, now: u64) -> bool {
        let writes = self.notebook.retire(now, RETENTION_DAYS);
        let any = !writes.is_empty();
        self.store(writes);
        any
    }

    fn fetch(&mut self, server: &Server) -> Incoming {
        let (ids, ticket) = (self.notebook.wanted(), self.notebook.sync_state().ticket());
        let reply = server.fetch(&self.notebook, &ids);
        let incoming = self.notebook.take_fetched(ticket, &ids, &reply, 5);
        assert_eq!(incoming.faults, 0);
        self.store(incoming.writes.clone());
        incoming
    }

    /// The second question says that the first answer was stored.
    fn pull_twice(&mut self, server: &Server) {
        self.pull(server);
        self.pull(server);
    }

    fn bundles(&self) -> usize {
        self.rows.keys().filter(|(table, _)| *table == Table::Entries).count()
    }

    fn visit(&mut self) -> RecordKey {
        let visit = self.write("summary", "Belle soirée");
        self.edit(&visit, "visited_on", "2026-11-03");
        self.edit(&visit, "initiative_id", "une maison");
        visit
    }

    /// A coordinator asks the author something about a record.
    fn ask(&mut self, record: &RecordKey) {
        self.edit(record, QUESTION, "Combien de nuits ?");
        self.edit(record, "review_state", "needs_info");
    }

    /// The fields that are seen.
    fn fields(&self, record: &RecordKey) -> Vec<String> {
        let values = self.notebook.view(record).values();
        values.into_keys().filter(|field| field != crate::fold::CREATED).collect()
    }
}

/// A confirmed volunteer whose visit was received and reached a coordinator's device.
fn settled() -> (Server, Phone, Phone, RecordKey) {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    volunteer.pull(&server);
    let visit = volunteer.visit();
    volunteer.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    (server, coordinator, volunteer, visit)
}

const QUESTION: &str = "review_question/a1";
const ANSWER: &str = "clarification/a1";
const WHOLE: [&str; 3] = ["initiative_id", "summary", "visited_on"];

#[test]
fn after_its_days_date_and_state_stay_and_the_rest_leaves() {
    let (_, _, mut volunteer, visit) = settled();
    assert_eq!(
        (volunteer.fields(&visit), volunteer.bundles()),
        (WHOLE.map(str::to_owned).to_vec(), 1)
    );
    assert!(!volunteer.retire(LATER - 1) && volunteer.notebook.retired(&visit).is_none());
    assert!(volunteer.retire(LATER));
    for _ in 0..2 {
        assert_eq!(
            (volunteer.fields(&visit), volunteer.bundles()),
            (vec!["visited_on".to_owned()], 0)
        );
        assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
        assert_eq!(volunteer.notebook.retired(&visit), Some(LATER));
        assert_eq!(volunteer.notebook.view(&visit).creator, Some(volunteer.notebook.member()));
        volunteer.reopen();
    }
    // No stored row holds a word of it, and there is nothing left to do.
    let holds = |text: &str| {
        volunteer
            .rows
            .values()
            .any(|row| row.windows(text.len()).any(|part| part == text.as_bytes()))
    };
    assert!(!holds("Belle soir") && !holds("une maison") && holds("2026-11-03"));
    assert!(!volunteer.retire(LATER + DAY));
    // Nobody edits what they do not see.
    let desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("autre")))]);
    let saved = volunteer.notebook.save(&visit, None, desired, 1, &mut volunteer.rng);
    assert_eq!(saved, Err(SaveError::Retired));
}

#[test]
fn the_campaign_s_days_count_and_no_more_than_ninety() {
    let (_, _, volunteer, visit) = settled();
    let leaves = |now: u64, days: u64| {
        let mut notebook = volunteer.notebook.clone();
        notebook.retire(now, days);
        notebook.retired(&visit).is_some()
    };
    assert!(leaves(1, 0) && !leaves(1, 1) && leaves(1 + DAY, 1));
    let most = 1 + MAX_RETENTION_DAYS * DAY;
    assert!(!leaves(most - 1, 90) && leaves(most, 90) && leaves(most, u64::MAX));
}

#[test]
fn nothing_leaves_before_a_coordinator_s_device_has_it() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    volunteer.pull(&server);
    let visit = volunteer.visit();
    assert!(!volunteer.retire(u64::MAX));
    volunteer.push(&mut server);
    // Received, and not served yet: whether the server has these very bytes is its receipt's word alone.
    volunteer.ask_reached(&server);
    assert!(!volunteer.retire(u64::MAX));
    volunteer.pull(&server);
    volunteer.ask_reached(&server);
    assert!(!volunteer.retire(u64::MAX));
    // Served to a coordinator, who may not have stored it: only the next question says so.
    coordinator.pull(&server);
    volunteer.ask_reached(&server);
    assert!(!volunteer.retire(u64::MAX) && volunteer.notebook.unreached().len() == 1);
    coordinator.pull(&server);
    volunteer.ask_reached(&server);
    volunteer.reopen();
    // An edit, then a draft, that is not sent.
    let before = volunteer.notebook.clone();
    volunteer.edit(&visit, "summary", "autre");
    assert!(!volunteer.retire(u64::MAX));
    volunteer.notebook = before;
    let writes = volunteer.notebook.keep_draft(visit.id, vec![1]);
    volunteer.store(writes);
    assert!(!volunteer.retire(u64::MAX));
    let writes = volunteer.notebook.drop_draft(visit.id);
    volunteer.store(writes);
    assert!(volunteer.retire(u64::MAX));
}

#[test]
fn a_later_edit_keeps_the_whole_visit_until_it_is_old_enough_too() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    let other = volunteer.visit();
    volunteer.edit(&visit, "summary", "autre");
    volunteer.push(&mut server);
    volunteer.pull(&server);
    assert!(!volunteer.retire(LATER));
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(LATER));
    assert!(
        volunteer.notebook.retired(&visit).is_some()
            && volunteer.notebook.retired(&other).is_some()
    );
    assert_eq!(volunteer.bundles(), 0);
}

#[test]
fn coordinators_and_phones_that_nobody_confirmed_keep_everything() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    let visit = volunteer.visit();
    let own = coordinator.visit();
    volunteer.push(&mut server);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    coordinator.ask_reached(&server);
    assert!(!volunteer.retire(u64::MAX) && !coordinator.retire(u64::MAX));
    assert_eq!(coordinator.notebook.unreached(), []);
    server.append(confirmation);
    volunteer.pull(&server);
    assert!(volunteer.retire(u64::MAX) && volunteer.notebook.retired(&visit).is_some());
    assert_eq!(coordinator.fields(&own).len(), 3);
}

#[test]
fn another_history_takes_back_what_the_server_said_of_coordinators() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    server.epoch = Epoch([8; 16]);
    server.cursor.set(0);
    assert_eq!(volunteer.pull(&server), Verdict::Reset);
    volunteer.reopen();
    assert!(!volunteer.retire(u64::MAX) && volunteer.notebook.unreached().len() == 1);
    volunteer.push(&mut server);
    volunteer.pull(&server);
    volunteer.ask_reached(&server);
    assert!(!volunteer.retire(u64::MAX));
    assert_eq!(coordinator.pull(&server), Verdict::Reset);
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(u64::MAX) && volunteer.notebook.retired(&visit).is_some());
}

#[test]
fn what_left_is_neither_lost_nor_sent_again_when_the_server_loses_it() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    volunteer.retire(LATER);
    let (bundle, dispatch) = volunteer.notebook.dispatches().next().unwrap();
    assert_eq!(dispatch.delivery, Delivery::Retired);
    let bundle = *bundle;
    let lost = server.entries.iter().position(|(id, ..)| *id == bundle).unwrap();
    let lost = server.entries.remove(lost);
    (server.epoch, server.cursor) = (Epoch([8; 16]), 0.into());
    assert_eq!(volunteer.pull(&server), Verdict::Reset);
    volunteer.reopen();
    assert_eq!((volunteer.notebook.pending(), volunteer.notebook.unpacked()), (vec![], 0));
    assert!(!volunteer.notebook.offers().contains(&bundle));
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::WithCoordinators);
    volunteer.push(&mut server);
    volunteer.pull(&server);
    assert!(!server.entries.iter().any(|(id, ..)| *id == bundle));
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::WithCoordinators);
    // A late receipt makes nothing of it that could be sent.
    let receipt =
        crate::protocol::Receipt { id: bundle, outcome: crate::protocol::Outcome::Known(1) };
    let (ticket, reply) = (volunteer.notebook.sync_state().ticket(), vec![receipt]);
    volunteer.notebook.take_receipts(
        ticket,
        &[bundle],
        &Reply { epoch: server.epoch, answer: reply },
    );
    assert_eq!(volunteer.notebook.dispatches().next().unwrap().1.delivery, Delivery::Retired);
    // A coordinator's device has it and offers it.
    coordinator.pull(&server);
    assert!(coordinator.notebook.offers().contains(&bundle));
    server.entries.push(lost);
    volunteer.pull(&server);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
    // It was served, counted on both sides, and is not here again.
    assert_eq!(volunteer.notebook.sync_state().served.count, 5);
    assert_eq!((volunteer.fields(&visit), volunteer.bundles()), (vec!["visited_on".to_owned()], 0));
}

#[test]
fn pulling_everything_again_brings_nothing_back() {
    let (server, _, mut volunteer, visit) = settled();
    volunteer.retire(LATER);
    volunteer.notebook.sync = volunteer.notebook.sync.again();
    volunteer.pull(&server);
    assert_eq!((volunteer.fields(&visit), volunteer.bundles()), (vec!["visited_on".to_owned()], 0));
}

#[test]
fn replies_of_another_history_or_about_nothing_asked_change_nothing() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    let fresh = {
        let (server, _, mut fresh, _) = settled();
        fresh.notebook.forget_reached(&mut Writes::default());
        (fresh, server)
    };
    let (mut phone, its_server) = fresh;
    let (ids, ticket) = (phone.notebook.unreached(), phone.notebook.sync_state().ticket());
    let reply = its_server.reached(&ids);
    assert_eq!(reply.answer, ids);
    let other = Reply { epoch: Epoch([9; 16]), ..reply.clone() };
    assert_eq!(phone.notebook.take_reached(ticket, &ids, &other).0, Verdict::Ignored);
    assert!(phone.notebook.take_reached(ticket, &[], &reply).1.is_empty());
    phone.notebook.sync = phone.notebook.sync.reset(EPOCH);
    assert_eq!(phone.notebook.take_reached(ticket, &ids, &reply).0, Verdict::Ignored);
    assert_eq!(phone.notebook.unreached(), ids);

    volunteer.retire(LATER);
    coordinator.ask(&visit);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    let (wanted, ticket) = (volunteer.notebook.wanted(), volunteer.notebook.sync_state().ticket());
    let good = server.fetch(&volunteer.notebook, &wanted);
    let other = Reply { epoch: Epoch([9; 16]), ..good.clone() };
    assert_eq!(
        volunteer.notebook.take_fetched(ticket, &wanted, &other, 5).verdict,
        Verdict::Ignored
    );
    let mut forged = good.clone();
    forged.answer.iter_mut().for_each(|entry| entry.bytes = Some(b"forged".to_vec()));
    let incoming = volunteer.notebook.take_fetched(ticket, &wanted, &forged, 5);
    assert_eq!(
        (incoming.faults, incoming.verdict),
        (wanted.len(), Verdict::Applied { more: true })
    );
    volunteer.notebook.take_fetched(ticket, &[], &good, 5);
    assert_eq!((volunteer.shows(&visit, "summary"), volunteer.notebook.wanted()), (None, wanted));
}

#[test]
fn an_order_to_erase_wins_over_what_left() {
    let (mut server, coordinator, mut volunteer, visit) = settled();
    volunteer.retire(LATER);
    let (bundle, _) = volunteer.notebook.dispatches().next().unwrap();
    let target = EraseTarget::record(&visit.id);
    server.append(coordinator.order_to_erase(target, vec![*bundle]));
    volunteer.pull(&server);
    volunteer.reopen();
    assert!(volunteer.notebook.view(&visit).registers.is_empty());
    assert_eq!(
        (volunteer.notebook.retired(&visit), volunteer.notebook.unreached()),
        (None, vec![])
    );
    assert!(
        !volunteer.rows.keys().any(|(table, _)| matches!(table, Table::Carried | Table::Retired))
    );
    assert!(!volunteer.retire(u64::MAX));
}

#[test]
fn stored_rows_are_pinned() {
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let record = RecordKey { kind: "visit".into(), id: RecordId([2; 16]) };
    let carried =
        rows::Carried { records: vec![record], since: 300, reached: true, dropped: false };
    let pinned = format!("0101057669736974{}ac020100", "02".repeat(16));
    assert_eq!(hex(crate::codec::encode(1, &carried)), pinned);
    let retired = rows::Retired { at: 300, back: BTreeSet::from([EntryId([3; 32])]) };
    let pinned = format!("01ac0201{}", "03".repeat(32));
    assert_eq!(hex(crate::codec::encode(1, &retired)), pinned);
    assert_eq!((Table::Carried.code(), Table::Retired.code()), (11, 12));
    // A new state is the last: the numbers of the others are stored.
    assert_eq!(hex(crate::codec::encode(1, &Delivery::Retired)), "0105");
}
