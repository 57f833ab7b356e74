//! Orders to erase.

use domain::bundle::Audience::Restricted;
use domain::protocol::Outcome::{Accepted, Erased};

use super::{ANNA, BART, CAMPAIGN, append, bundle, entry, founded, grant, names, test, viewer};
use crate::ledger::{Entry, Facts, Held, Sees};

fn order(name: &str, destroy: &[&Entry]) -> Entry {
    entry(name, Facts::Erase { destroy: destroy.iter().map(|entry| entry.id).collect() })
}

test!(an_order_destroys_for_ever, ledger, {
    let founder = founded(&*ledger).await;
    let gone = bundle("gone", ANNA, Restricted, &[ANNA]);
    let kept = bundle("kept", ANNA, Restricted, &[ANNA]);
    let late = bundle("late", ANNA, Restricted, &[ANNA]);
    append(&*ledger, &[gone.clone(), kept.clone(), grant("grant", &gone, BART)]).await;
    let chain = ledger.chain_at(&CAMPAIGN, 4).await.unwrap();
    // An order can name a bundle that never came; and no order reaches the roster.
    let order = order("order", &[&gone, &late, &founder]);
    assert_eq!(append(&*ledger, std::slice::from_ref(&order)).await, [Accepted(5)]);
    assert_eq!(ledger.chain_at(&CAMPAIGN, 4).await.unwrap(), chain);
    let slice = ledger.slice(&CAMPAIGN, viewer(BART, Sees::Everything), 0, 1 << 20).await.unwrap();
    let rest: Vec<_> = slice.entries.iter().map(|e| (e.bytes.is_some(), e.wraps.len())).collect();
    assert_eq!(rest, [(true, 0), (false, 0), (true, 1), (false, 0), (true, 0)]);
    assert_eq!(slice.entries[3].granted, None);
    let again = [gone.clone(), late.clone(), grant("another grant", &late, BART), founder];
    let outcomes = append(&*ledger, &again).await;
    assert_eq!(outcomes[..3], [Erased, Erased, Erased]);
    assert!(outcomes[3].received());
    let held = ledger.find(&CAMPAIGN, &[gone.id, late.id, kept.id]).await.unwrap();
    assert_eq!(held, [Held::Destroyed, Held::Destroyed, Held::At(3)]);
});

test!(what_was_served_stays_counted, ledger, {
    founded(&*ledger).await;
    let gone = bundle("gone", BART, Restricted, &[BART, ANNA]);
    let old = bundle("old", BART, Restricted, &[BART]);
    append(&*ledger, &[gone.clone(), old.clone(), grant("grant", &old, ANNA)]).await;
    let served = async || ledger.served(&CAMPAIGN, viewer(ANNA, Sees::Own), 4).await.unwrap();
    let before = served().await;
    assert_eq!(before.count, 3);
    append(&*ledger, &[order("order", &[&gone, &old])]).await;
    assert_eq!(served().await, before);
    // The places are served, without what was there.
    let hers = names(&*ledger, viewer(ANNA, Sees::Own), 1 << 20).await;
    assert_eq!(hers, ["founder", "", "", "order"]);
});

test!(orders_outlive_histories, ledger, {
    founded(&*ledger).await;
    let gone = bundle("gone", ANNA, Restricted, &[ANNA]);
    append(&*ledger, &[gone.clone(), order("first", &[&gone]), order("second", &[])]).await;
    append(&*ledger, &[order("first", &[&gone])]).await;
    let journal = vec![b"first".to_vec(), b"second".to_vec()];
    assert_eq!(ledger.journal().await.unwrap(), journal);
    ledger.begin_history(domain::ids::Epoch([3; 16])).await.unwrap();
    assert_eq!(ledger.journal().await.unwrap(), journal);
    let late = bundle("late", ANNA, Restricted, &[ANNA]);
    ledger.destroy(&CAMPAIGN, &[late.id]).await.unwrap();
    assert_eq!(append(&*ledger, &[late]).await, [Erased]);
});
