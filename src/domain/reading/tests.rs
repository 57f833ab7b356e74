//! Tests of reading a delivered bundle: what opens, what waits, what never will.

use super::*;
use crate::bundle::{Audience, BodyItem, BundlePlan, Origin, ReaderKey, SealedBundle, seal};
use crate::change::{Edit, RecordKey};
use crate::clock::Hlc;
use crate::fold::{Authority, BundleLink, Standing, rejected_bundles};
use crate::ids::{CampaignId, DeviceId, EntryId, RecordId};
use crate::keys::{DeviceKeys, Reader, WrapUse};
use crate::ledger::{Kind, Signed};
use crate::roster::Role;
use crate::testing::{Camp, Person};

fn change(salt: u8) -> Change {
    let record = RecordKey { kind: "visit".into(), id: RecordId([7; 16]) };
    let edit = Edit { field: "note".into(), value: Some("x".into()), replaces: vec![] };
    Change::new([salt; 16], record, Hlc::default(), vec![edit]).unwrap()
}

fn item(bytes: Vec<u8>, origin: Option<Origin>) -> BodyItem {
    BodyItem { change: bytes, origin }
}

fn sealed(camp: &mut Camp, author: &DeviceKeys, items: &[BodyItem]) -> SealedBundle {
    let (campaign, generation) = (camp.line.campaign(), camp.line.generations().len() as u32);
    let team = camp.line.generation().unwrap().team;
    let readers = [
        (Reader::Team(generation), ReaderKey::Public(team)),
        (Reader::Device(author.id()), ReaderKey::Public(author.public().kex)),
    ];
    let (previous, audience, readers) = (None, Audience::Restricted, &readers[..]);
    let plan = BundlePlan { campaign, previous, audience, generation, readers };
    seal(author, &plan, items, &mut camp.rng).unwrap()
}

fn read(camp: &Camp, reader: &Person, bundle: &SealedBundle) -> Reading {
    let (ring, own) = (reader.ring(&camp.line), reader.keys.public());
    read_bundle(&bundle.bytes, &bundle.wraps, &camp.line, &ring, &own)
}

