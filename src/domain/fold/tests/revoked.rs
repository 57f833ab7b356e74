//! A device that was put out: what it said before counts, what it says after does not.

use super::*;

fn id(byte: u8) -> EntryId {
    EntryId([byte; 32])
}

/// Mina's bundles 1 ← 2 ← 3 ← 4 of one audience and 11 ← 12 of the other; 2 ← 33 by a copied profile.
fn links(device: DeviceId) -> Vec<BundleLink> {
    let pairs = [(1, None), (2, Some(1)), (3, Some(2)), (4, Some(3)), (11, None), (12, Some(11))];
    let clone = (33, Some(2));
    let link = |(bundle, previous): (u8, Option<u8>)| BundleLink {
        id: id(bundle),
        device,
        previous: previous.map(id),
    };
    pairs.into_iter().chain([clone]).map(link).collect()
}

fn rejected(accepted: &[u8], drop: &[u8]) -> Vec<u8> {
    let mut camp = CAST.camp.clone();
    camp.revoke(CAST.mina.device(), accepted.iter().map(|byte| id(*byte)).collect());
    let mut links = links(CAST.mina.device());
    links.retain(|link| !drop.contains(&link.id.0[0]));
    let forwards = rejected_bundles(&camp.line, &links);
    links.reverse();
    assert_eq!(rejected_bundles(&camp.line, &links), forwards);
    forwards.into_iter().map(|id| id.0[0]).collect()
}

#[test]
fn what_an_accepted_bundle_follows_counts_and_nothing_else() {
    assert_eq!(rejected(&[3, 12], &[]), [4, 33]);
    assert_eq!(rejected(&[4, 12, 33], &[]), [0_u8; 0]);
    assert_eq!(rejected(&[3], &[]), [4, 11, 12, 33]);
    assert_eq!(rejected(&[], &[]), [1, 2, 3, 4, 11, 12, 33]);
    assert_eq!(rejected(&[99], &[]), [1, 2, 3, 4, 11, 12, 33]);
}

/// A limit: who lacks a bundle between (it was erased, or is sealed for others) cannot tell that the older
/// ones come before an accepted one.
#[test]
fn behind_a_missing_bundle_nothing_is_known_to_be_accepted() {
    assert_eq!(rejected(&[4, 12, 33], &[2]), [1]);
}

/// So a revocation names every bundle ([`Notebook::bundles_of`](crate::notebook::Notebook::bundles_of)).
#[test]
fn named_one_by_one_they_count_whatever_is_missing_between() {
    for missing in [&[][..], &[2], &[3], &[1, 3], &[2, 3, 4]] {
        assert_eq!(rejected(&[1, 2, 3, 4, 11, 12, 33], missing), [0_u8; 0]);
        let left: Vec<u8> = [33].into_iter().filter(|byte| !missing.contains(byte)).collect();
        assert_eq!(rejected(&[1, 2, 3, 4, 11, 12], missing), left);
    }
}

#[test]
fn another_device_s_bundle_vouches_for_nothing() {
    let mut camp = CAST.camp.clone();
    let (mina, omar) = (CAST.mina.device(), CAST.omar.device());
    camp.revoke(mina, vec![id(1)]);
    camp.revoke(omar, vec![id(50)]);
    let mut links = links(mina);
    links.push(BundleLink { id: id(50), device: omar, previous: Some(id(4)) });
    let rejected = rejected_bundles(&camp.line, &links);
    assert!(rejected.contains(&id(4)), "Omar's bundle names Mina's as the one before it");
    assert!(!rejected.contains(&id(50)));
}

#[test]
fn devices_that_are_in_and_devices_nobody_knows_are_not_judged() {
    assert!(rejected_bundles(&CAST.camp.line, &links(CAST.mina.device())).is_empty());
    assert!(rejected_bundles(&CAST.camp.line, &links(CAST.guest.device())).is_empty());
}

#[test]
fn a_rejected_bundle_s_edits_are_shown_as_a_revoked_device_s() {
    let mut camp = CAST.camp.clone();
    camp.revoke(CAST.mina.device(), vec![id(1)]);
    let rejected = rejected_bundles(&camp.line, &links(CAST.mina.device()));
    let authority = Authority::new(&camp.line, None, &rejected);
    let from = |byte| Source::own(CAST.mina.device(), Some(id(byte)));
    let mut history = History::new(minas());
    let first = change(1, &minas(), 1, vec![created(SALT), edit("alias", "Le perron", &[])]);
    let replaces = [first.id()];
    history.insert(first, from(1));
    history.insert(change(2, &minas(), 2, vec![edit("alias", "forged", &replaces)]), from(2));
    let view = View::of(&history, &authority);
    assert_eq!(texts(&view, "alias"), some(&["Le perron"]));
    assert_eq!(view.creator, Some(CAST.mina.member));
    assert_eq!(view.proposals[0].standing, Standing::Revoked);
    // The same change in a bundle that counts, too: it counts.
    history.insert(change(2, &minas(), 2, vec![edit("alias", "forged", &replaces)]), from(1));
    assert_eq!(texts(&View::of(&history, &authority), "alias"), some(&["forged"]));
}
