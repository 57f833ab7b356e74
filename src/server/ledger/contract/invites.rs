//! Invitations and enrolments.

use domain::campaign::Enrolment;
use domain::ids::InviteId;
use domain::keys::{KexPublic, PublicKeys};

use super::{CAMPAIGN, append, entry, founded, test};
use crate::ledger::{Facts, Invite};

pub(super) fn invite(number: u8) -> Invite {
    Invite {
        id: InviteId([number; 16]),
        token_hash: [number; 32],
        network: Some(vec![1, 2, 3]),
        terms: vec![4, 5],
        generation: 1,
        opened_at: 100,
        used_by: None,
    }
}

pub(super) fn enrolment(device: u8, invite: u8) -> Enrolment {
    Enrolment {
        invite: InviteId([invite; 16]),
        terms: vec![4, 5],
        generation: 1,
        keys: PublicKeys { sign: [device; 32], kex: KexPublic([device; 32]) },
        proof: [device; 32],
    }
}

test!(an_invitation_is_opened_once, ledger, {
    founded(&*ledger).await;
    assert!(ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap());
    let other = Invite { terms: vec![6], ..invite(1) };
    assert!(!ledger.open_invite(&CAMPAIGN, &other).await.unwrap());
    let stored = ledger.invite(&CAMPAIGN, &InviteId([1; 16])).await.unwrap();
    assert_eq!(stored, Some(invite(1)));
    assert_eq!(ledger.invite(&CAMPAIGN, &InviteId([2; 16])).await.unwrap(), None);
});

test!(one_device_wins, ledger, {
    founded(&*ledger).await;
    ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap();
    ledger.open_invite(&CAMPAIGN, &invite(2)).await.unwrap();
    let rivals: Vec<_> = (1..=8)
        .map(|device| {
            let ledger = ledger.clone();
            tokio::spawn(
                async move { ledger.enrol(&CAMPAIGN, &enrolment(device, 1)).await.unwrap() },
            )
        })
        .collect();
    let mut wins = 0;
    for rival in rivals {
        wins += usize::from(rival.await.unwrap());
    }
    assert_eq!(wins, 1);
    let enrolled = ledger.enrolments(&CAMPAIGN).await.unwrap();
    let [winner] = enrolled.as_slice() else { panic!("{enrolled:?}") };
    let device = winner.keys.device();
    assert_eq!(ledger.enrolment(&CAMPAIGN, &device).await.unwrap().as_ref(), Some(winner));
    let used = ledger.invite(&CAMPAIGN, &InviteId([1; 16])).await.unwrap().unwrap();
    assert_eq!(used.used_by, Some(device));
    // A device enrols once, and only by an invitation that exists.
    let again = Enrolment { invite: InviteId([2; 16]), ..winner.clone() };
    assert!(!ledger.enrol(&CAMPAIGN, &again).await.unwrap());
    assert!(!ledger.enrol(&CAMPAIGN, &enrolment(9, 9)).await.unwrap());
});

test!(an_enrolment_offered_again_is_listed_and_gives_no_standing, ledger, {
    founded(&*ledger).await;
    ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap();
    let device = enrolment(1, 1).keys.device();
    let older = Enrolment { generation: 2, ..enrolment(1, 1) };
    for offered in [older, enrolment(1, 1), enrolment(1, 1)] {
        ledger.offer_enrolment(&CAMPAIGN, &offered).await.unwrap();
    }
    assert_eq!(ledger.enrolments(&CAMPAIGN).await.unwrap(), [enrolment(1, 1)]);
    assert_eq!(ledger.enrolment(&CAMPAIGN, &device).await.unwrap(), None);
    // It stands in the way of no enrolment, and is then one of them.
    assert!(ledger.enrol(&CAMPAIGN, &enrolment(1, 1)).await.unwrap());
    assert_eq!(ledger.enrolments(&CAMPAIGN).await.unwrap(), [enrolment(1, 1)]);
    assert_eq!(ledger.enrolment(&CAMPAIGN, &device).await.unwrap(), Some(enrolment(1, 1)));
});

test!(a_rotation_takes_the_network_keys_away, ledger, {
    founded(&*ledger).await;
    ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap();
    ledger.open_invite(&CAMPAIGN, &invite(2)).await.unwrap();
    ledger.enrol(&CAMPAIGN, &enrolment(1, 1)).await.unwrap();
    append(&*ledger, &[entry("generation", Facts::Roster { revoked: Vec::new(), rotates: true })])
        .await;
    let network = async |id| {
        ledger.invite(&CAMPAIGN, &InviteId([id; 16])).await.unwrap().unwrap().network.is_some()
    };
    assert!(network(1).await, "a used invitation is answered the same until the sign-in");
    assert!(!network(2).await);
});
