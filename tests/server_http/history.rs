//! Cursors, and a database that is copied back behind the server's back.

use domain::bundle::Audience::Restricted;
use domain::campaign::Enrolment;
use domain::ids::Epoch;
use domain::ledger::{Branch, Chain, Kind};
use domain::protocol::{
    Code, EnrolAgain, Enrolled, Outcome, Pull, Pulled, PushItem, ResetReason, Scope,
};
use domain::roster::Role;
use tests::server::{House, Refused, Running, TestFolder, patient};

fn pull(house: &House, epoch: Option<Epoch>, after: u64, chain: Option<Chain>) -> Pulled {
    house.founder.call("pull", &Pull { epoch, after, chain, scope: Scope::All }).unwrap().answer
}

#[test]
fn a_cursor_of_another_history_is_reset() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let house = House::found(&server, 30);
    let epoch = Some(house.founder.epoch().unwrap());
    let other = Some(Epoch([9; 16]));
    assert_eq!(pull(&house, other, 0, None), Pulled::Reset(ResetReason::Epoch));
    assert_eq!(pull(&house, None, 1, None), Pulled::Reset(ResetReason::Epoch));
    assert_eq!(pull(&house, epoch, 4, None), Pulled::Reset(ResetReason::Cursor));
    assert_eq!(pull(&house, epoch, u64::MAX, None), Pulled::Reset(ResetReason::Cursor));
    let wrong = Some(Chain([1; 32]));
    assert_eq!(pull(&house, epoch, 2, wrong), Pulled::Reset(ResetReason::Chain));
    let Pulled::Page(page) = pull(&house, epoch, 3, None) else { panic!("3 is the newest") };
    assert!(page.entries.is_empty() && page.next == 3 && !page.more);
}

#[test]
fn a_database_copied_back_begins_another_history_and_is_refilled() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let house = House::found(&server, 31);
    let first = house.founder.epoch().unwrap();
    drop(server);
    let database = folder.join("perron.db");
    let copy = std::fs::read(&database).unwrap();

    // A plain restart continues, sessions too.
    let server = Running::start(folder.path(), patient());
    assert_eq!(server.set_up, None);
    let mut house = moved(house, &server);
    assert_eq!(house.founder.epoch().unwrap(), first);
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let sealed = house.seal(anna.person(), Restricted, &["after the copy"]);
    let visit = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    assert!(anna.client.push(vec![visit.clone()]).unwrap()[0].outcome.received());
    drop(server);

    std::fs::write(&database, copy).unwrap();
    let server = Running::start(folder.path(), patient());
    let house = moved(house, &server);
    let second = house.founder.epoch().unwrap();
    assert_ne!(first, second);
    // The founder offers what the copy lacks, in one push: the confirmation, then Anna's visit.
    let roster = house.camp.line.entries().last().unwrap().to_vec();
    let items = vec![PushItem { bytes: roster, wraps: Vec::new() }, visit];
    let receipts = house.founder.push(items).unwrap();
    assert!(receipts.iter().all(|receipt| matches!(receipt.outcome, Outcome::Accepted(_))));
    // Anna's enrolment was lost with the copy; the roster names her, so she signs in again.
    let mut client = tests::server::Client::new(server.address);
    let campaign = house.camp.line.campaign();
    assert!(client.sign_in(campaign, &anna.person().keys).unwrap().confirmed);
    assert_eq!(client.pull_all(Scope::All).unwrap().len(), 5);
    drop(server);
    let server = Running::start(folder.path(), patient());
    assert_eq!(moved(house, &server).founder.epoch().unwrap(), second);
}

/// The same campaign behind another address; the founder signs in anew if the session is gone.
fn moved(house: House, server: &Running) -> House {
    let House { camp, founder } = house;
    let mut founder = founder.at(server.address);
    if founder.epoch() == Err(Refused::By(Code::SignInNeeded)) {
        founder.sign_in(camp.line.campaign(), &camp.founder.keys).unwrap();
    }
    House { camp, founder }
}

