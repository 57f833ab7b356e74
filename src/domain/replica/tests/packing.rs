//! From changes to bundles: who may read them, how large they are, what they follow.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::bundle::{Audience, Bundle, MAX_BODY, MAX_BUNDLE};
use crate::change::{Change, Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::ids::{ChangeId, MemberId, RecordId};
use crate::keys::{Reader, random};
use crate::reading::{Reading, read_bundle};
use crate::roster::Role;
use crate::testing::{Camp, Person};

fn unsent(camp: &mut Camp, audience: Audience, owner: Option<MemberId>, length: usize) -> Unsent {
    let mut noise = vec![0; length];
    rand_core::Rng::fill_bytes(&mut camp.rng, &mut noise);
    let value = Some(Value::Bytes(noise));
    let edit = Edit { field: "note".into(), value, replaces: vec![] };
    let record = RecordKey { kind: "visit".into(), id: RecordId(random(&mut camp.rng)) };
    let change = Change::new(random(&mut camp.rng), record, Hlc::default(), vec![edit]).unwrap();
    Unsent { change, audience, owner }
}

fn packed(camp: &mut Camp, person: &Person, unsent: &[Unsent], tips: Tips) -> (Vec<Packed>, Tips) {
    let ring = person.ring(&camp.line);
    let Packing { packed, tips, stuck } = pack(unsent, &camp.line, &ring, tips, &mut camp.rng);
    assert!(stuck.is_empty(), "{stuck:?}");
    (packed, tips)
}

fn readers(packed: &Packed) -> BTreeSet<Reader> {
    packed.sealed.wraps.iter().map(|wrap| wrap.reader).collect()
}

fn opens(camp: &Camp, person: &Person, packed: &Packed) -> bool {
    let (ring, own) = (person.ring(&camp.line), person.keys.public());
    let reading = read_bundle(&packed.sealed.bytes, &packed.sealed.wraps, &camp.line, &ring, &own);
    matches!(reading, Reading::Open { newer: 0, changes } if changes.len() == packed.changes.len())
}

#[test]
fn nothing_unsent_makes_no_bundle() {
    let mut camp = Camp::new(1);
    let founder = camp.founder.clone();
    assert_eq!(packed(&mut camp, &founder, &[], Tips::default()), (vec![], Tips::default()));
}

#[test]
fn a_restricted_bundle_is_for_the_team_its_author_and_the_owner_s_devices() {
    let mut camp = Camp::new(2);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let minas_tablet = camp.join_as(&mina, Role::Volunteer);
    let minas_old_phone = camp.join_as(&mina, Role::Volunteer);
    camp.revoke(minas_old_phone.device(), vec![]);
    let second = camp.join(Role::Coordinator);
    let note = unsent(&mut camp, Audience::Restricted, Some(mina.member), 10);
    for author in [&second, &mina] {
        let (bundles, _) = packed(&mut camp, author, std::slice::from_ref(&note), Tips::default());
        let expected = [
            Reader::Team(1),
            Reader::Device(author.device()),
            Reader::Device(mina.device()),
            Reader::Device(minas_tablet.device()),
        ];
        assert_eq!(readers(&bundles[0]), expected.into_iter().collect());
        for person in [&camp.founder, &second, &mina, &minas_tablet] {
            assert!(opens(&camp, person, &bundles[0]));
        }
        assert!(!opens(&camp, &omar, &bundles[0]) && !opens(&camp, &minas_old_phone, &bundles[0]));
    }
}

#[test]
fn a_network_bundle_is_for_every_member_and_an_owner_makes_no_difference() {
    let mut camp = Camp::new(3);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let rows = [
        unsent(&mut camp, Audience::Network, Some(mina.member), 10),
        unsent(&mut camp, Audience::Network, None, 10),
    ];
    let (bundles, _) = packed(&mut camp, &mina, &rows, Tips::default());
    assert_eq!((bundles.len(), bundles[0].changes.len()), (1, 2));
    assert_eq!(readers(&bundles[0]), BTreeSet::from([Reader::Network(1)]));
    assert!(opens(&camp, &omar, &bundles[0]) && opens(&camp, &camp.founder, &bundles[0]));
}

#[test]
fn audiences_and_owners_never_share_a_bundle() {
    let mut camp = Camp::new(4);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let founder = camp.founder.clone();
    let all = [
        unsent(&mut camp, Audience::Restricted, Some(mina.member), 10),
        unsent(&mut camp, Audience::Network, None, 10),
        unsent(&mut camp, Audience::Restricted, Some(omar.member), 10),
        unsent(&mut camp, Audience::Restricted, None, 10),
        unsent(&mut camp, Audience::Restricted, Some(mina.member), 10),
    ];
    let (bundles, _) = packed(&mut camp, &founder, &all, Tips::default());
    let sizes: Vec<usize> = bundles.iter().map(|bundle| bundle.changes.len()).collect();
    assert_eq!((bundles.len(), sizes.iter().sum::<usize>()), (4, 5));
    let ids: BTreeSet<ChangeId> = all.iter().map(|one| one.change.id()).collect();
    let carried: BTreeSet<ChangeId> =
        bundles.iter().flat_map(|bundle| bundle.changes.iter().copied()).collect();
    assert_eq!(carried, ids);
    for bundle in &bundles {
        let header = Bundle::read(&bundle.sealed.bytes).unwrap().header().clone();
        assert_eq!(header.audience, bundle.audience);
        let reads = (opens(&camp, &mina, bundle), opens(&camp, &omar, bundle));
        assert!(bundle.audience == Audience::Network || reads != (true, true));
    }
}

#[test]
fn every_bundle_names_the_one_before_it_of_its_audience() {
    let mut camp = Camp::new(5);
    let mina = camp.join(Role::Volunteer);
    let mut tips = Tips::default();
    let mut last = std::collections::BTreeMap::new();
    for round in 0..3 {
        let mut all = vec![unsent(&mut camp, Audience::Restricted, Some(mina.member), 100 * 1024)];
        all.push(unsent(&mut camp, Audience::Restricted, Some(mina.member), 100 * 1024));
        if round != 1 {
            all.push(unsent(&mut camp, Audience::Network, None, 10));
        }
        let (bundles, next) = packed(&mut camp, &mina, &all, tips);
        assert_eq!(bundles.len(), all.len());
        for bundle in &bundles {
            let header = Bundle::read(&bundle.sealed.bytes).unwrap().header().clone();
            assert_eq!(header.previous, last.insert(bundle.audience, bundle.sealed.id));
        }
        tips = next;
        assert_eq!(tips.of(Audience::Restricted), last.get(&Audience::Restricted).copied());
        assert_eq!(tips.of(Audience::Network), last.get(&Audience::Network).copied());
    }
}

#[test]
fn much_is_split_into_bundles_that_fit() {
    let mut camp = Camp::new(6);
    let mina = camp.join(Role::Volunteer);
    let mut all = Vec::new();
    for length in [150 * 1024, 60 * 1024, 191 * 1024, 1, 2, 3] {
        all.push(unsent(&mut camp, Audience::Restricted, Some(mina.member), length));
    }
    let (bundles, _) = packed(&mut camp, &mina, &all, Tips::default());
    assert!(bundles.iter().all(|bundle| bundle.sealed.bytes.len() <= MAX_BUNDLE));
    assert!(bundles.iter().all(|bundle| opens(&camp, &mina, bundle)));
    let sizes: Vec<usize> = bundles.iter().map(|bundle| bundle.changes.len()).collect();
    assert_eq!(sizes, [1, 1, 4]);
}

#[test]
fn many_changes_of_one_record_name_it_once() {
    let mut camp = Camp::new(7);
    let mina = camp.join(Role::Volunteer);
    let one = unsent(&mut camp, Audience::Restricted, Some(mina.member), 1);
    let edit = Edit { field: "b".into(), value: None, replaces: vec![] };
    let record = one.change.record().clone();
    let change = Change::new([1; 16], record.clone(), Hlc::default(), vec![edit]).unwrap();
    let two = Unsent { change, ..one.clone() };
    let (bundles, _) = packed(&mut camp, &mina, &[one, two], Tips::default());
    assert_eq!((bundles[0].changes.len(), &bundles[0].records), (2, &vec![record]));
}

#[test]
fn a_device_seals_to_the_newest_generation_and_not_without_its_key() {
    let mut camp = Camp::new(8);
    let mina = camp.join(Role::Volunteer);
    let guest = camp.guest(Role::Volunteer).person;
    camp.rotate();
    let note = unsent(&mut camp, Audience::Restricted, Some(mina.member), 10);
    let row = unsent(&mut camp, Audience::Network, None, 10);
    let (bundles, _) = packed(&mut camp, &mina, &[note.clone(), row.clone()], Tips::default());
    let generation =
        |bundle: &Packed| Bundle::read(&bundle.sealed.bytes).unwrap().header().generation;
    assert!(bundles.iter().all(|bundle| generation(bundle) == 2));
    assert!(bundles.iter().all(|bundle| opens(&camp, &camp.founder, bundle)));
    // The guest was handed the first network key only.
    let ring = guest.ring(&camp.line);
    let all = [row.clone(), note.clone()];
    let packing = pack(&all, &camp.line, &ring, Tips::default(), &mut camp.rng);
    assert_eq!(packing.stuck, BTreeMap::from([(row.change.id(), Stuck::NoKey)]));
    assert_eq!(packing.packed.len(), 1);
    assert_eq!(packing.packed[0].changes, [note.change.id()]);
    assert_eq!(packing.tips.network, None);
}

#[test]
fn what_is_too_large_stays_and_holds_up_nothing_else() {
    let mut camp = Camp::new(10);
    let mina = camp.join(Role::Volunteer);
    let (owner, kind) = (Some(mina.member), Audience::Restricted);
    let lengths = [10, MAX_BODY, 20, 100 * 1024, 100 * 1024];
    let mut all = lengths.map(|length| unsent(&mut camp, kind, owner, length)).to_vec();
    // It compresses to nothing, and no reader would unpack so much.
    let edit = Edit {
        field: "note".into(),
        value: Some(Value::Bytes(vec![0; 5 << 20])),
        replaces: vec![],
    };
    let record = all[0].change.record().clone();
    let change = Change::new([2; 16], record, Hlc::default(), vec![edit]).unwrap();
    all.push(Unsent { change, ..all[0].clone() });
    all.push(unsent(&mut camp, Audience::Network, None, 10));
    let ring = mina.ring(&camp.line);
    let packing = pack(&all, &camp.line, &ring, Tips::default(), &mut camp.rng);
    let large = [all[1].change.id(), all[5].change.id()];
    assert_eq!(packing.stuck, large.map(|id| (id, Stuck::TooLarge)).into());
    let carried: BTreeSet<ChangeId> =
        packing.packed.iter().flat_map(|bundle| bundle.changes.iter().copied()).collect();
    let small = [0, 2, 3, 4, 6].map(|index: usize| all[index].change.id());
    assert_eq!(carried, small.into());
    assert!(packing.packed.iter().all(|bundle| opens(&camp, &mina, bundle)));
}

#[test]
fn while_the_creator_is_not_known_a_bundle_speaks_of_one_record() {
    let mut camp = Camp::new(11);
    let founder = camp.founder.clone();
    let one = unsent(&mut camp, Audience::Restricted, None, 10);
    let other = unsent(&mut camp, Audience::Restricted, None, 10);
    let edit = Edit { field: "b".into(), value: None, replaces: vec![] };
    let change =
        Change::new([1; 16], one.change.record().clone(), Hlc::default(), vec![edit]).unwrap();
    let again = Unsent { change, ..one.clone() };
    let (bundles, _) = packed(&mut camp, &founder, &[one, other, again], Tips::default());
    let mut sizes: Vec<usize> = bundles.iter().map(|bundle| bundle.changes.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2]);
    assert!(bundles.iter().all(|bundle| bundle.records.len() == 1));
}