fn sources(reading: Reading) -> Vec<(DeviceId, Option<EntryId>)> {
    match reading {
        Reading::Open { changes, .. } => {
            changes.into_iter().map(|(_, source)| (source.device, source.bundle)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_device_reads_its_own_before_it_is_confirmed_and_others_wait() {
    let mut camp = Camp::new(1);
    let guest = camp.guest(Role::Volunteer);
    let person = guest.person.clone();
    let bundle = sealed(&mut camp, &person.keys, &[item(change(1).to_bytes(), None)]);
    let expected = vec![(person.device(), Some(bundle.id))];
    assert_eq!(sources(read(&camp, &person, &bundle)), expected);
    let founder = camp.founder.clone();
    assert_eq!(read(&camp, &founder, &bundle), Reading::Waiting(Wait::Confirmation));
    camp.confirm(&guest);
    assert_eq!(sources(read(&camp, &founder, &bundle)), expected);
}

#[test]
fn who_has_no_wrap_waits_for_a_grant() {
    let mut camp = Camp::new(2);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let mut bundle = sealed(&mut camp, &mina.keys, &[item(change(1).to_bytes(), None)]);
    assert_eq!(read(&camp, &omar, &bundle), Reading::Waiting(Wait::Key));
    bundle.wraps.clear();
    assert_eq!(read(&camp, &mina, &bundle), Reading::Waiting(Wait::Key));
}

#[test]
fn every_fault_is_told_apart() {
    let mut camp = Camp::new(3);
    let mina = camp.join(Role::Volunteer);
    let good = sealed(&mut camp, &mina.keys, &[item(change(1).to_bytes(), None)]);
    let reads = |bytes: Vec<u8>, wraps: &[Wrap]| {
        read(&camp, &mina, &SealedBundle { bytes, wraps: wraps.to_vec(), ..good.clone() })
    };
    let malformed = reads(good.bytes[..good.bytes.len() - 1].to_vec(), &good.wraps);
    assert_eq!(malformed, Reading::Unreadable(Fault::Malformed));
    let mut forged = good.bytes.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(reads(forged, &good.wraps), Reading::Unreadable(Fault::Signature));
    // Anybody can wrap another key to this device: the bundle says that it is not its own.
    let campaign = camp.line.campaign();
    let usage = WrapUse { purpose: "bundle key", campaign: &campaign, subject: &good.id.0 };
    let reader = Reader::Device(mina.device());
    let public = mina.keys.public().kex;
    let swapped = Wrap::to_public(reader, &public, usage, &[0; 32], &mut camp.rng.clone()).unwrap();
    assert_eq!(
        reads(good.bytes.clone(), std::slice::from_ref(&swapped)),
        Reading::Unreadable(Fault::Key)
    );
    // Beside a good wrap, before or after it, it does no harm.
    let behind = [vec![swapped], good.wraps.clone()].concat();
    assert!(matches!(reads(good.bytes.clone(), &behind), Reading::Open { newer: 0, .. }));
    let mut newer = good.bytes.clone();
    newer[1] = 2;
    assert_eq!(reads(newer, &good.wraps), Reading::Waiting(Wait::Update));
    let other = Camp::new(4);
    let reading = read(&other, &other.founder, &good);
    assert_eq!(reading, Reading::Unreadable(Fault::Campaign));
    assert_ne!(other.line.campaign(), CampaignId([0; 32]));
}

#[test]
fn a_device_cannot_sign_in_another_s_name() {
    let mut camp = Camp::new(5);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let good = sealed(&mut camp, &mina.keys, &[item(change(1).to_bytes(), None)]);
    // Omar signs Mina's body, header and all.
    let bundle = Signed::<(crate::bundle::Header, Vec<u8>)>::read(Kind::Bundle, &good.bytes);
    let (_, bytes) = Signed::sign(Kind::Bundle, bundle.unwrap().body, &omar.keys);
    let reading = read(&camp, &camp.founder, &SealedBundle { bytes, ..good });
    assert_eq!(reading, Reading::Unreadable(Fault::Signature));
}

fn speakers(
    camp: &Camp,
    bundle: &SealedBundle,
    rejected: &std::collections::BTreeSet<EntryId>,
) -> Vec<(DeviceId, Option<EntryId>, Standing)> {
    let Reading::Open { changes, .. } = read(camp, &camp.founder, bundle) else {
        panic!("not opened");
    };
    let authority = Authority::new(&camp.line, None, rejected);
    let speaker = |(_, source)| {
        let speaker = authority.speaker(&source);
        (speaker.device, speaker.bundle, authority.standing(&source))
    };
    changes.into_iter().map(speaker).collect()
}

#[test]
fn only_a_coordinator_s_device_vouches_for_another_s_change() {
    let mut camp = Camp::new(6);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let founder = camp.founder.clone();
    let origin = Origin { device: mina.device(), bundle: EntryId([9; 32]) };
    let items = [item(change(1).to_bytes(), Some(origin)), item(change(2).to_bytes(), None)];
    let by_founder = sealed(&mut camp, &founder.keys, &items);
    let none = std::collections::BTreeSet::new();
    let expected = [
        (mina.device(), Some(origin.bundle), Standing::Member(mina.member)),
        (founder.device(), Some(by_founder.id), Standing::Coordinator),
    ];
    assert_eq!(speakers(&camp, &by_founder, &none), expected);
    let by_omar = sealed(&mut camp, &omar.keys, &items);
    let expected = [(omar.device(), Some(by_omar.id), Standing::Member(omar.member)); 2];
    assert_eq!(speakers(&camp, &by_omar, &none), expected);
}

/// The attack: a coordinator's device that was put out seals what others never said, in their names and as
/// if it had been in bundles that count.
#[test]
fn a_coordinator_s_device_that_was_put_out_vouches_for_nothing_after_its_last_accepted_bundle() {
    let mut camp = Camp::new(9);
    let (mina, maud) = (camp.join(Role::Volunteer), camp.join(Role::Coordinator));
    let founder = camp.founder.clone();
    let told = [mina.device(), founder.device()]
        .map(|device| Origin { device, bundle: EntryId([9; 32]) })
        .map(|origin| item(change(1).to_bytes(), Some(origin)));
    let before = sealed(&mut camp, &maud.keys, &told);
    let after = sealed(&mut camp, &maud.keys, &told);
    camp.revoke(maud.device(), vec![before.id]);
    let link = |id| BundleLink { id, device: maud.device(), previous: None };
    let rejected = rejected_bundles(&camp.line, &[link(before.id), link(after.id)]);
    let honest = speakers(&camp, &before, &rejected);
    assert_eq!(honest[0].2, Standing::Member(mina.member));
    assert_eq!(honest[1].2, Standing::Coordinator);
    // Whether it was read before or after the revocation came: what is stored names who vouched.
    let forged = speakers(&camp, &after, &rejected);
    assert_eq!(forged, [(maud.device(), Some(after.id), Standing::Revoked); 2]);
}

#[test]
fn a_bad_change_takes_no_other_down_and_a_newer_one_is_counted() {
    let mut camp = Camp::new(7);
    let founder = camp.founder.clone();
    let mut newer = change(1).to_bytes();
    newer[0] = 3;
    let items = [
        item(b"rubbish".to_vec(), None),
        item(change(2).to_bytes(), None),
        item(newer, None),
        item(vec![], None),
    ];
    let bundle = sealed(&mut camp, &founder.keys, &items);
    let Reading::Open { changes, newer } = read(&camp, &founder, &bundle) else {
        panic!("a bundle with one bad change was not opened");
    };
    assert_eq!((changes.len(), newer), (1, 2));
    assert_eq!(changes[0].0, change(2));
}

#[test]
fn what_a_revoked_device_sent_before_is_still_read() {
    let mut camp = Camp::new(8);
    let mina = camp.join(Role::Volunteer);
    let bundle = sealed(&mut camp, &mina.keys, &[item(change(1).to_bytes(), None)]);
    camp.revoke(mina.device(), vec![bundle.id]);
    camp.rotate();
    let founder = camp.founder.clone();
    assert_eq!(sources(read(&camp, &founder, &bundle)).len(), 1);
}
