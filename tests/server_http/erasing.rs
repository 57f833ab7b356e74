//! Orders to erase, over HTTP and in the files.

use domain::bundle::Audience::Restricted;
use domain::bundle::SealedBundle;
use domain::ledger::EraseOrder;
use domain::protocol::{Code, Outcome, PushItem, Scope};
use domain::roster::Role;
use tests::server::{House, Running, TestFolder, patient};

#[test]
fn an_order_wins_over_everything_and_leaves_no_byte_in_the_files() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 20);
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let sealed = house.seal(anna.person(), Restricted, &["to be forgotten"]);
    let item = PushItem { bytes: sealed.bytes.clone(), wraps: sealed.wraps.clone() };
    let sent = anna.client.push(vec![item.clone()]).unwrap();
    assert!(sent[0].outcome.received());
    assert!(
        is_in_files(folder.path(), &sealed.bytes)
            && is_in_files(folder.path(), &sealed.wraps[0].sealed)
    );

    let campaign = house.camp.line.campaign();
    let order = |device| EraseOrder {
        campaign,
        device,
        targets: Vec::new(),
        destroy: vec![sealed.id],
        replacements: Vec::new(),
    };
    let push = |client: &tests::server::Client, bytes: Vec<u8>| {
        client.push(vec![PushItem { bytes, wraps: Vec::new() }]).unwrap().remove(0).outcome
    };
    let (_, hers) = order(anna.person().device()).sign(&anna.person().keys);
    let refused = Outcome::Refused(Code::NotAllowed.as_str().to_owned());
    assert_eq!(push(&anna.client, hers), refused);
    let founder = house.camp.founder.clone();
    let (signed, bytes) = order(founder.device()).sign(&founder.keys);
    assert!(matches!(push(&house.founder, bytes), Outcome::Accepted(_)));

    // An offline phone comes back with it.
    assert_eq!(anna.client.push(vec![item]).unwrap()[0].outcome, Outcome::Erased);
    let lacks: Vec<domain::ids::EntryId> =
        anna.client.call("have", &vec![sealed.id]).unwrap().answer;
    assert_eq!(lacks, [sealed.id]);
    let entries = anna.client.pull_all(Scope::All).unwrap();
    let place = entries.iter().find(|entry| entry.id == sealed.id).unwrap();
    assert!(place.bytes.is_none() && place.wraps.is_empty());
    assert!(anna.client.pull_all(Scope::Orders).unwrap().iter().any(|e| e.id == signed.id));
    // At once, with the server at work, and after it has stopped.
    assert_gone(folder.path(), &sealed);
    drop(server);
    assert_gone(folder.path(), &sealed);
}

fn assert_gone(folder: &std::path::Path, sealed: &SealedBundle) {
    for piece in sealed.bytes.chunks_exact(64) {
        assert!(!is_in_files(folder, piece), "destroyed bytes are in a file");
    }
    for wrap in &sealed.wraps {
        assert!(!is_in_files(folder, &wrap.sealed), "a destroyed wrap is in a file");
    }
}

/// Whether the first 64 of these bytes stand in any file: a database spreads longer ones over pages.
fn is_in_files(folder: &std::path::Path, bytes: &[u8]) -> bool {
    let needle = &bytes[..bytes.len().min(64)];
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()));
    files.map(Result::unwrap).any(|file| file.windows(needle.len()).any(|part| part == needle))
}
