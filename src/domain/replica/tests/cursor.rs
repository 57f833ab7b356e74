//! Which pages move the cursor, and which change nothing.

use super::*;

fn all(state: &SyncState) -> Pull {
    state.pull(Scope::All)
}

#[test]
fn pages_are_taken_one_after_the_other_to_the_end() {
    for head in 0..6 {
        let state = pulled(head);
        assert_eq!((state.epoch, state.cursor, state.era), (Some(EPOCH), head, 0));
        assert_eq!(state.chain, (head > 0).then(|| chain(head)));
        assert_eq!(state.served, served(head));
    }
}

#[test]
fn a_page_that_comes_again_or_late_changes_nothing() {
    let before = pulled(2);
    let request = all(&before);
    let late = reply(EPOCH, page(&request, 4));
    let PageVerdict::Apply { next, more: false } = before.take(&CAMPAIGN, &request, &late, true)
    else {
        panic!("an honest page was not taken");
    };
    let verdict = next.take(&CAMPAIGN, &request, &late, true);
    assert_eq!(verdict, PageVerdict::Ignore(Ignored::Stale));
    // Late from before a reset, in the old epoch and in the new one.
    for epoch in [OTHER, EPOCH] {
        let begun = next.reset(epoch);
        let verdict = begun.take(&CAMPAIGN, &request, &late, true);
        assert_eq!(verdict, PageVerdict::Ignore(Ignored::Stale));
    }
}

#[test]
fn another_epoch_is_another_history_whatever_the_page_says() {
    let state = pulled(2);
    let request = all(&state);
    let expected = PageVerdict::Reset {
        next: SyncState { epoch: Some(OTHER), era: 1, offer: true, ..SyncState::default() },
        reason: ResetReason::Epoch,
    };
    let replies = [
        reply(OTHER, page(&request, 4)),
        Reply { epoch: OTHER, answer: Pulled::Reset(ResetReason::Epoch) },
    ];
    for reply in replies {
        assert_eq!(state.take(&CAMPAIGN, &request, &reply, true), expected);
    }
    // Also to a question about orders only.
    let request = state.pull(Scope::Orders);
    let orders = Page { entries: vec![], served: None, ..page(&request, 0) };
    assert_eq!(state.take(&CAMPAIGN, &request, &reply(OTHER, orders), true), expected);
}

#[test]
fn an_impossible_cursor_or_a_broken_chain_begins_again_in_a_new_era() {
    let state = pulled(2);
    for reason in [ResetReason::Cursor, ResetReason::Chain] {
        let reply = Reply { epoch: EPOCH, answer: Pulled::Reset(reason) };
        let verdict = state.take(&CAMPAIGN, &all(&state), &reply, false);
        let next = SyncState { epoch: Some(EPOCH), era: 1, offer: true, ..SyncState::default() };
        assert_eq!(verdict, PageVerdict::Reset { next, reason });
    }
}

#[test]
fn a_first_pull_takes_the_server_s_epoch_over() {
    let state = SyncState::default();
    let request = all(&state);
    assert_eq!(request, Pull { epoch: None, after: 0, chain: None, scope: Scope::All });
    let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, page(&request, 1)), true);
    assert!(matches!(verdict, PageVerdict::Apply { next, .. } if next.epoch == Some(EPOCH)));
}

type Alteration = fn(&mut Page);

#[test]
fn a_page_that_contradicts_itself_or_the_question_is_ignored() {
    let state = pulled(2);
    let request = all(&state);
    let alterations: [(&str, Alteration); 10] = [
        ("another after", |page| page.after = 1),
        ("another scope", |page| page.scope = Scope::Orders),
        ("an entry again", |page| page.entries[0].number = 2),
        ("two out of order", |page| page.entries.swap(0, 1)),
        ("one number twice", |page| page.entries[1].number = 3),
        ("an entry after the end", |page| page.next = 3),
        ("the cursor back", |page| {
            page.entries.clear();
            page.next = 1;
        }),
        ("more, but no step forward", |page| {
            page.entries.clear();
            (page.next, page.more) = (2, true);
        }),
        ("bytes that are not the id's", |page| page.entries[0].bytes = Some(vec![9])),
        ("an id that is not the bytes'", |page| page.entries[1].id = id(9)),
    ];
    for complete in [true, false] {
        for (name, alter) in alterations {
            let mut page = page(&request, 5);
            alter(&mut page);
            let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, page), complete);
            assert_eq!(verdict, PageVerdict::Ignore(Ignored::Inconsistent), "{name}");
        }
    }
}

#[test]
fn who_is_served_everything_recomputes_the_chain() {
    let state = pulled(2);
    let request = all(&state);
    let alterations: [(&str, Alteration); 5] = [
        ("another chain", |page| page.chain = Chain([0; 32])),
        ("another time", |page| page.entries[0].received_at += 1),
        ("an entry left out", |page| drop(page.entries.remove(0))),
        ("an end beyond the entries", |page| page.next += 1),
        ("an entry that never was", |page| {
            page.entries[1] = Delivered { number: 4, ..delivered(99) };
        }),
    ];
    for (name, alter) in alterations {
        let mut altered = page(&request, 5);
        alter(&mut altered);
        let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, altered.clone()), true);
        assert_eq!(verdict, PageVerdict::Ignore(Ignored::Inconsistent), "{name}");
        // Others cannot know; what they were told stands in their next question.
        let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, altered.clone()), false);
        let PageVerdict::Apply { next, .. } = verdict else { panic!("{name}: {verdict:?}") };
        assert_eq!(all(&next).chain, Some(altered.chain));
    }
}

#[test]
fn a_difference_in_what_was_served_pulls_everything_again_and_touches_nothing_else() {
    let mut state = pulled(2);
    (state.era, state.orders) = (3, 1);
    let request = all(&state);
    let mut page = page(&request, 4);
    page.served = Some(served(3));
    let PageVerdict::Again(next) =
        state.take(&CAMPAIGN, &request, &reply(EPOCH, page.clone()), true)
    else {
        panic!("the difference was not seen");
    };
    assert_eq!((next.epoch, next.era, next.orders), (Some(EPOCH), 3, 1));
    assert_eq!((next.cursor, next.chain, next.served), (0, None, ServedDigest::default()));
    assert!(next.offer && next.offered().offer, "a restore might hide behind it");
    let chained = SyncState { chain: Some(Chain([1; 32])), ..next };
    assert!(!chained.offered().offer);
    page.served = None;
    let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, page), true);
    assert!(matches!(verdict, PageVerdict::Apply { .. }));
}

#[test]
fn orders_have_a_cursor_of_their_own_and_move_no_other() {
    let state = pulled(2);
    let request = state.pull(Scope::Orders);
    assert_eq!(request, Pull { epoch: Some(EPOCH), after: 0, chain: None, scope: Scope::Orders });
    let order = Delivered { kind: Kind::Erase, ..delivered(5) };
    let orders = Page {
        after: 0,
        scope: Scope::Orders,
        entries: vec![order],
        next: 7,
        chain: chain(7),
        more: false,
        served: None,
    };
    let verdict = state.take(&CAMPAIGN, &request, &reply(EPOCH, orders), true);
    let expected = SyncState { orders: 7, ..state };
    assert_eq!(verdict, PageVerdict::Apply { next: expected, more: false });
}
