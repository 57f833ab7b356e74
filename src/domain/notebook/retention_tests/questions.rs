//! What a coordinator's question brings back.

use super::*;

#[test]
fn a_question_brings_the_visit_back_until_it_is_answered() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    volunteer.retire(LATER);
    coordinator.ask(&visit);
    coordinator.push(&mut server);
    assert_eq!(volunteer.notebook.wanted(), []);
    volunteer.pull(&server);
    volunteer.reopen();
    assert_eq!(volunteer.shows(&visit, QUESTION).as_deref(), Some("Combien de nuits ?"));
    assert_eq!((volunteer.shows(&visit, "summary"), volunteer.notebook.wanted().len()), (None, 2));
    let desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("autre")))]);
    let early = volunteer.notebook.save(&visit, None, desired, 1, &mut volunteer.rng);
    assert_eq!(early, Err(SaveError::Retired));

    assert_eq!(volunteer.fetch(&server).verdict, Verdict::Applied { more: false });
    volunteer.reopen();
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    assert_eq!((volunteer.notebook.retired(&visit), volunteer.notebook.wanted()), (None, vec![]));
    // The bytes are not stored again: this device still has nothing to offer.
    assert_eq!(volunteer.bundles(), 1, "the question's own");
    assert!(!volunteer.retire(u64::MAX), "the question is open");

    volunteer.edit(&visit, "summary", "Neuf nuits");
    volunteer.edit(&visit, ANSWER, "Neuf");
    assert!(!volunteer.retire(u64::MAX), "the answer is here alone");
    volunteer.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull_twice(&server);
    assert_eq!(coordinator.notebook.view(&visit).conflicts().count(), 0);
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Neuf nuits"));
    assert_eq!(coordinator.shows(&visit, ANSWER).as_deref(), Some("Neuf"));
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(LATER));
    volunteer.reopen();
    assert_eq!(volunteer.fields(&visit), ["review_state", "visited_on"]);
    assert_eq!(volunteer.notebook.wanted(), [], "what was answered is not fetched again");

    // What is decided of it changes nothing of that.
    coordinator.edit(&visit, "review_state", "validated");
    coordinator.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(LATER));
    assert_eq!(volunteer.notebook.wanted(), []);
    // Of the coordinator's bundles neither the bytes nor an offer of them is left.
    let roster = volunteer.notebook.line().entries().count();
    assert_eq!(volunteer.notebook.offers().len(), roster);
    assert_eq!(
        (volunteer.shows(&visit, "review_state").as_deref(), volunteer.bundles()),
        (Some("validated"), 0)
    );
}

#[test]
fn a_question_is_answered_with_all_entries_or_asks_for_the_rest() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    volunteer.retire(LATER);
    coordinator.ask(&visit);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    let wanted = volunteer.notebook.wanted();
    let ticket = volunteer.notebook.sync_state().ticket();
    for (id, more) in wanted.iter().zip([true, false]) {
        let reply = server.fetch(&volunteer.notebook, &[*id]);
        let incoming = volunteer.notebook.take_fetched(ticket, &[*id], &reply, 5);
        assert_eq!(incoming.verdict, Verdict::Applied { more });
        volunteer.store(incoming.writes);
        volunteer.reopen();
        assert_eq!(volunteer.notebook.retired(&visit).is_some(), more);
        assert!(!volunteer.notebook.wanted().contains(id));
    }
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
}

#[test]
fn a_second_question_brings_it_back_once_more() {
    let (mut server, mut coordinator, mut volunteer, visit) = settled();
    coordinator.ask(&visit);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    volunteer.edit(&visit, ANSWER, "Neuf");
    volunteer.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull_twice(&server);
    volunteer.ask_reached(&server);
    assert!(volunteer.retire(LATER));
    assert_eq!(volunteer.notebook.wanted(), []);
    coordinator.edit(&visit, "review_question/b2", "Et combien de personnes ?");
    coordinator.push(&mut server);
    volunteer.pull(&server);
    assert_eq!(volunteer.fetch(&server).verdict, Verdict::Applied { more: false });
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    assert_eq!(volunteer.shows(&visit, ANSWER).as_deref(), Some("Neuf"));
    assert!(!volunteer.retire(u64::MAX), "the second question is open");
}
