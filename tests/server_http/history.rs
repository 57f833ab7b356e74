//! Cursors, and a database that is copied back behind the server's back.

use domain::bundle::Audience::Restricted;
use domain::ids::Epoch;
use domain::ledger::Chain;
use domain::protocol::{Code, Outcome, Pull, Pulled, PushItem, ResetReason, Scope};
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
