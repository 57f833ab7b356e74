//! Coordinators' devices grant what a record's creator cannot read.

use super::*;
use crate::bundle::{BodyItem, Bundle, BundlePlan, ReaderKey, seal};
use crate::protocol::Code;

/// Pushes, pulls, does a coordinator's duty and pushes again; how many grants were made.
fn sync(phone: &mut Phone, server: &mut Server) -> usize {
    phone.push(server);
    phone.pull(server);
    let made = grant(phone);
    phone.push(server);
    made
}

fn grant(phone: &mut Phone) -> usize {
    let due = phone.notebook.grants_due();
    let rows = due.iter().map(|(bundle, _)| (*bundle, phone.entry(bundle))).collect();
    let writes = phone.notebook.grant(&due, &rows, &mut phone.rng);
    phone.store(writes);
    due.len()
}

fn join(
    server: &mut Server,
    coordinator: &mut Phone,
    member: Option<MemberId>,
    seed: u64,
) -> Phone {
    let (mut phone, entry) = guest(coordinator, member, &mut SeededRandom::new(seed));
    server.append(entry);
    coordinator.pull(server);
    phone.pull(server);
    phone
}

#[test]
fn who_began_a_record_reads_a_correction_made_before_anybody_knew_that() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "un");
    volunteer.push(&mut server);
    let first = server.entries.pop().unwrap();
    volunteer.edit(&visit, "hosting_status", "paused");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    assert_eq!(coordinator.notebook.view(&visit).creator, None);
    coordinator.edit(&visit, "summary", "deux");
    assert_eq!(sync(&mut coordinator, &mut server), 0);
    volunteer.pull(&server);
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("un"));

    // The first change comes late; the correction becomes readable where it belongs.
    server.entries.push(first);
    coordinator.reopen();
    assert_eq!(sync(&mut coordinator, &mut server), 1);
    volunteer.pull(&server);
    volunteer.reopen();
    let values = |phone: &Phone| phone.notebook.view(&visit).registers["summary"].survivors.len();
    assert_eq!((values(&volunteer), values(&coordinator)), (2, 2));
    for _ in 0..2 {
        assert_eq!(sync(&mut coordinator, &mut server), 0, "once is enough");
        coordinator.reopen();
    }
}

#[test]
fn a_correction_packed_after_the_creator_became_known_needs_no_grant() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "un");
    volunteer.push(&mut server);
    let first = server.entries.pop().unwrap();
    volunteer.edit(&visit, "hosting_status", "paused");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    coordinator.edit(&visit, "summary", "deux");
    server.entries.push(first);
    coordinator.pull(&server);
    assert_eq!(sync(&mut coordinator, &mut server), 0);
    volunteer.pull(&server);
    assert_eq!(volunteer.notebook.view(&visit).registers["summary"].survivors.len(), 2);
}

#[test]
fn a_new_phone_of_a_member_gets_its_history_and_nobody_else_s() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let mut other = join(&mut server, &mut coordinator, None, 50);
    let (visit, foreign) = (volunteer.write("summary", "un"), other.write("summary", "autre"));
    volunteer.push(&mut server);
    other.push(&mut server);
    coordinator.pull(&server);
    coordinator.edit(&visit, "summary", "deux");
    sync(&mut coordinator, &mut server);

    let member = volunteer.notebook.member();
    let mut phone = join(&mut server, &mut coordinator, Some(member), 51);
    assert_eq!((phone.notebook.member(), phone.notebook.confirmed()), (member, true));
    assert_eq!(phone.shows(&visit, "summary"), None);
    assert_eq!(sync(&mut coordinator, &mut server), 2);
    phone.pull(&server);
    phone.reopen();
    assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("deux"));
    assert_eq!(phone.notebook.view(&visit).creator, Some(member));
    assert!(phone.notebook.history(&foreign).is_none());
    assert!(!phone.notebook.held.values().any(|held| held.waiting.is_some()));
    // It counts as the member's: what it writes on the old record is no proposal.
    phone.edit(&visit, "hosting_status", "stopped");
    phone.push(&mut server);
    coordinator.pull(&server);
    volunteer.pull(&server);
    for phone in [&coordinator, &volunteer] {
        assert_eq!(phone.shows(&visit, "hosting_status").as_deref(), Some("stopped"));
    }
    assert_eq!(sync(&mut coordinator, &mut server), 0);
}

