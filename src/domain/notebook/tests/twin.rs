//! One profile, copied, in two hands.

use super::copying::renew;
use super::*;

fn twins() -> (Server, Phone, Phone, Phone) {
    let (mut server, coordinator, mut one, confirmation) = campaign();
    server.append(confirmation);
    one.pull(&server);
    one.write("summary", "avant");
    one.push(&mut server);
    one.pull(&server);
    let mut other = Phone::new((one.notebook.clone(), Writes::default()), 77);
    other.rows.clone_from(&one.rows);
    (server, coordinator, one, other)
}

#[test]
fn each_twin_learns_of_the_other_and_so_does_the_coordination() {
    let (mut server, mut coordinator, mut one, mut other) = twins();
    coordinator.pull(&server);
    assert!(!one.notebook.has_twin() && coordinator.notebook.doubled_devices().is_empty());
    one.write("summary", "ici");
    one.push(&mut server);
    one.pull(&server);
    assert!(!one.notebook.has_twin(), "the other has sent nothing");
    other.write("summary", "là");
    other.push(&mut server);
    for phone in [&mut one, &mut other] {
        phone.pull(&server);
        phone.reopen();
        assert!(phone.notebook.has_twin());
    }
    coordinator.pull(&server);
    let doubled = coordinator.notebook.doubled_devices();
    assert_eq!(doubled, BTreeSet::from([one.notebook.device()]));
    assert!(!coordinator.notebook.has_twin());
}

#[test]
fn a_twin_becomes_a_device_of_its_own_and_nothing_of_it_is_lost() {
    let (mut server, mut coordinator, mut one, mut other) = twins();
    other.write("summary", "là");
    other.push(&mut server);
    one.pull(&server);
    let waits = one.write("summary", "encore là");
    let name = one.notebook.device();
    coordinator.pull(&server);
    renew(&mut one, &coordinator, &mut server, 41);
    assert!(one.notebook.device() != name && !one.notebook.has_twin());
    one.push(&mut server);
    one.pull(&server);
    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&waits, "summary").as_deref(), Some("encore là"));
    assert_eq!(one.notebook.record_state(&waits), RecordState::Received);
    one.reopen();
    assert!(!one.notebook.has_twin());
}

#[test]
fn who_parts_from_a_twin_goes_on_as_a_copy_and_nobody_else_does() {
    let (mut server, mut coordinator, mut one, mut other) = twins();
    assert!(one.notebook.part_from_twin().is_empty());
    other.write("summary", "là");
    other.push(&mut server);
    one.pull(&server);
    let writes = one.notebook.part_from_twin();
    one.store(writes);
    one.reopen();
    assert!(one.notebook.is_copy() && !one.notebook.has_twin());
    coordinator.pull(&server);
    assert!(coordinator.notebook.part_from_twin().is_empty());
}

#[test]
fn a_bundle_that_only_names_a_device_makes_nobody_a_twin() {
    let (mut server, mut coordinator, mut one, mut other) = twins();
    for _ in 0..2 {
        other.write("summary", "là");
        other.push(&mut server);
        let (_, mut bytes, wraps) = server.entries.pop().unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        server.entries.push((EntryId::of(&bytes), bytes, wraps));
    }
    for phone in [&mut one, &mut coordinator] {
        let request = phone.notebook.sync_state().pull(Scope::All);
        let reply = server.page(&phone.notebook, &request);
        phone.notebook.take_page(&request, &reply, &BTreeMap::new(), 1);
        assert!(phone.notebook.held.len() > 2, "they are kept all the same");
        assert!(!phone.notebook.has_twin() && phone.notebook.doubled_devices().is_empty());
    }
}
