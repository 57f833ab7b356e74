//! What is believed of receipts, and what a person is told.

use super::*;
use crate::protocol::{Outcome, Receipt};

fn receipts(epoch: Epoch, outcomes: Vec<(EntryId, Outcome)>) -> Reply<Vec<Receipt>> {
    let receipt = |(id, outcome)| Receipt { id, outcome };
    Reply { epoch, answer: outcomes.into_iter().map(receipt).collect() }
}

#[test]
fn each_receipt_speaks_for_the_id_it_names_and_for_no_other() {
    let state = pulled(2);
    let sent = [id(10), id(11), id(12), id(13), id(14)];
    let reply = receipts(
        EPOCH,
        vec![
            (id(13), Outcome::Refused("bad_wrap".into())),
            (id(10), Outcome::Accepted(3)),
            (id(99), Outcome::Accepted(4)),
            (id(11), Outcome::Known(1)),
            (id(12), Outcome::Erased),
        ],
    );
    let expected = vec![
        (id(13), Delivery::Refused("bad_wrap".into())),
        (id(10), Delivery::Received),
        (id(11), Delivery::Received),
        (id(12), Delivery::Erased),
    ];
    let verdict = state.receipts(state.ticket(), &sent, &reply);
    assert_eq!(verdict, ReceiptVerdict::Apply(expected));
}

#[test]
fn receipts_from_before_a_reset_are_ignored_even_when_the_epoch_stayed() {
    let state = pulled(2);
    let ticket = state.ticket();
    let reply = receipts(EPOCH, vec![(id(10), Outcome::Accepted(3))]);
    for epoch in [EPOCH, OTHER] {
        let begun = state.reset(epoch);
        assert_eq!(begun.receipts(ticket, &[id(10)], &reply), ReceiptVerdict::Ignore);
    }
    // Pulling everything again is no other history: receipts still count.
    let verdict = state.again().receipts(ticket, &[id(10)], &reply);
    assert!(matches!(verdict, ReceiptVerdict::Apply(_)));
}

#[test]
fn receipts_of_another_epoch_are_not_believed_and_begin_again() {
    let state = pulled(2);
    let reply = receipts(OTHER, vec![(id(10), Outcome::Accepted(3))]);
    let verdict = state.receipts(state.ticket(), &[id(10)], &reply);
    assert_eq!(verdict, ReceiptVerdict::Reset(state.reset(OTHER)));
}

#[test]
fn only_what_no_receipt_named_is_pending() {
    let refused = Delivery::Refused("bad_wrap".into());
    let pending = [Delivery::Stored, Delivery::Sent];
    let settled = [Delivery::Received, Delivery::Erased, Delivery::Retired, refused.clone()];
    assert!(pending.iter().all(Delivery::pending) && !settled.iter().any(Delivery::pending));
    assert_eq!(Delivery::Received.taken_back(), Delivery::Sent);
    assert_eq!(refused.taken_back(), Delivery::Sent);
    for kept in [Delivery::Stored, Delivery::Sent, Delivery::Erased, Delivery::Retired] {
        assert_eq!(kept.taken_back(), kept);
    }
    // Whatever a late receipt says, what has no bytes here is never to be sent again.
    let all = [Delivery::Stored, Delivery::Sent, Delivery::Received, refused];
    assert!(
        !all.iter()
            .any(|next| Delivery::Retired.may_become(next) || Delivery::Erased.may_become(next))
    );
    assert!(Delivery::Retired.may_become(&Delivery::Erased));
}

#[test]
fn a_record_is_received_only_when_everything_of_it_is() {
    let (stored, sent, received) = (Delivery::Stored, Delivery::Sent, Delivery::Received);
    let refused = Delivery::Refused(String::new());
    let check = |unpacked, deliveries: &[&Delivery], state| {
        let served = deliveries.iter().map(|delivery| (*delivery, true));
        assert_eq!(record_state(unpacked, served), state);
    };
    check(false, &[], RecordState::OnThisPhone);
    check(true, &[], RecordState::OnThisPhone);
    check(false, &[&received, &received], RecordState::Received);
    check(false, &[&received, &Delivery::Erased], RecordState::Received);
    check(true, &[&received], RecordState::OnThisPhone);
    check(false, &[&received, &sent], RecordState::OnItsWay);
    check(false, &[&stored, &sent], RecordState::OnThisPhone);
    check(true, &[&sent, &refused], RecordState::Refused);
    // Of what left nothing can be sent again: "received" is said while the server shows that it has it.
    let retired = Delivery::Retired;
    check(false, &[&retired, &received], RecordState::Received);
    let unserved = record_state(false, [(&retired, false), (&received, false)]);
    assert_eq!(unserved, RecordState::WithCoordinators);
    assert_eq!(record_state(false, [(&retired, false), (&sent, false)]), RecordState::OnItsWay);
}
