//! Many at once, on several threads: tasks of one thread would wait for each other politely.

use std::sync::Arc;
use std::time::Duration;

use domain::bundle::Audience::Network;
use domain::ledger::Chain;

use super::{ANNA, CAMPAIGN, append, bundle, founded, test, viewer};
use crate::ledger::{Entry, Held, Ledger, Sees};

const WRITERS: usize = 8;
const PUSHES: usize = 12;
const ENTRIES: usize = 3;

fn push(writer: usize, push: usize) -> Vec<Entry> {
    let name = |index| format!("writer {writer}, push {push}, entry {index}");
    (0..ENTRIES).map(|index| bundle(&name(index), ANNA, Network, &[])).collect()
}

/// Follows the sequence as a device does: what it goes past never comes again, so a gap is a loss.
async fn follow(ledger: Arc<impl Ledger>, until: u64) -> Chain {
    let (mut after, mut chain) = (0, Chain::start(&CAMPAIGN));
    while after < until {
        let all = viewer(ANNA, Sees::Everything);
        let slice = ledger.slice(&CAMPAIGN, all, after, 2000).await.unwrap();
        for stored in slice.entries {
            assert_eq!(stored.number, after + 1, "a number was skipped");
            chain = chain.next(stored.number, &stored.id, stored.received_at);
            after = stored.number;
        }
        assert_eq!((slice.next, slice.chain), (after, chain));
    }
    chain
}

test!(pushes_at_once_leave_no_gap, ledger, {
    founded(&*ledger).await;
    let all = 1 + (WRITERS * PUSHES * ENTRIES) as u64;
    let followers: Vec<_> = (0..2).map(|_| tokio::spawn(follow(ledger.clone(), all))).collect();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                for index in 0..PUSHES {
                    let outcomes = append(&*ledger, &push(writer, index)).await;
                    assert!(outcomes.iter().all(|outcome| outcome.received()));
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let head = ledger.head(&CAMPAIGN).await.unwrap().unwrap();
    assert_eq!(head.number, all);
    for follower in followers {
        assert_eq!(follower.await.unwrap(), head.chain);
    }
});

test!(an_abandoned_push_is_whole_or_nothing, ledger, {
    founded(&*ledger).await;
    for index in 0..40_usize {
        let entries = push(index, 0);
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let writer = ledger.clone();
        let task = tokio::spawn(async move { append(&*writer, &entries).await });
        tokio::time::sleep(Duration::from_micros(37 * index as u64)).await;
        // The connection is gone: whoever waited for the reply learns nothing.
        task.abort();
        let acknowledged = task.await.is_ok();
        // A later write waits for whatever is still under way.
        append(&*ledger, &push(index, 1)).await;
        let held = ledger.find(&CAMPAIGN, &ids).await.unwrap();
        let here = held.iter().filter(|held| matches!(held, Held::At(_))).count();
        assert!(here == ENTRIES || (here == 0 && !acknowledged), "{here} of {ENTRIES}");
    }
    let head = ledger.head(&CAMPAIGN).await.unwrap().unwrap();
    assert_eq!(follow(ledger.clone(), head.number).await, head.chain);
});
