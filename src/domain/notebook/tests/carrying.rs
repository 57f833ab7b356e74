//! Bundles that travel as a file.

use super::*;
use crate::bundle_file::BadBundleFile;
use crate::replica::Delivery;

/// What the phone's button does: pack, and write a file of what is not received.
fn hand_over(phone: &mut Phone) -> Vec<u8> {
    let writes = phone.notebook.pack(&mut phone.rng);
    phone.store(writes);
    let rows = phone.notebook.undelivered().iter().map(|id| phone.entry(id)).collect();
    phone.notebook.bundle_file(rows)
}

fn take_in(phone: &mut Phone, file: &[u8]) -> Result<TakenIn, BadBundleFile> {
    let (taken, writes) = phone.notebook.take_bundle_file(file, 1)?;
    phone.store(writes);
    phone.reopen();
    Ok(taken)
}

fn taken(new: usize, known: usize) -> Result<TakenIn, BadBundleFile> {
    Ok(TakenIn { new, known, erased: 0 })
}

fn bundles(server: &Server) -> usize {
    server.entries.iter().filter(|(_, bytes, _)| Kind::of(bytes) == Ok(Kind::Bundle)).count()
}

#[test]
fn a_file_delivers_once_and_received_waits_for_a_receipt() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "Belle soirée");
    let file = hand_over(&mut volunteer);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::OnThisPhone);

    assert_eq!(take_in(&mut coordinator, &file), taken(1, 0));
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    assert_eq!(coordinator.notebook.record_state(&visit), RecordState::OnThisPhone);
    assert!(coordinator.notebook.is_passed_on(&visit));
    assert_eq!(coordinator.notebook.passing_on(), 1);
    let rows = coordinator.rows.clone();
    assert_eq!(take_in(&mut coordinator, &file), taken(0, 1), "the same file again");
    assert_eq!(coordinator.rows, rows);

    coordinator.push(&mut server);
    coordinator.pull(&server);
    assert_eq!((bundles(&server), coordinator.notebook.passing_on()), (1, 0));
    assert_eq!(
        take_in(&mut coordinator, &file),
        taken(0, 1),
        "and once more, when all is received"
    );
    // That it was handed over is no receipt.
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::OnThisPhone);
    volunteer.push(&mut server);
    volunteer.pull(&server);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
    assert_eq!((bundles(&server), volunteer.notebook.undelivered()), (1, Vec::new()));
}

#[test]
fn a_phone_that_was_faster_than_its_file_is_not_doubled() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "Belle soirée");
    let file = hand_over(&mut volunteer);
    volunteer.push(&mut server);
    assert_eq!(take_in(&mut coordinator, &file), taken(1, 0));
    coordinator.push(&mut server);
    coordinator.pull(&server);
    assert_eq!(bundles(&server), 1);
    assert_eq!(coordinator.notebook.record_state(&visit), RecordState::Received);
    // What came from the server is not queued once more.
    assert_eq!(take_in(&mut coordinator, &file), taken(0, 1));
    assert_eq!(coordinator.notebook.pending(), Vec::new());
}

#[test]
fn a_file_passes_through_several_hands() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "Belle soirée");
    // A coordinator who knows nothing of it yet.
    let mut second = Phone::new((coordinator.notebook.clone(), Writes::default()), 9);
    let file = hand_over(&mut volunteer);
    take_in(&mut coordinator, &file).unwrap();
    let onward = hand_over(&mut coordinator);
    let (known, writes) = second.notebook.take_bundle_file(&onward, 1).unwrap();
    second.store(writes);
    assert_eq!(known, TakenIn { new: 1, known: 0, erased: 0 });
    second.push(&mut server);
    coordinator.push(&mut server);
    volunteer.push(&mut server);
    assert_eq!(bundles(&server), 1);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
}

