//! Backups, and what becomes of what a backup did not hold.

use domain::bundle::Audience::Restricted;
use domain::ledger::EraseOrder;
use domain::protocol::{Outcome, Pull, Pulled, PushItem, Reply, ResetReason, Scope};
use domain::roster::Role;
use tests::server::{House, Process, Refused, TestFolder, run_perron};

fn item(bytes: Vec<u8>) -> PushItem {
    PushItem { bytes, wraps: Vec::new() }
}

#[test]
fn a_restore_begins_another_history_and_forgets_no_erasure() {
    let folder = TestFolder::new();
    let (data, log, file) = (folder.join("data"), folder.join("log"), folder.join("backup"));
    let process = Process::start(&data, &log, true);
    let mut house = House::found_at(process.address, process.set_up.unwrap(), 70);
    let founder = house.camp.founder.clone();
    let mut seal = |text| {
        let sealed = house.seal(&founder, Restricted, &[text]);
        PushItem { bytes: sealed.bytes, wraps: sealed.wraps }
    };
    let (early, doomed, late) = (seal("early"), seal("doomed"), seal("late"));
    house.founder.push(vec![early, doomed.clone()]).unwrap();

    // While the server is at work.
    let backup = run_perron(&["backup", file.to_str().unwrap()], &data);
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));
    let again = run_perron(&["backup", file.to_str().unwrap()], &data);
    assert_eq!(again.status.code(), Some(1), "a backup is never overwritten");
    let busy = run_perron(&["restore", file.to_str().unwrap()], &data);
    assert_eq!(busy.status.code(), Some(1), "nothing is restored under a running server");

    let anna = house.guest(process.address, Role::Volunteer);
    house.confirm(&anna.guest);
    house.founder.push(vec![late.clone()]).unwrap();
    let campaign = house.camp.line.campaign();
    let doomed_id = domain::ids::EntryId::of(&doomed.bytes);
    let order = EraseOrder {
        campaign,
        device: founder.device(),
        targets: Vec::new(),
        destroy: vec![doomed_id],
        replacements: Vec::new(),
    };
    let (order, bytes) = order.sign(&founder.keys);
    assert!(house.founder.push(vec![item(bytes)]).unwrap()[0].outcome.received());
    let before = house.founder.epoch().unwrap();
    process.kill();

    let restored = run_perron(&["restore", file.to_str().unwrap()], &data);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let process = Process::start(&data, &log, false);
    let mut client = house.founder.clone().at(process.address);
    // Sessions of the old history are over.
    assert!(matches!(client.epoch(), Err(Refused::By(_))));
    client.sign_in(campaign, &founder.keys).unwrap();
    let pull = Pull { epoch: Some(before), after: 8, chain: None, scope: Scope::All };
    let answer: Pulled = client.call("pull", &pull).unwrap().answer;
    assert_eq!(answer, Pulled::Reset(ResetReason::Epoch));
    assert_ne!(client.epoch().unwrap(), before);

    // The erased bundle was in the backup: its bytes are gone again before anyone could ask.
    let entries = client.pull_all(Scope::All).unwrap();
    let place = entries.iter().find(|entry| entry.id == doomed_id).unwrap();
    assert!(place.bytes.is_none());
    assert!(entries.iter().any(|entry| entry.id == order.id), "the order stands again");
    // What came after the backup is offered back; the erased one is not taken.
    let roster = house.camp.line.entries().last().unwrap().to_vec();
    let receipts = client.push(vec![item(roster), late, doomed]).unwrap();
    let outcomes: Vec<_> = receipts.into_iter().map(|receipt| receipt.outcome).collect();
    assert!(matches!(outcomes[0], Outcome::Accepted(_)));
    assert!(matches!(outcomes[1], Outcome::Accepted(_)));
    assert_eq!(outcomes[2], Outcome::Erased);
    drop(process);
    let verified = run_perron(&["verify"], &data);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn after_a_restore_no_coordinator_s_device_has_anything_until_it_says_so() {
    let folder = TestFolder::new();
    let (data, log, file) = (folder.join("data"), folder.join("log"), folder.join("backup"));
    let process = Process::start(&data, &log, true);
    let mut house = House::found_at(process.address, process.set_up.unwrap(), 71);
    let mut anna = house.guest(process.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let person = anna.person().clone();
    let sealed = house.seal(&person, Restricted, &["visit"]);
    let item = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    assert!(anna.client.push(vec![item]).unwrap()[0].outcome.received());
    // A device that asks from the end of what it was served stored that.
    let pull_twice = |client: &tests::server::Client| {
        let mut pull = Pull { epoch: None, after: 0, chain: None, scope: Scope::All };
        for _ in 0..2 {
            let reply: Reply<Pulled> = client.call("pull", &pull).unwrap();
            let Pulled::Page(page) = reply.answer else { panic!("no page") };
            let (after, chain) = (page.next, Some(page.chain));
            pull = Pull { epoch: Some(reply.epoch), after, chain, scope: Scope::All };
        }
        pull
    };
    let reached = |client: &tests::server::Client| -> Vec<domain::ids::EntryId> {
        client.call("reached", &vec![sealed.id]).unwrap().answer
    };
    let before = pull_twice(&house.founder);
    assert_eq!(reached(&anna.client), [sealed.id]);
    // A stop alone forgets nothing.
    process.kill();
    let process = Process::start(&data, &log, false);
    let client = anna.client.clone().at(process.address);
    assert_eq!(reached(&client), [sealed.id]);
    let backup = run_perron(&["backup", file.to_str().unwrap()], &data);
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));
    process.kill();
    let restored = run_perron(&["restore", file.to_str().unwrap()], &data);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));

    let process = Process::start(&data, &log, false);
    let campaign = house.camp.line.campaign();
    anna.client = anna.client.at(process.address);
    anna.client.sign_in(campaign, &person.keys).unwrap();
    assert_eq!(reached(&anna.client), []);
    let mut founder = house.founder.clone().at(process.address);
    founder.sign_in(campaign, &house.camp.founder.keys).unwrap();
    // A cursor of the history before is none of this one.
    let stale: Pulled = founder.call("pull", &before).unwrap().answer;
    assert_eq!(stale, Pulled::Reset(ResetReason::Epoch));
    assert_eq!(reached(&anna.client), []);
    pull_twice(&founder);
    assert_eq!(reached(&anna.client), [sealed.id]);
}
