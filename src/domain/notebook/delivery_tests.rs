//! What a notebook believes of its own entries: receipts, what is served, what was destroyed.

use super::*;
use crate::change::Value;
use crate::ids::Epoch;
use crate::ledger::{Chain, EraseOrder, EraseTarget, Kind};
use crate::protocol::{Outcome, Page, Pull, Pulled, Receipt, Reply, Scope};
use crate::replica::Delivery;
use crate::testing::{Camp, SeededRandom};

const EPOCH: Epoch = Epoch([1; 16]);

/// The founder's notebook, which has begun the server's history.
fn founder() -> (Notebook, SeededRandom) {
    let camp = Camp::new(200);
    let (keys, member) = (camp.founder.keys.clone(), camp.founder.member);
    let identity =
        Identity { keys, member, role: Role::Coordinator, network: camp.founder.network };
    let (mut notebook, _) = Notebook::begin(identity, camp.line);
    notebook.sync = notebook.sync.reset(EPOCH).offered();
    (notebook, camp.rng)
}

fn save(notebook: &mut Notebook, length: usize, rng: &mut SeededRandom) -> RecordKey {
    save_as("visit", notebook, length, rng)
}

fn save_as(
    kind: &str,
    notebook: &mut Notebook,
    length: usize,
    rng: &mut SeededRandom,
) -> RecordKey {
    let mut noise = vec![0; length];
    rand_core::Rng::fill_bytes(rng, &mut noise);
    let new = notebook.new_record(rng);
    let key = RecordKey { kind: kind.into(), id: new.id };
    let desired = BTreeMap::from([("note".to_owned(), Some(Value::Bytes(noise)))]);
    notebook.save(&key, Some(&new), desired, 1, rng).unwrap();
    key
}

/// One packed bundle that a receipt named.
fn received(notebook: &mut Notebook, rng: &mut SeededRandom) -> EntryId {
    save(notebook, 10, rng);
    notebook.pack(rng);
    let ids = notebook.pending();
    let (ticket, _) = notebook.mark_sent(&ids);
    let receipt = Receipt { id: ids[0], outcome: Outcome::Accepted(1) };
    notebook.take_receipts(ticket, &ids, &Reply { epoch: EPOCH, answer: vec![receipt] });
    assert_eq!(notebook.dispatches[&ids[0]].delivery, Delivery::Received);
    ids[0]
}

/// The whole history of a server that holds nothing at all.
fn nothing(notebook: &Notebook) -> (Pull, Reply<Pulled>) {
    let request = notebook.sync_state().pull(Scope::All);
    let page = Page {
        after: request.after,
        scope: Scope::All,
        entries: vec![],
        next: request.after,
        chain: Chain::start(&notebook.line().campaign()),
        more: false,
        served: None,
    };
    (request, Reply { epoch: EPOCH, answer: Pulled::Page(page) })
}

#[test]
fn bundles_packed_at_once_follow_each_other() {
    let (mut notebook, mut rng) = founder();
    (0..3).for_each(|_| drop(save(&mut notebook, 150 * 1024, &mut rng)));
    notebook.pack(&mut rng);
    let before: BTreeSet<Option<EntryId>> =
        notebook.held.values().filter_map(|held| Some(held.link?.1)).collect();
    assert_eq!((notebook.held.len(), before.len()), (3, 3), "two bundles follow the same one");
}

#[test]
fn an_alert_goes_first_and_alone_even_before_a_bundle_that_waits() {
    let (mut notebook, mut rng) = founder();
    let early = save(&mut notebook, 10, &mut rng);
    notebook.pack(&mut rng);
    (0..3).for_each(|_| drop(save(&mut notebook, 90 * 1024, &mut rng)));
    let alert = save_as("alert", &mut notebook, 10, &mut rng);
    (0..3).for_each(|_| drop(save(&mut notebook, 90 * 1024, &mut rng)));
    notebook.pack(&mut rng);
    let pending = notebook.pending();
    let records = |place: usize| &notebook.dispatches[&pending[place]].records;
    assert_eq!((records(0), records(1)), (&vec![alert], &vec![early]));
    // Its chain is not the order of sending: the bundle before it in the device's line waits behind it.
    let (first, second) = (notebook.held[&pending[0]].link, pending[1]);
    assert_eq!(first, Some((notebook.device(), Some(second))));
    assert_eq!(notebook.unpacked(), 0);
}

