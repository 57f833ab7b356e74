//! Tests of bundles: what they keep, what they hide, what they refuse.

mod formats;
mod limits;

use proptest::prelude::*;

use super::*;
use crate::codec::Malformed;
use crate::ids::{CampaignId, EntryId};
use crate::keys::{DeviceKeys, Keyring, NoBundleKey, Reader, Wrap, WrapUse, random};
use crate::ledger::Kind;
use crate::roster::Role;
use crate::testing::{Camp, SeededRandom};

const CAMPAIGN: CampaignId = CampaignId([7; 32]);

fn item(change: &[u8]) -> BodyItem {
    BodyItem { change: change.to_vec(), origin: None }
}

fn plan<'a>(readers: &'a [(Reader, ReaderKey)]) -> BundlePlan<'a> {
    let (previous, audience) = (Some(EntryId([1; 32])), Audience::Restricted);
    BundlePlan { campaign: CAMPAIGN, previous, audience, generation: 1, readers }
}

/// A bundle with one wrap, to its author.
fn sealed(items: &[BodyItem], rng: &mut SeededRandom) -> (DeviceKeys, SealedBundle) {
    let keys = DeviceKeys::generate(rng);
    let readers = [(Reader::Device(keys.id()), ReaderKey::Public(keys.public().kex))];
    let bundle = seal(&keys, &plan(&readers), items, rng).unwrap();
    (keys, bundle)
}

fn key_of(keys: &DeviceKeys, bundle: &SealedBundle) -> Result<[u8; 32], NoBundleKey> {
    let read = Bundle::read(&bundle.bytes).unwrap();
    Keyring::new(keys.clone()).bundle_key(&read, &bundle.wraps)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_sealed_is_opened_by_its_reader_and_by_nobody_else(
        seed: u64,
        changes in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 0..6),
    ) {
        let mut rng = SeededRandom::new(seed);
        let items: Vec<BodyItem> = changes.iter().map(|change| item(change)).collect();
        let (keys, bundle) = sealed(&items, &mut rng);
        let read = Bundle::read(&bundle.bytes).unwrap();
        prop_assert_eq!(read.id(), bundle.id);
        prop_assert_eq!(read.id(), EntryId::of(&bundle.bytes));
        prop_assert!(read.signed_by(&keys.public()));
        let header = read.header();
        prop_assert_eq!((header.device, header.audience), (keys.id(), Audience::Restricted));
        let key = key_of(&keys, &bundle).unwrap();
        prop_assert_eq!(read.open(&key), Ok(items));
        let outsider = DeviceKeys::generate(&mut rng);
        prop_assert!(!read.signed_by(&outsider.public()));
        prop_assert_eq!(key_of(&outsider, &bundle), Err(NoBundleKey::NoWrap));
        prop_assert_eq!(read.open(&random(&mut rng)), Err(BadBundle::Key));
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes: Vec<u8>) {
        prop_assert!(Bundle::read(&bytes).is_err());
        let framed = [vec![1, 1], bytes].concat();
        prop_assert!(Bundle::read(&framed).is_err());
    }
}

#[test]
fn every_flipped_byte_gives_another_id_and_is_refused() {
    let mut rng = SeededRandom::new(1);
    let (keys, bundle) = sealed(&[item(b"un petit changement")], &mut rng);
    let key = key_of(&keys, &bundle).unwrap();
    for position in 0..bundle.bytes.len() {
        let mut altered = bundle.bytes.clone();
        altered[position] ^= 1;
        assert_ne!(EntryId::of(&altered), bundle.id);
        if let Ok(read) = Bundle::read(&altered) {
            assert!(!read.signed_by(&keys.public()), "byte {position}");
            // Without the signature's check it still would not open, but for bytes that only sign.
            let opened = read.open(&key).is_ok();
            assert!(!opened || position >= bundle.bytes.len() - 64, "byte {position}");
        }
    }
}

#[test]
fn a_bundle_cut_or_prolonged_at_any_byte_is_refused() {
    let (_, bundle) = sealed(&[item(b"x")], &mut SeededRandom::new(2));
    for end in 0..bundle.bytes.len() {
        assert_eq!(Bundle::read(&bundle.bytes[..end]).unwrap_err(), Malformed::Shape, "{end}");
    }
    let longer = [bundle.bytes, vec![0]].concat();
    assert_eq!(Bundle::read(&longer).unwrap_err(), Malformed::Shape);
}

