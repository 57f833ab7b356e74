//! The main thread: found, invite, enrol, push, confirm, pull, open.

use domain::bundle::Audience::{Network, Restricted};
use domain::bundle::Bundle;
use domain::campaign::Enrolment;
use domain::ids::EntryId;
use domain::keys::Reader;
use domain::ledger::{Chain, Kind};
use domain::protocol::Outcome::{Accepted, Known};
use domain::protocol::{Code, Enrolled, Outcome, PushItem, Scope, SignedIn};
use domain::roster::Role;
use tests::server::{Client, House, Refused, Running, TestFolder, open_invite, patient};

#[test]
fn a_campaign_from_its_founding_to_the_first_visit_read() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 1);
    let mut anna = house.guest(server.address, Role::Volunteer);

    // Not confirmed yet, she records and sends.
    let person = anna.person().clone();
    let visit = house.seal(&person, Restricted, &["a visit"]);
    let item = PushItem { bytes: visit.bytes.clone(), wraps: visit.wraps.clone() };
    let receipts = anna.client.push(vec![item]).unwrap();
    assert_eq!((receipts[0].id, &receipts[0].outcome), (visit.id, &Accepted(4)));

    // The coordinator sees the new phone, checks it and takes it in.
    let waiting: Vec<Enrolment> = house.founder.call("enrolments", &()).unwrap().answer;
    assert_eq!(waiting, std::slice::from_ref(&anna.guest.enrolment));
    house.confirm(&anna.guest);
    let waiting: Vec<Enrolment> = house.founder.call("enrolments", &()).unwrap().answer;
    assert!(waiting.is_empty());
    let campaign = house.camp.line.campaign();
    let again = anna.client.sign_in(campaign, &person.keys).unwrap();
    assert!(matches!(again, SignedIn { confirmed: true, server_time: 1.. }));

    // The coordinator gets everything, recomputes the chain and opens the visit.
    let entries = house.founder.pull_all(Scope::All).unwrap();
    assert_eq!(entries.iter().map(|e| e.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let mut chain = Chain::start(&campaign);
    for entry in &entries {
        assert_eq!(EntryId::of(entry.bytes.as_ref().unwrap()), entry.id);
        chain = chain.next(entry.number, &entry.id, entry.received_at);
    }
    let got = &entries[3];
    let ring = house.camp.founder.ring(&house.camp.line);
    let bundle = Bundle::read(got.bytes.as_ref().unwrap()).unwrap();
    let key = ring.bundle_key(&bundle, &got.wraps).unwrap();
    assert_eq!(bundle.open(&key).unwrap()[0].change, b"a visit");
}

#[test]
fn a_lost_reply_is_answered_by_a_retry_and_one_row() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 2);
    let founder = house.camp.founder.clone();
    let items: Vec<_> = ["a", "b"]
        .map(|text| house.seal(&founder, Restricted, &[text]))
        .map(|sealed| PushItem { bytes: sealed.bytes, wraps: sealed.wraps })
        .into();
    let outcomes = |receipts: Vec<domain::protocol::Receipt>| {
        receipts.into_iter().map(|receipt| receipt.outcome).collect::<Vec<_>>()
    };
    let first = outcomes(house.founder.push(items.clone()).unwrap());
    assert_eq!(first, [Accepted(4), Accepted(5)]);
    assert_eq!(outcomes(house.founder.push(items.clone()).unwrap()), [Known(4), Known(5)]);
    assert_eq!(house.founder.pull_all(Scope::All).unwrap().len(), 5);
    let ids: Vec<EntryId> = items.iter().map(|item| EntryId::of(&item.bytes)).collect();
    let asked = [ids[0], EntryId([9; 32]), ids[1]];
    let lacks: Vec<EntryId> = house.founder.call("have", &asked.to_vec()).unwrap().answer;
    assert_eq!(lacks, [EntryId([9; 32])]);
}