#[test]
fn what_the_coordinator_passed_on_outlives_a_restore_of_the_server() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    volunteer.write("summary", "Belle soirée");
    let before = server.entries.clone();
    let file = hand_over(&mut volunteer);
    take_in(&mut coordinator, &file).unwrap();
    coordinator.push(&mut server);
    coordinator.pull(&server);
    (server.entries, server.epoch) = (before, Epoch([8; 16]));
    assert_eq!(coordinator.pull(&server), Verdict::Reset);
    coordinator.push(&mut server);
    assert_eq!(bundles(&server), 1);
}

#[test]
fn only_a_coordinators_device_takes_files_in() {
    let (_, _, mut volunteer) = confirmed();
    volunteer.write("summary", "Belle soirée");
    let file = hand_over(&mut volunteer);
    assert_eq!(take_in(&mut volunteer, &file), Err(BadBundleFile::NotCoordinator));
}

#[test]
fn a_phone_that_nobody_confirmed_is_a_stranger() {
    let (_, mut coordinator, mut volunteer, _) = campaign();
    volunteer.write("summary", "Belle soirée");
    let file = hand_over(&mut volunteer);
    assert_eq!(take_in(&mut coordinator, &file), Err(BadBundleFile::Stranger));
    assert_eq!(coordinator.notebook.passing_on(), 0);
}

#[test]
fn what_was_erased_does_not_come_back_with_a_file() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "Belle soirée");
    let file = hand_over(&mut volunteer);
    let target = EraseTarget::field(&visit.id, "summary");
    server.append(coordinator.order_to_erase(target, Vec::new()));
    coordinator.pull(&server);
    assert_eq!(take_in(&mut coordinator, &file), Ok(TakenIn { new: 0, known: 0, erased: 1 }));
    assert_eq!(coordinator.notebook.pending(), Vec::new());
    // Its phone learns of the order first, and sends what is left.
    volunteer.push(&mut server);
    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&visit, "summary"), None);
    assert_eq!(bundles(&server), 1);
}

#[test]
fn an_order_drops_what_waits_to_be_passed_on_and_its_phone_sends_the_rest() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let gone = volunteer.write("summary", "à effacer");
    let stays = volunteer.write("summary", "reste");
    let file = hand_over(&mut volunteer);
    assert_eq!(take_in(&mut coordinator, &file), taken(1, 0));
    server.append(coordinator.order_to_erase(EraseTarget::record(&gone.id), Vec::new()));
    coordinator.pull(&server);
    // Nothing of the volunteer's leaves under the coordinator's name.
    assert_eq!((coordinator.notebook.unpacked(), coordinator.notebook.pending()), (0, vec![]));
    coordinator.reopen();
    assert_eq!(coordinator.notebook.dispatches().count(), 0);
    assert_eq!(coordinator.shows(&stays, "summary").as_deref(), Some("reste"));
    assert_ne!(coordinator.notebook.record_state(&stays), RecordState::Received);
    volunteer.push(&mut server);
    coordinator.push(&mut server);
    coordinator.pull(&server);
    assert_eq!(bundles(&server), 1);
    assert_eq!(coordinator.notebook.record_state(&stays), RecordState::Received);
    let view = coordinator.notebook.view(&stays);
    assert_eq!((view.creator, view.proposals.len()), (Some(volunteer.notebook.member()), 0));
}

#[test]
fn what_the_server_refused_is_handed_over_too() {
    let (mut server, _, mut volunteer) = confirmed();
    volunteer.write("summary", "Belle soirée");
    hand_over(&mut volunteer);
    let ids = volunteer.notebook.pending();
    let (ticket, writes) = volunteer.notebook.mark_sent(&ids);
    volunteer.store(writes);
    let refused = Outcome::Refused("bad_wrap".to_owned());
    let answer = vec![Receipt { id: ids[0], outcome: refused }];
    let reply = Reply { epoch: server.epoch, answer };
    volunteer.notebook.take_receipts(ticket, &ids, &reply);
    let dispatch = volunteer.notebook.dispatches().next().unwrap().1;
    assert!(matches!(dispatch.delivery, Delivery::Refused(_)));
    assert_eq!(volunteer.notebook.undelivered(), ids);
    server.entries.clear();
}