#[test]
fn a_wrap_that_the_server_lost_is_granted_and_only_coordinators_grant() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "un");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    coordinator.edit(&visit, "summary", "deux");
    coordinator.push(&mut server);
    let last = server.entries.last_mut().unwrap();
    last.2.retain(|wrap| wrap.reader != Reader::Device(volunteer.notebook.device()));
    volunteer.pull(&server);
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("un"));
    assert_eq!(volunteer.notebook.grants_due(), []);
    assert_eq!(sync(&mut coordinator, &mut server), 1);
    volunteer.pull(&server);
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("deux"));
}

#[test]
fn a_bundle_that_speaks_of_two_members_records_is_granted_to_neither() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let mut other = join(&mut server, &mut coordinator, None, 50);
    volunteer.write("summary", "un");
    other.write("summary", "autre");
    let changes = [&volunteer, &other]
        .map(|phone| phone.notebook.unsent.values().next().unwrap().change.to_bytes());
    volunteer.push(&mut server);
    other.push(&mut server);
    coordinator.pull(&server);
    let ring = coordinator.notebook.ring();
    let line = coordinator.notebook.line();
    let readers = [(Reader::Team(1), ReaderKey::Public(line.generation().unwrap().team))];
    let plan = BundlePlan {
        campaign: line.campaign(),
        previous: None,
        audience: crate::bundle::Audience::Restricted,
        generation: 1,
        readers: &readers,
    };
    let items = changes.map(|change| BodyItem { change, origin: None });
    let sealed = seal(ring.device(), &plan, &items, &mut SeededRandom::new(52)).unwrap();
    server.entries.push((sealed.id, sealed.bytes, sealed.wraps));
    coordinator.pull(&server);
    assert_eq!(coordinator.notebook.held[&sealed.id].records.len(), 2);
    assert_eq!(coordinator.notebook.grants_due(), []);
}

#[test]
fn a_grant_for_a_bundle_that_the_server_lost_is_made_again_when_it_is_back() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    volunteer.write("summary", "un");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    join(&mut server, &mut coordinator, Some(volunteer.notebook.member()), 51);
    assert_eq!(grant(&mut coordinator), 1);
    let ids = coordinator.notebook.pending();
    let (ticket, writes) = coordinator.notebook.mark_sent(&ids);
    coordinator.store(writes);
    let outcome = Outcome::Refused(Code::UnknownBundle.as_str().to_owned());
    let reply = Reply { epoch: EPOCH, answer: vec![Receipt { id: ids[0], outcome }] };
    let (_, writes) = coordinator.notebook.take_receipts(ticket, &ids, &reply);
    coordinator.store(writes);
    coordinator.reopen();
    assert_eq!(coordinator.notebook.grants_due(), [], "not before the server serves the bundle");
    coordinator.notebook.sync = coordinator.notebook.sync.again();
    coordinator.pull(&server);
    assert_eq!(grant(&mut coordinator), 1);
}

#[test]
fn much_is_granted_bit_by_bit_and_what_cannot_be_granted_holds_nothing_up() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    for _ in 0..70 {
        volunteer.write("summary", "un");
        volunteer.push(&mut server);
    }
    coordinator.pull(&server);
    // A device with a key to which nothing can be sealed.
    let member = volunteer.notebook.member();
    let mut keys = DeviceKeys::generate(&mut SeededRandom::new(53)).public();
    keys.kex = crate::keys::KexPublic([0; 32]);
    let role = Role::Volunteer;
    let confirmation =
        crate::roster::Confirmation { member, role, keys, invite: None, wraps: vec![] };
    let line = coordinator.notebook.line();
    let ring = coordinator.notebook.ring();
    let signer = crate::roster::Signer::Device(ring.id());
    let act = crate::roster::Act::Confirmation(confirmation);
    let entry = line.sign_next(signer, act, ring.device());
    server.append(entry);
    coordinator.pull(&server);
    let mut phone = join(&mut server, &mut coordinator, Some(member), 51);
    let mut rounds = Vec::new();
    while let made @ 1.. = sync(&mut coordinator, &mut server) {
        rounds.push(made);
        assert!(rounds.len() < 9, "{rounds:?}");
    }
    assert_eq!((rounds[0], rounds.iter().sum()), (64, 140));
    phone.pull(&server);
    assert_eq!(phone.notebook.views("visit").count(), 70);
    let bundles = server.entries.iter().filter(|(_, bytes, _)| Bundle::read(bytes).is_ok());
    assert_eq!(bundles.count(), 70);
}