#[test]
fn what_a_receipt_named_and_the_server_does_not_serve_is_sent_again() {
    let (mut notebook, mut rng) = founder();
    let id = received(&mut notebook, &mut rng);
    let (request, reply) = nothing(&notebook);
    let incoming = notebook.take_page(&request, &reply, &BTreeMap::new(), 1);
    assert_eq!(incoming.verdict, Verdict::Applied { more: false });
    assert_eq!((notebook.pending(), incoming.writes.is_empty()), (vec![id], false));
}

#[test]
fn a_destroyed_bundle_stays_destroyed_whatever_comes_late_and_keeps_its_link() {
    let (mut notebook, mut rng) = founder();
    let id = received(&mut notebook, &mut rng);
    let (link, keys) = (notebook.held[&id].link, notebook.ring.device().clone());
    let order = EraseOrder {
        campaign: notebook.line.campaign(),
        device: notebook.device(),
        targets: vec![EraseTarget::record(&RecordId([0; 16]))],
        destroy: vec![id],
        replacements: vec![],
    };
    let (signed, bytes) = order.sign(&keys);
    let (request, mut reply) = nothing(&notebook);
    let Pulled::Page(page) = &mut reply.answer else { panic!("no page") };
    page.chain = page.chain.next(1, &signed.id, 1);
    page.next = 1;
    page.entries.push(crate::protocol::Delivered {
        number: 1,
        id: signed.id,
        kind: Kind::Erase,
        received_at: 1,
        bytes: Some(bytes),
        wraps: vec![],
        granted: None,
    });
    let incoming = notebook.take_page(&request, &reply, &BTreeMap::new(), 1);
    assert!(incoming.writes.0.contains(&(Table::Entries, id.0.to_vec(), None)));
    let receipt = Receipt { id, outcome: Outcome::Known(1) };
    let late = Reply { epoch: EPOCH, answer: vec![receipt] };
    notebook.take_receipts(notebook.sync.ticket(), &[id], &late);
    assert_eq!(notebook.dispatches[&id].delivery, Delivery::Erased);
    assert_eq!((notebook.held[&id].destroyed, notebook.held[&id].link), (true, link));
    assert!(!notebook.offers().contains(&id) && notebook.pending().is_empty());
}

#[test]
fn the_duty_to_offer_ends_only_when_it_was_done_in_this_history() {
    let (mut notebook, _) = founder();
    let before = notebook.sync.ticket();
    notebook.sync = notebook.sync.reset(Epoch([2; 16]));
    assert!(notebook.offered(before).is_empty() && notebook.sync.offer);
    // Before anything was pulled, a restore that keeps the epoch would not be seen.
    assert!(!notebook.offered(notebook.sync.ticket()).is_empty() && notebook.sync.offer);
    notebook.sync.chain = Some(Chain::start(&notebook.line.campaign()));
    assert!(!notebook.offered(notebook.sync.ticket()).is_empty() && !notebook.sync.offer);
}

#[test]
fn an_entry_queued_twice_is_one() {
    let (mut notebook, _) = founder();
    let (id, first) = notebook.enqueue(Kind::Erase, b"order".to_vec());
    notebook.advance(&id, Delivery::Received, &mut Writes::default());
    let (again, second) = notebook.enqueue(Kind::Erase, b"order".to_vec());
    assert_eq!((id, first.is_empty(), second.is_empty()), (again, false, true));
    assert_eq!(notebook.dispatches[&id].delivery, Delivery::Received);
}

#[test]
fn what_has_no_receipt_is_known_packed_or_not() {
    let (mut notebook, mut rng) = founder();
    received(&mut notebook, &mut rng);
    assert_eq!(notebook.oldest_unreceived(), None);
    save(&mut notebook, 10, &mut rng);
    let waiting = (Some(1), 1, 0);
    let counted = |notebook: &Notebook| {
        let records = |kind| notebook.unreceived_records(kind).len();
        (notebook.oldest_unreceived(), records("visit"), records("alert"))
    };
    assert_eq!(counted(&notebook), waiting);
    notebook.pack(&mut rng);
    assert_eq!(counted(&notebook), waiting);
}
