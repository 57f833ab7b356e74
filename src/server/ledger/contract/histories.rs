//! Founding, and beginning another history.

use domain::ids::{CampaignId, Epoch};

use super::{ANNA, CAMPAIGN, SET_UP, founded, roster_entry, test};
use crate::ledger::{Created, OpenedSession};

test!(a_secret_founds_one_campaign, ledger, {
    let roster = [roster_entry("founder"), roster_entry("generation"), roster_entry("recovery")];
    let create = |id, secret| ledger.create(id, secret, &roster, 10);
    assert_eq!(create(&CAMPAIGN, SET_UP).await.unwrap(), Created::BadSetUp);
    ledger.offer_set_up([6; 32]).await.unwrap();
    // A later start offers another.
    ledger.offer_set_up(SET_UP).await.unwrap();
    assert_eq!(create(&CAMPAIGN, [6; 32]).await.unwrap(), Created::BadSetUp);
    assert!(ledger.campaigns().await.unwrap().is_empty());
    assert_eq!(ledger.head(&CAMPAIGN).await.unwrap(), None);

    assert_eq!(create(&CAMPAIGN, SET_UP).await.unwrap(), Created::New);
    // The reply was lost.
    assert_eq!(create(&CAMPAIGN, SET_UP).await.unwrap(), Created::Known);
    assert_eq!(create(&CampaignId([8; 32]), SET_UP).await.unwrap(), Created::BadSetUp);
    assert_eq!(ledger.campaigns().await.unwrap(), [CAMPAIGN]);
    let head = ledger.head(&CAMPAIGN).await.unwrap().unwrap();
    assert_eq!((head.number, head.roster), (3, roster[2].id));
    let stored: Vec<Vec<u8>> = roster.iter().map(|entry| entry.bytes.clone()).collect();
    assert_eq!(ledger.roster(&CAMPAIGN).await.unwrap(), stored);
});

test!(another_history_ends_sessions, ledger, {
    founded(&*ledger).await;
    let opened = OpenedSession { token_hash: [1; 32], campaign: CAMPAIGN, device: ANNA };
    ledger.open_session(&opened, 5).await.unwrap();
    ledger.put_challenge(&CAMPAIGN, &ANNA, [2; 32], 5).await.unwrap();
    ledger.begin_history(Epoch([9; 16])).await.unwrap();
    assert_eq!(ledger.epoch().await.unwrap(), Epoch([9; 16]));
    assert_eq!(ledger.session([1; 32]).await.unwrap(), None);
    assert_eq!(ledger.take_challenge(&CAMPAIGN, &ANNA, [2; 32]).await.unwrap(), None);
    assert_eq!(ledger.head(&CAMPAIGN).await.unwrap().unwrap().number, 1);
});
