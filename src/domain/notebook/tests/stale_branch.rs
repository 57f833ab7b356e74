//! A server that two restores put on another branch of the roster and back, between two halves of a sync.

use super::*;

#[test]
fn a_branch_that_the_server_left_again_is_seen_as_left() {
    let (mut server, mut coordinator, mut volunteer, entry) = campaign();
    server.append(entry);
    coordinator.pull(&server);
    let mut rng = SeededRandom::new(62);
    let [first, other] = [(); 2].map(|()| guest(&coordinator, None, &mut rng).1);
    server.append(first);
    volunteer.pull(&server);
    // One restore, silent, and another entry in the place of the newest: the sync ends after roster and orders.
    let newest = server.entries.pop().unwrap();
    server.append(other);
    volunteer.push(&mut server);
    assert!(volunteer.notebook.forked());
    // Another one takes that back. What she pulls after roster and orders is what she knows, chain and all.
    server.entries.pop();
    server.entries.push(newest);
    volunteer.push(&mut server);
    assert_eq!(volunteer.pull(&server), Verdict::Applied { more: false });
    assert!(volunteer.notebook.forked());
    volunteer.reopen();
    volunteer.push(&mut server);
    assert!(!volunteer.notebook.forked());
    volunteer.reopen();
    assert!(!volunteer.notebook.forked());
}