#[test]
fn one_bad_entry_does_not_hold_up_the_others() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 3);
    let founder = house.camp.founder.clone();
    let sealed = house.seal(&founder, Restricted, &["good"]);
    let good = PushItem { bytes: sealed.bytes.clone(), wraps: sealed.wraps.clone() };
    let mut altered = good.clone();
    *altered.bytes.last_mut().unwrap() ^= 1;
    let bare = PushItem { bytes: sealed.bytes, wraps: Vec::new() };
    let cut = PushItem { bytes: vec![1, 1, 0], wraps: Vec::new() };
    let receipts = house.founder.push(vec![cut, altered.clone(), bare, good]).unwrap();
    let words: Vec<_> = receipts.iter().map(|receipt| receipt.outcome.clone()).collect();
    let refused = |code: Code| Outcome::Refused(code.as_str().to_owned());
    assert_eq!(words[..2], [refused(Code::Malformed), refused(Code::BadSignature)]);
    assert_eq!(words[2..], [refused(Code::BadWrap), Accepted(4)]);
    assert_eq!(receipts[1].id, EntryId::of(&altered.bytes));
}

#[test]
fn enrolling_is_answered_the_same_until_the_first_sign_in() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 4);
    let guest = house.camp.guest(Role::Volunteer);
    let open = open_invite(&guest);
    house.founder.call::<_, ()>("invites", &open).unwrap();
    house.founder.call::<_, ()>("invites", &open).unwrap();
    let mut client = Client::new(server.address);
    let enrol = house.enrol(&guest);
    let first: Enrolled = client.call("enrol", &enrol).unwrap().answer;
    let second: Enrolled = client.call("enrol", &enrol).unwrap().answer;
    assert_eq!(first, second);
    assert_eq!(first.roster.len(), 3);
    let keys = guest.secret.open_network(&first.network).unwrap();
    assert_eq!(keys.0.len(), 1);
    let signed_in = client.sign_in(house.camp.line.campaign(), &guest.person.keys).unwrap();
    assert!(!signed_in.confirmed);
    let spent = client.call::<_, Enrolled>("enrol", &enrol).unwrap_err();
    assert_eq!(spent, Refused::By(Code::InviteUsed));
}

#[test]
fn everyone_is_served_what_is_for_them() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 5);
    let anna = house.guest(server.address, Role::Volunteer);
    let bart = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let founder = house.camp.founder.clone();
    let coordinator = house.founder.clone();
    let mut push = |client: &Client, person, audience| {
        let sealed = house.seal(person, audience, &["x"]);
        let item = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
        assert!(client.push(vec![item]).unwrap()[0].outcome.received());
        sealed.id
    };
    let hers = push(&anna.client, anna.person(), Restricted);
    let his = push(&bart.client, bart.person(), Restricted);
    let listed = push(&coordinator, &founder, Network);

    let bundles = |client: &Client, scope| {
        let entries = client.pull_all(scope).unwrap();
        let bundles = entries.into_iter().filter(|entry| entry.kind == Kind::Bundle);
        bundles.map(|entry| (entry.id, entry.wraps)).collect::<Vec<_>>()
    };
    assert!(bundles(&anna.client, Scope::Orders).is_empty());
    let ids = |list: &[(EntryId, _)]| list.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let for_anna = bundles(&anna.client, Scope::All);
    assert_eq!(ids(&for_anna), [hers, listed]);
    assert_eq!(ids(&bundles(&bart.client, Scope::All)), [his, listed]);
    let for_founder = bundles(&coordinator, Scope::All);
    assert_eq!(ids(&for_founder), [hers, his, listed]);
    // Whoever is not a coordinator learns of no other device that reads a bundle.
    let others = for_anna.iter().flat_map(|(_, wraps)| wraps);
    let me = anna.person().device();
    assert!(others.clone().all(|w| !matches!(w.reader, Reader::Device(id) if id != me)));
    assert_eq!(others.count(), 3);
}
