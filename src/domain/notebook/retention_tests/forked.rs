//! What leaves while the server's roster leaves something out.

use super::super::tests::guest;
use super::*;
use crate::testing::SeededRandom;

#[test]
fn nothing_leaves_while_the_server_goes_by_another_roster_and_what_it_said_is_asked_again() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    let mut rng = SeededRandom::new(61);
    let [lost, other] = [(); 2].map(|()| guest(&coordinator, None, &mut rng).1);
    server.append(lost);
    coordinator.pull(&server);
    volunteer.pull(&server);
    // A restore loses one confirmation, and another is written in its place.
    server.entries.pop();
    server.append(other);
    server.epoch = Epoch([9; 16]);
    server.cursor.set(0);
    for phone in [&mut coordinator, &mut volunteer] {
        while phone.pull(&server) == Verdict::Reset {}
        phone.push(&mut server);
        phone.pull_twice(&server);
        assert!(phone.notebook.forked());
    }
    volunteer.ask_reached(&server);
    assert_eq!(volunteer.notebook.unreached(), []);
    assert!(!volunteer.retire(LATER));

    let writes = coordinator.notebook.mend(&mut coordinator.rng);
    coordinator.store(writes);
    coordinator.push(&mut server);
    coordinator.pull_twice(&server);
    volunteer.pull(&server);
    assert!(!volunteer.notebook.forked() && !volunteer.retire(LATER));
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(LATER) && volunteer.notebook.retired(&visit).is_some());
}