#[test]
fn another_kind_of_entry_is_no_bundle_and_its_signature_does_not_carry_over() {
    let (keys, bundle) = sealed(&[item(b"x")], &mut SeededRandom::new(3));
    for kind in [Kind::Grant, Kind::Roster, Kind::Erase] {
        let mut other = bundle.bytes.clone();
        other[0] = kind.code();
        assert!(Bundle::read(&other).is_err());
        let signed = crate::ledger::Signed::<(Header, Vec<u8>)>::read(kind, &other);
        assert!(signed.is_ok_and(|entry| !entry.signed_by(&keys.public())));
    }
}

#[test]
fn two_bundles_of_the_same_changes_share_nothing() {
    let mut rng = SeededRandom::new(4);
    let keys = DeviceKeys::generate(&mut rng);
    let one = seal(&keys, &plan(&[]), &[item(b"x")], &mut rng).unwrap();
    let two = seal(&keys, &plan(&[]), &[item(b"x")], &mut rng).unwrap();
    assert_ne!(one.id, two.id);
    let check = |bundle: &SealedBundle| Bundle::read(&bundle.bytes).unwrap().header().key_check;
    assert_ne!(check(&one), check(&two));
}

#[test]
fn every_reader_of_the_plan_gets_the_key_and_the_wraps_of_another_bundle_are_worth_nothing() {
    let mut camp = Camp::new(5);
    let volunteer = camp.join(Role::Volunteer);
    let campaign = camp.line.campaign();
    let team = camp.line.generation().unwrap().team;
    let network = *camp.founder.ring(&camp.line).network(1).unwrap();
    let readers = [
        (Reader::Team(1), ReaderKey::Public(team)),
        (Reader::Device(volunteer.device()), ReaderKey::Public(volunteer.keys.public().kex)),
        (Reader::Network(1), ReaderKey::Shared(network)),
    ];
    let plan = BundlePlan { campaign, ..self::plan(&readers) };
    let one = seal(&volunteer.keys, &plan, &[item(b"1")], &mut camp.rng).unwrap();
    let two = seal(&volunteer.keys, &plan, &[item(b"2")], &mut camp.rng).unwrap();
    let bundle = Bundle::read(&one.bytes).unwrap();
    let rings = [camp.founder.ring(&camp.line), volunteer.ring(&camp.line)];
    for ring in &rings {
        for wrap in &one.wraps {
            if let Ok(key) = ring.bundle_key(&bundle, std::slice::from_ref(wrap)) {
                assert_eq!(bundle.open(&key), Ok(vec![item(b"1")]));
            }
        }
        assert!(ring.bundle_key(&bundle, &one.wraps).is_ok());
        assert_eq!(ring.bundle_key(&bundle, &two.wraps), Err(NoBundleKey::NoWrap));
    }
    let opened =
        |ring: &Keyring, wrap: &Wrap| ring.bundle_key(&bundle, std::slice::from_ref(wrap)).is_ok();
    let matrix: Vec<Vec<bool>> = rings
        .iter()
        .map(|ring| one.wraps.iter().map(|wrap| opened(ring, wrap)).collect())
        .collect();
    assert_eq!(matrix, [[true, false, true], [false, true, true]]);
}

#[test]
fn a_forged_wrap_is_told_apart_and_hides_no_good_one() {
    let mut rng = SeededRandom::new(6);
    let (keys, bundle) = sealed(&[item(b"x")], &mut rng);
    let reader = Reader::Device(keys.id());
    let usage = WrapUse { purpose: "bundle key", campaign: &CAMPAIGN, subject: &bundle.id.0 };
    // Anybody can wrap any key to a public key: the header's check says whether it is the bundle's.
    let forged = Wrap::to_public(reader, &keys.public().kex, usage, &[0; 32], &mut rng).unwrap();
    let read = Bundle::read(&bundle.bytes).unwrap();
    assert_eq!(read.open(&[0; 32]), Err(BadBundle::Key));
    let ring = Keyring::new(keys);
    let key_from = |wraps: &[Wrap]| ring.bundle_key(&read, wraps);
    assert_eq!(key_from(std::slice::from_ref(&forged)), Err(NoBundleKey::Forged));
    let good = bundle.wraps[0].clone();
    let torn = Wrap { reader, sealed: vec![1, 2, 3] };
    for wraps in [[forged.clone(), good.clone()], [torn, good.clone()], [good, forged]] {
        let key = key_from(&wraps).unwrap();
        assert_eq!(read.open(&key), Ok(vec![item(b"x")]));
    }
}
