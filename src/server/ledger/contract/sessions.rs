//! Challenges and sessions.

use domain::ids::InviteId;

use super::invites::{enrolment, invite};
use super::{ANNA, BART, CAMPAIGN, append, entry, founded, test};
use crate::ledger::{Expiry, Facts, OpenedSession, Session};

fn opened(token: u8, device: domain::ids::DeviceId) -> OpenedSession {
    OpenedSession { token_hash: [token; 32], campaign: CAMPAIGN, device }
}

test!(a_nonce_is_good_once, ledger, {
    founded(&*ledger).await;
    for nonce in 1..=10 {
        ledger.put_challenge(&CAMPAIGN, &ANNA, [nonce; 32], u64::from(nonce)).await.unwrap();
    }
    let take =
        async |device, nonce| ledger.take_challenge(&CAMPAIGN, &device, [nonce; 32]).await.unwrap();
    assert_eq!(take(BART, 9).await, None);
    assert_eq!(take(ANNA, 9).await, Some(9));
    assert_eq!(take(ANNA, 9).await, None);
    assert_eq!(take(ANNA, 2).await, None, "only the eight newest are kept");
    assert_eq!(take(ANNA, 3).await, Some(3));
});

test!(a_sign_in_spends_the_invitation, ledger, {
    founded(&*ledger).await;
    ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap();
    ledger.enrol(&CAMPAIGN, &enrolment(1, 1)).await.unwrap();
    let device = enrolment(1, 1).keys.device();
    ledger.open_session(&opened(1, device), 50).await.unwrap();
    let spent = ledger.invite(&CAMPAIGN, &InviteId([1; 16])).await.unwrap().unwrap();
    assert_eq!(spent.network, None);
    let session = Session { campaign: CAMPAIGN, device, seen_at: 50 };
    assert_eq!(ledger.session([1; 32]).await.unwrap(), Some(session));
    ledger.touch_session([1; 32], 60).await.unwrap();
    assert_eq!(ledger.session([1; 32]).await.unwrap().unwrap().seen_at, 60);
    for token in 2..=5 {
        ledger.open_session(&opened(token, device), 60 + u64::from(token)).await.unwrap();
    }
    assert_eq!(ledger.session([1; 32]).await.unwrap(), None, "the four newest are kept");
    assert!(ledger.session([2; 32]).await.unwrap().is_some());
});

test!(old_things_expire, ledger, {
    founded(&*ledger).await;
    ledger.put_challenge(&CAMPAIGN, &ANNA, [1; 32], 10).await.unwrap();
    ledger.put_challenge(&CAMPAIGN, &ANNA, [2; 32], 20).await.unwrap();
    ledger.open_session(&opened(1, ANNA), 10).await.unwrap();
    ledger.open_session(&opened(2, ANNA), 20).await.unwrap();
    ledger.open_invite(&CAMPAIGN, &invite(1)).await.unwrap();
    let expiry = Expiry { challenges: 15, sessions: 15, invites: 100 };
    ledger.expire(expiry).await.unwrap();
    assert_eq!(ledger.take_challenge(&CAMPAIGN, &ANNA, [1; 32]).await.unwrap(), None);
    assert_eq!(ledger.take_challenge(&CAMPAIGN, &ANNA, [2; 32]).await.unwrap(), Some(20));
    assert_eq!(ledger.session([1; 32]).await.unwrap(), None);
    assert!(ledger.session([2; 32]).await.unwrap().is_some());
    let network = async || {
        ledger.invite(&CAMPAIGN, &InviteId([1; 16])).await.unwrap().unwrap().network.is_some()
    };
    assert!(network().await);
    ledger.expire(Expiry { invites: 101, ..expiry }).await.unwrap();
    assert!(!network().await);
});

test!(a_revocation_ends_sessions, ledger, {
    founded(&*ledger).await;
    ledger.open_session(&opened(1, ANNA), 10).await.unwrap();
    ledger.open_session(&opened(2, BART), 10).await.unwrap();
    ledger.put_challenge(&CAMPAIGN, &ANNA, [1; 32], 10).await.unwrap();
    append(&*ledger, &[entry("out", Facts::Roster { revoked: vec![ANNA], rotates: false })]).await;
    assert_eq!(ledger.session([1; 32]).await.unwrap(), None);
    assert!(ledger.session([2; 32]).await.unwrap().is_some());
    assert_eq!(ledger.take_challenge(&CAMPAIGN, &ANNA, [1; 32]).await.unwrap(), None);
});