#[test]
fn a_phone_that_a_restore_forgot_enrols_again_after_a_rotation() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let house = House::found(&server, 32);
    drop(server);
    let database = folder.join("perron.db");
    let copy = std::fs::read(&database).unwrap();
    let server = Running::start(folder.path(), patient());
    let mut house = moved(house, &server);
    let anna = house.guest(server.address, Role::Volunteer);
    drop(server);
    std::fs::write(&database, copy).unwrap();

    let server = Running::start(folder.path(), patient());
    let mut house = moved(house, &server);
    house.camp.rotate();
    house.push_roster().unwrap();
    let campaign = house.camp.line.campaign();
    let mut phone = tests::server::Client::new(server.address);
    let keys = &anna.person().keys;
    // Neither the server nor the invitation knows her any more.
    let unknown = phone.sign_in(campaign, keys).unwrap_err();
    assert_eq!(unknown, Refused::By(Code::UnknownDevice));
    let enrol = house.enrol(&anna.guest);
    let gone = phone.call::<_, Enrolled>("enrol", &enrol).unwrap_err();
    assert_eq!(gone, Refused::By(Code::UnknownInvite));
    let enrolment = anna.guest.enrolment.clone();
    let again = EnrolAgain { campaign, enrolment: enrolment.clone() };
    for _ in 0..2 {
        phone.call::<_, ()>("enrol/again", &again).unwrap();
    }
    // Nobody vouched for it yet: it opens nothing.
    assert_eq!(phone.sign_in(campaign, keys).unwrap_err(), Refused::By(Code::UnknownDevice));
    let waiting: Vec<Enrolment> = house.founder.call("enrolments", &()).unwrap().answer;
    assert_eq!(waiting, [enrolment]);
    // A stranger may wait too, and is found out by the coordinator's device.
    let other = house.camp.guest(Role::Coordinator).enrolment;
    let forged = Enrolment { terms: vec![1; 100], ..other };
    phone
        .call::<_, ()>("enrol/again", &EnrolAgain { campaign, enrolment: forged.clone() })
        .unwrap();
    let long = Enrolment { terms: vec![1; 10_000], ..forged.clone() };
    let long = EnrolAgain { campaign, enrolment: long };
    let refused = phone.call::<_, ()>("enrol/again", &long).unwrap_err();
    assert_eq!(refused, Refused::By(Code::TooLarge));
    let ring = house.camp.founder.ring(&house.camp.line);
    let confirmed =
        domain::campaign::confirm(&house.camp.line, &ring, &forged, &mut house.camp.rng);
    assert_eq!(confirmed.err(), Some(domain::campaign::NotConfirmed::Terms));

    house.confirm(&anna.guest);
    assert!(phone.sign_in(campaign, keys).unwrap().confirmed);
    let roster = phone.pull_all(Scope::Orders).unwrap();
    let line =
        domain::roster::Line::read(roster.iter().filter_map(|e| e.bytes.as_deref())).unwrap();
    let ring = anna.person().ring(&line);
    assert!(ring.network(1).is_some() && ring.network(2).is_some(), "she reads old and new rows");
}

#[test]
fn a_branch_that_a_restore_lost_is_handed_in_and_joined() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 33);
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let bart = house.guest(server.address, Role::Volunteer);
    house.confirm(&bart.guest);
    drop(server);
    let database = folder.join("perron.db");
    let copy = std::fs::read(&database).unwrap();
    let server = Running::start(folder.path(), patient());
    let mut house = moved(house, &server);
    let before = house.camp.line.clone();
    house.camp.revoke(bart.person().device(), Vec::new());
    house.push_roster().unwrap();
    let lost = std::mem::replace(&mut house.camp.line, before);
    drop(server);
    std::fs::write(&database, copy).unwrap();

    let server = Running::start(folder.path(), patient());
    let mut house = moved(house, &server);
    let other = house.guest(server.address, Role::Volunteer);
    house.confirm(&other.guest);
    let campaign = house.camp.line.campaign();
    let mut phone = tests::server::Client::new(server.address);
    phone.sign_in(campaign, &anna.person().keys).unwrap();
    let mut barts = tests::server::Client::new(server.address);
    barts.sign_in(campaign, &bart.person().keys).unwrap();
    let entries: Vec<Vec<u8>> = house.camp.line.lacks(&lost).map(<[u8]>::to_vec).collect();
    let hand_in = |client: &tests::server::Client, entries: Vec<Vec<u8>>| {
        let device = anna.person().device();
        let (_, bytes) = Branch { campaign, device, entries }.sign(&anna.person().keys);
        client.push(vec![PushItem { bytes, wraps: Vec::new() }]).unwrap().remove(0).outcome
    };
    let refused = |code: Code| Outcome::Refused(code.as_str().to_owned());
    // What is no branch of this roster is not kept.
    let known = house.camp.line.entries().last().unwrap().to_vec();
    assert_eq!(hand_in(&phone, vec![known]), refused(Code::RosterMoved));
    assert_eq!(hand_in(&phone, vec![b"x".to_vec()]), refused(Code::Malformed));
    assert!(hand_in(&phone, entries.clone()).received());
    assert!(matches!(hand_in(&phone, entries.clone()), Outcome::Known(_)));
    // Its author and the coordinators are served it.
    let served = |client: &tests::server::Client| {
        let entries = client.pull_all(Scope::All).unwrap();
        entries.iter().filter(|entry| entry.kind == Kind::Branch).count()
    };
    assert_eq!((served(&phone), served(&house.founder), served(&barts)), (1, 1, 0));

    // The lost entry itself is refused; the reunion is taken, and puts Bart out at once.
    let lone = vec![PushItem { bytes: entries[0].clone(), wraps: Vec::new() }];
    assert_eq!(phone.push(lone.clone()).unwrap()[0].outcome, refused(Code::RosterMoved));
    let ring = house.camp.founder.ring(&house.camp.line);
    let reunion =
        domain::campaign::reunite(&house.camp.line, &entries, &ring, &mut house.camp.rng).unwrap();
    house.camp.line.append(&reunion).unwrap();
    house.push_roster().unwrap();
    assert_eq!(barts.push(lone.clone()).unwrap_err(), Refused::By(Code::SignInNeeded));
    let out = barts.sign_in(campaign, &bart.person().keys).unwrap_err();
    assert_eq!(out, Refused::By(Code::Revoked));
    assert_eq!(phone.push(lone).unwrap()[0].outcome, refused(Code::RosterMoved));
    assert_eq!(hand_in(&phone, entries[..1].to_vec()), Outcome::Known(7));
    drop(server);
    // The server reads its roster, reunion and all, when it starts again.
    let server = Running::start(folder.path(), patient());
    let house = moved(house, &server);
    assert!(house.founder.pull_all(Scope::Orders).unwrap().len() >= 7);
}
