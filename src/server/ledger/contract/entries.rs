//! Numbers, chain, slices.

use domain::bundle::Audience::{Network, Restricted};
use domain::ids::{DeviceId, EntryId};
use domain::ledger::{Chain, ServedDigest};
use domain::protocol::Outcome::{Accepted, Known};

use super::{
    ANNA, BART, CAMPAIGN, append, bundle, entry, founded, grant, names, roster_entry, test, viewer,
};
use crate::ledger::{Appended, Entry, Facts, Held, Sees};

test!(numbers_are_dense_and_the_chain_can_be_recomputed, ledger, {
    founded(&*ledger).await;
    let entries = [
        bundle("a", ANNA, Restricted, &[ANNA]),
        roster_entry("confirmation"),
        bundle("b", ANNA, Network, &[]),
    ];
    assert_eq!(append(&*ledger, &entries).await, [Accepted(2), Accepted(3), Accepted(4)]);
    let slice = ledger.slice(&CAMPAIGN, viewer(ANNA, Sees::Everything), 0, 1 << 20).await.unwrap();
    let mut chain = Chain::start(&CAMPAIGN);
    assert_eq!(ledger.chain_at(&CAMPAIGN, 0).await.unwrap(), Some(chain));
    for (stored, number) in slice.entries.iter().zip(1..) {
        assert_eq!(stored.number, number);
        assert_eq!(EntryId::of(stored.bytes.as_ref().unwrap()), stored.id);
        chain = chain.next(stored.number, &stored.id, stored.received_at);
        assert_eq!(ledger.chain_at(&CAMPAIGN, number).await.unwrap(), Some(chain));
    }
    let head = ledger.head(&CAMPAIGN).await.unwrap().unwrap();
    assert_eq!((head.number, head.chain, head.roster), (4, chain, entries[1].id));
    assert_eq!(ledger.chain_at(&CAMPAIGN, 5).await.unwrap(), None);
    assert_eq!(ledger.chain_at(&CAMPAIGN, u64::MAX).await.unwrap(), None);
});

test!(a_repeated_entry_changes_nothing, ledger, {
    founded(&*ledger).await;
    let entries = [bundle("a", ANNA, Restricted, &[ANNA]), bundle("b", ANNA, Network, &[])];
    append(&*ledger, &entries).await;
    let before = ledger.head(&CAMPAIGN).await.unwrap();
    assert_eq!(append(&*ledger, &entries).await, [Known(2), Known(3)]);
    assert_eq!(ledger.head(&CAMPAIGN).await.unwrap(), before);
    // Twice within one push.
    let twice = [bundle("c", ANNA, Network, &[]), bundle("c", ANNA, Network, &[])];
    assert_eq!(append(&*ledger, &twice).await, [Accepted(4), Known(4)]);
    let ids = [entries[1].id, EntryId([0; 32]), twice[0].id];
    let held = ledger.find(&CAMPAIGN, &ids).await.unwrap();
    assert_eq!(held, [Held::At(3), Held::Absent, Held::At(4)]);
});

test!(a_moved_roster_stops_everything, ledger, {
    let first = founded(&*ledger).await;
    append(&*ledger, &[roster_entry("confirmation")]).await;
    let late = [bundle("a", ANNA, Network, &[])];
    let appended = ledger.append(&CAMPAIGN, &first.id, &late, 20).await.unwrap();
    assert_eq!(appended, Appended::RosterMoved);
    assert_eq!(ledger.find(&CAMPAIGN, &[late[0].id]).await.unwrap(), [Held::Absent]);
    assert_eq!(ledger.head(&CAMPAIGN).await.unwrap().unwrap().number, 2);
});

test!(everyone_gets_their_own, ledger, {
    founded(&*ledger).await;
    let own = bundle("made by Anna", ANNA, Restricted, &[]);
    let shared = bundle("wrapped for Anna", BART, Restricted, &[BART, ANNA]);
    let closed = bundle("not for Anna", BART, Restricted, &[BART]);
    let network = bundle("network", BART, Network, &[]);
    let given = grant("grant for Anna", &closed, ANNA);
    let other = grant("grant for Bart", &own, BART);
    append(&*ledger, &[own, shared, closed, network, given, other]).await;
    let of = async |sees| names(&*ledger, viewer(ANNA, sees), 1 << 20).await;
    assert_eq!(of(Sees::Orders).await, ["founder"]);
    let hers = ["founder", "made by Anna", "wrapped for Anna", "network", "grant for Anna"];
    assert_eq!(of(Sees::Own).await, hers);
    assert_eq!(of(Sees::Everything).await.len(), 7);
    let served = ledger.served(&CAMPAIGN, viewer(ANNA, Sees::Own), 7).await.unwrap();
    let digest = |digest: ServedDigest, name: &&str| digest.with(&EntryId::of(name.as_bytes()));
    assert_eq!(served, hers.iter().fold(ServedDigest::default(), digest));
    let earlier = ledger.served(&CAMPAIGN, viewer(ANNA, Sees::Own), 3).await.unwrap();
    assert_eq!(earlier.count, 3);
});

