//! Revoking, rotating, and offering back what others made.

use domain::bundle::Audience::Restricted;
use domain::bundle::Bundle;
use domain::keys::{Reader, Wrap, WrapUse};
use domain::ledger::Grant;
use domain::protocol::{Code, Enrolled, Outcome, PushItem, Scope};
use domain::roster::{Act, Role, Signer};
use tests::server::{Client, House, Refused, Running, TestFolder, open_invite, patient};

fn refused(code: Code) -> Outcome {
    Outcome::Refused(code.as_str().to_owned())
}

#[test]
fn a_revocation_holds_at_once_and_what_was_made_before_can_be_offered() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 10);
    let anna = house.guest(server.address, Role::Volunteer);
    let bart = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let before = house.seal(anna.person(), Restricted, &["before"]);
    let item = PushItem { bytes: before.bytes, wraps: before.wraps };
    assert!(anna.client.push(vec![item.clone()]).unwrap()[0].outcome.received());
    let kept = house.seal(anna.person(), Restricted, &["kept back"]);
    let kept = PushItem { bytes: kept.bytes, wraps: kept.wraps };

    house.camp.revoke(anna.person().device(), Vec::new());
    house.push_roster().unwrap();
    // The session is gone, and there is no way to a new one.
    let gone = anna.client.push(vec![kept.clone()]).unwrap_err();
    assert_eq!(gone, Refused::By(Code::SignInNeeded));
    let campaign = house.camp.line.campaign();
    let mut again = anna.client.clone();
    let barred = again.sign_in(campaign, &anna.person().keys).unwrap_err();
    assert_eq!(barred, Refused::By(Code::Revoked));
    // Nobody unconfirmed carries her entries; a confirmed device may.
    let outcome = bart.client.push(vec![kept.clone()]).unwrap().remove(0).outcome;
    assert_eq!(outcome, refused(Code::Revoked));
    let outcomes = house.founder.push(vec![item, kept]).unwrap();
    assert!(matches!(outcomes[0].outcome, Outcome::Known(_)));
    assert!(matches!(outcomes[1].outcome, Outcome::Accepted(_)));
}

#[test]
fn a_rotation_voids_open_invitations() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 11);
    let guest = house.camp.guest(Role::Volunteer);
    house.founder.call::<_, ()>("invites", &open_invite(&guest)).unwrap();
    let late = house.camp.guest(Role::Volunteer);
    house.camp.rotate();
    house.push_roster().unwrap();
    let client = Client::new(server.address);
    let void = client.call::<_, Enrolled>("enrol", &house.enrol(&guest)).unwrap_err();
    assert_eq!(void, Refused::By(Code::InviteExpired));
    let stale = house.founder.call::<_, ()>("invites", &open_invite(&late)).unwrap_err();
    assert_eq!(stale, Refused::By(Code::RosterMoved));
}

#[test]
fn a_grant_delivers_an_older_bundle() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 12);
    let founder = house.camp.founder.clone();
    let old = house.seal(&founder, Restricted, &["old"]);
    let item = PushItem { bytes: old.bytes.clone(), wraps: old.wraps.clone() };
    house.founder.push(vec![item]).unwrap();
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);

    let campaign = house.camp.line.campaign();
    let ring = founder.ring(&house.camp.line);
    let key = ring.bundle_key(&Bundle::read(&old.bytes).unwrap(), &old.wraps).unwrap();
    let usage = WrapUse { purpose: "bundle key", campaign: &campaign, subject: &old.id.0 };
    let reader = Reader::Device(anna.person().device());
    let public = anna.person().keys.public().kex;
    let wrap = Wrap::to_public(reader, &public, usage, &key, &mut house.camp.rng).unwrap();
    let grant = Grant { campaign, device: founder.device(), bundle: old.id, wrap };
    let item = |bytes: &[u8]| vec![PushItem { bytes: bytes.to_vec(), wraps: Vec::new() }];
    // Only a coordinator grants.
    let forged = Grant { device: anna.person().device(), ..grant.clone() };
    let (_, forged) = forged.sign(&anna.person().keys);
    let outcome = anna.client.push(item(&forged)).unwrap().remove(0).outcome;
    assert_eq!(outcome, refused(Code::NotAllowed));
    let (_, bytes) = grant.sign(&founder.keys);
    assert!(house.founder.push(item(&bytes)).unwrap()[0].outcome.received());
    let entries = anna.client.pull_all(Scope::All).unwrap();
    assert_eq!(entries.last().unwrap().granted.as_ref(), Some(&old.bytes));
    assert!(entries.iter().all(|entry| entry.id != old.id), "the bundle itself is not for her");
}

#[test]
fn the_loser_of_a_race_for_the_roster_decides_again() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 13);
    let guests = [house.camp.guest(Role::Volunteer), house.camp.guest(Role::Volunteer)];
    let before = house.camp.line.clone();
    house.confirm(&guests[0]);
    // The second coordinator's device had not seen the first one's entry.
    let late = house.camp.line.clone();
    house.camp.line = before;
    house.camp.confirm(&guests[1]);
    assert_eq!(house.push_roster(), Err(Refused::By(Code::RosterMoved)));
    house.camp.line = late;
    house.confirm(&guests[1]);
    // A volunteer's signature under a roster entry is worth nothing.
    let keys = &guests[0].person.keys;
    let act = Act::Revocation(domain::roster::Revocation {
        device: house.camp.founder.device(),
        accepted: Vec::new(),
    });
    let bytes = house.camp.line.sign_next(Signer::Device(keys.id()), act, keys);
    let receipts = house.founder.push(vec![PushItem { bytes, wraps: Vec::new() }]).unwrap();
    assert_eq!(receipts[0].outcome, refused(Code::NotAllowed));
}

#[test]
fn a_lone_recovery_code_takes_a_coordinators_device_in() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 14);
    let code = house.camp.code.keys();
    let mut paper = Client::new(server.address);
    assert!(!paper.sign_in(house.camp.line.campaign(), &code).unwrap().confirmed);
    assert_eq!(paper.pull_all(Scope::All).unwrap().len(), 3);
    // The code signs the roster and nothing else.
    let founder = house.camp.founder.clone();
    let bundle = house.seal(&founder, Restricted, &["x"]);
    let item = PushItem { bytes: bundle.bytes, wraps: bundle.wraps };
    let outcome = paper.push(vec![item]).unwrap().remove(0).outcome;
    assert_eq!(outcome, refused(Code::NotAllowed));
    let keys = domain::keys::DeviceKeys::generate(&mut house.camp.rng);
    let confirmation = domain::roster::Confirmation {
        member: founder.member,
        role: Role::Coordinator,
        keys: keys.public(),
        invite: None,
        wraps: Vec::new(),
    };
    let act = Act::Confirmation(confirmation);
    let bytes = house.camp.line.sign_next(Signer::Recovery, act, &code);
    let receipts = paper.push(vec![PushItem { bytes, wraps: Vec::new() }]).unwrap();
    assert!(receipts[0].outcome.received());
    let mut client = Client::new(server.address);
    assert!(client.sign_in(house.camp.line.campaign(), &keys).unwrap().confirmed);
}