#[test]
fn a_device_with_an_unusable_key_keeps_nobody_else_from_reading() {
    let mut camp = Camp::new(12);
    let mina = camp.join(Role::Volunteer);
    let mut keys = mina.keys.public();
    keys.kex = crate::keys::KexPublic([0; 32]);
    let (member, role) = (mina.member, Role::Volunteer);
    let confirmation =
        crate::roster::Confirmation { member, role, keys, invite: None, wraps: vec![] };
    camp.act(crate::roster::Act::Confirmation(confirmation)).unwrap();
    let founder = camp.founder.clone();
    let note = unsent(&mut camp, Audience::Restricted, Some(mina.member), 10);
    let (bundles, _) = packed(&mut camp, &founder, &[note], Tips::default());
    assert_eq!(readers(&bundles[0]), [Reader::Team(1), Reader::Device(founder.device())].into());
}

#[test]
fn who_is_not_confirmed_reads_what_it_sealed() {
    let mut camp = Camp::new(9);
    let guest = camp.guest(Role::Volunteer).person;
    let note = unsent(&mut camp, Audience::Restricted, Some(guest.member), 10);
    let (bundles, _) = packed(&mut camp, &guest, &[note], Tips::default());
    assert!(opens(&camp, &guest, &bundles[0]));
    assert!(!opens(&camp, &camp.founder, &bundles[0]), "it waits for the confirmation");
}