test!(slices_are_whole_and_join_up, ledger, {
    founded(&*ledger).await;
    let long = |index: usize| format!("{index:04}").repeat(100);
    let author = |index: usize| if index.is_multiple_of(3) { BART } else { ANNA };
    let entries: Vec<Entry> =
        (0..40).map(|i| bundle(&long(i), author(i), Restricted, &[author(i)])).collect();
    append(&*ledger, &entries).await;
    let whole = names(&*ledger, viewer(ANNA, Sees::Own), 1 << 20).await;
    assert_eq!(whole.len(), 1 + 26);
    // One entry always travels, however small the page.
    for most in [1, 700, 1300, 5000] {
        assert_eq!(names(&*ledger, viewer(ANNA, Sees::Own), most).await, whole);
    }
    let slice = ledger.slice(&CAMPAIGN, viewer(ANNA, Sees::Own), 1, 1300).await.unwrap();
    assert_eq!((slice.entries.len(), slice.more), (2, true));
    // Nothing after the last: the viewer is told that it went past the others' entries too.
    let rest = ledger.slice(&CAMPAIGN, viewer(ANNA, Sees::Own), 41, 1300).await.unwrap();
    assert_eq!((rest.entries.len(), rest.next, rest.more), (0, 41, false));
    let small = ledger.slice(&CAMPAIGN, viewer(ANNA, Sees::Orders), 1, 1).await.unwrap();
    assert_eq!((small.entries.len(), small.next, small.more), (0, 41, false));
});

test!(a_grant_brings_its_bundle, ledger, {
    founded(&*ledger).await;
    let old = bundle("old", BART, Restricted, &[BART]);
    append(&*ledger, &[old.clone(), grant("grant", &old, ANNA)]).await;
    let granted = async |device, sees| {
        let slice = ledger.slice(&CAMPAIGN, viewer(device, sees), 2, 1 << 20).await.unwrap();
        slice.entries.last().and_then(|stored| stored.granted.clone())
    };
    assert_eq!(granted(ANNA, Sees::Own).await, Some(old.bytes.clone()));
    assert_eq!(granted(ANNA, Sees::Everything).await, Some(old.bytes.clone()));
    assert_eq!(granted(BART, Sees::Everything).await, None);
});

test!(what_is_picked_is_what_a_slice_holds, ledger, {
    founded(&*ledger).await;
    let hers = bundle("hers", ANNA, Restricted, &[ANNA, BART]);
    let his = bundle("his", BART, Restricted, &[BART]);
    let given = grant("grant for Anna", &his, ANNA);
    append(&*ledger, &[hers.clone(), his.clone(), given.clone()]).await;
    let anna = viewer(ANNA, Sees::Own);
    let all = ledger.slice(&CAMPAIGN, anna, 0, 1 << 20).await.unwrap().entries;
    // In any order, twice, one that is not hers, one that is nobody's.
    let ids = [given.id, his.id, hers.id, EntryId([0; 32]), hers.id];
    let picked = ledger.pick(&CAMPAIGN, anna, &ids).await.unwrap();
    assert_eq!(picked, all[1..]);
    assert_eq!(picked.iter().map(|entry| entry.number).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(picked[1].granted.as_ref(), Some(&his.bytes));
    assert_eq!(ledger.pick(&CAMPAIGN, viewer(ANNA, Sees::Orders), &ids).await.unwrap(), []);
});

/// Everything that is served to somebody in its own way, several times over.
pub(in crate::ledger) fn mixed(rounds: usize) -> Vec<Entry> {
    let round = |n: usize| {
        let old = bundle(&format!("old {n}"), BART, Restricted, &[BART]);
        [
            bundle(&format!("made {n}"), ANNA, Restricted, &[]),
            bundle(&format!("wrapped {n}"), BART, Restricted, &[BART, ANNA]),
            bundle(&format!("network {n}"), ANNA, Network, &[BART]),
            grant(&format!("grant {n}"), &old, ANNA),
            old,
            roster_entry(&format!("roster {n}")),
            entry(&format!("order {n}"), Facts::Erase { destroy: Vec::new() }),
            entry(&format!("branch {n}"), Facts::Branch { device: BART }),
        ]
    };
    (0..rounds).flat_map(round).collect()
}

test!(at_every_number_the_digest_is_of_what_was_served, ledger, {
    founded(&*ledger).await;
    append(&*ledger, &mixed(5)).await;
    append(&*ledger, &mixed(6)).await;
    let head = ledger.head(&CAMPAIGN).await.unwrap().unwrap().number;
    assert_eq!(head, 1 + 6 * 8);
    for device in [ANNA, BART, DeviceId([3; 16])] {
        for sees in [Sees::Orders, Sees::Own, Sees::Everything] {
            let viewer = viewer(device, sees);
            let slice = ledger.slice(&CAMPAIGN, viewer, 0, 1 << 20).await.unwrap();
            for up_to in 0..=head + 1 {
                let before = slice.entries.iter().filter(|entry| entry.number <= up_to);
                let digest = before.fold(ServedDigest::default(), |sum, entry| sum.with(&entry.id));
                let served = ledger.served(&CAMPAIGN, viewer, up_to).await.unwrap();
                assert_eq!(served, digest, "{device} {sees:?} {up_to}");
            }
        }
    }
});
