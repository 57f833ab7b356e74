//! Tests of the ledger's entries and of the two checks of what a server served.

use proptest::prelude::*;

use super::*;
use crate::codec::Malformed;
use crate::ids::{CampaignId, DeviceId, EntryId, RecordId};
use crate::keys::{DeviceKeys, Reader, Wrap};

const CAMPAIGN: CampaignId = CampaignId([7; 32]);

fn keys() -> DeviceKeys {
    DeviceKeys::from_seeds([1; 32], [2; 32])
}

fn order(targets: Vec<EraseTarget>) -> EraseOrder {
    EraseOrder {
        campaign: CAMPAIGN,
        device: keys().id(),
        targets,
        destroy: vec![EntryId([3; 32])],
        replacements: vec![EntryId([4; 32])],
    }
}

fn grant() -> Grant {
    let wrap = Wrap { reader: Reader::Device(DeviceId([5; 16])), sealed: vec![6; 80] };
    Grant { campaign: CAMPAIGN, device: keys().id(), bundle: EntryId([3; 32]), wrap }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn erasures(records: &[u8]) -> Erasures {
    let mut all = Erasures::default();
    for record in records {
        all.add(&order(vec![
            EraseTarget::record(&RecordId([*record; 16])),
            EraseTarget::field(&RecordId([*record; 16]), "alias"),
        ]));
    }
    all
}

proptest! {
    #[test]
    fn erasures_are_the_same_in_every_order(
        mut records in prop::collection::vec(any::<u8>(), 0..12), by in 0_usize..12,
    ) {
        let all = erasures(&records);
        for record in &records {
            prop_assert!(all.record(&RecordId([*record; 16])));
            prop_assert!(all.field(&RecordId([*record; 16]), "alias"));
            prop_assert!(!all.field(&RecordId([*record; 16]), "aliases"));
        }
        prop_assert_eq!(all.is_empty(), records.is_empty());
        if !records.is_empty() {
            let by = by % records.len();
            records.rotate_left(by);
            records.push(records[0]);
        }
        prop_assert_eq!(all, erasures(&records));
    }

    #[test]
    fn what_was_served_is_counted_the_same_in_every_order(
        ids in prop::collection::vec(any::<[u8; 32]>(), 0..20), by in 0_usize..20,
    ) {
        let sum = |ids: &[[u8; 32]]| {
            ids.iter().fold(ServedDigest::default(), |sum, id| sum.with(&EntryId(*id)))
        };
        let mut turned = ids.clone();
        if !turned.is_empty() {
            let by = by % turned.len();
            turned.rotate_left(by);
        }
        prop_assert_eq!(sum(&ids), sum(&turned));
        prop_assert_eq!(sum(&ids).count, ids.len() as u64);
    }

    #[test]
    fn an_entry_s_bytes_are_never_read_as_another_kind(seed in any::<u8>(), cut in 0_usize..300) {
        let (_, bytes) = order(vec![EraseTarget::record(&RecordId([seed; 16]))]).sign(&keys());
        for kind in [Kind::Bundle, Kind::Grant, Kind::Roster, Kind::Branch] {
            prop_assert!(Signed::<EraseOrder>::read(kind, &bytes).is_err());
        }
        let cut = cut.min(bytes.len() - 1);
        prop_assert!(Signed::<EraseOrder>::read(Kind::Erase, &bytes[..cut]).is_err());
        prop_assert!(Signed::<Grant>::read(Kind::Erase, &bytes).is_err());
    }
}

#[test]
fn an_entry_is_signed_by_its_device_for_its_kind() {
    let (signed, bytes) = grant().sign(&keys());
    let read = Signed::<Grant>::read(Kind::Grant, &bytes).unwrap();
    assert_eq!((read.id, &read.body), (signed.id, &signed.body));
    assert_eq!(read.id, EntryId::of(&bytes));
    assert!(read.signed_by(&keys().public()));
    assert!(!read.signed_by(&DeviceKeys::from_seeds([9; 32], [2; 32]).public()));
    let mut moved = bytes;
    moved[0] = Kind::Erase.code();
    let moved = Signed::<Grant>::read(Kind::Erase, &moved).unwrap();
    assert!(!moved.signed_by(&keys().public()));
}

#[test]
fn kinds_of_a_newer_version_are_told_apart_from_rubbish() {
    for kind in [Kind::Bundle, Kind::Grant, Kind::Roster, Kind::Erase, Kind::Branch] {
        assert_eq!(Kind::of(&[kind.code(), 0]), Ok(kind));
    }
    assert_eq!(Kind::of(&[6]), Err(Malformed::Version(6)));
    assert_eq!(Kind::of(&[0]), Err(Malformed::Shape));
    assert_eq!(Kind::of(&[]), Err(Malformed::Shape));
}

#[test]
fn an_erase_target_tells_nothing_without_the_record() {
    let (one, other) = (RecordId([1; 16]), RecordId([2; 16]));
    let all = [
        EraseTarget::record(&one),
        EraseTarget::record(&other),
        EraseTarget::field(&one, "alias"),
        EraseTarget::field(&one, "state"),
        EraseTarget::field(&other, "alias"),
        EraseTarget::field(&one, ""),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}

#[test]
fn the_chain_depends_on_campaign_numbers_ids_times_and_order() {
    let (one, two) = (EntryId([1; 32]), EntryId([2; 32]));
    let start = Chain::start(&CAMPAIGN);
    let chain = start.next(1, &one, 10).next(2, &two, 20);
    let others = [
        Chain::start(&CampaignId([8; 32])).next(1, &one, 10).next(2, &two, 20),
        start.next(1, &one, 10),
        start.next(1, &two, 10).next(2, &one, 20),
        start.next(1, &one, 11).next(2, &two, 20),
        start.next(2, &one, 10).next(3, &two, 20),
    ];
    assert!(others.iter().all(|other| *other != chain));
}

#[test]
fn orders_and_grants_are_pinned() {
    let targets = vec![
        EraseTarget::record(&RecordId([1; 16])),
        EraseTarget::field(&RecordId([2; 16]), "alias"),
    ];
    let (order, order_bytes) = order(targets).sign(&keys());
    let (grant, grant_bytes) = grant().sign(&keys());
    let chain = Chain::start(&CAMPAIGN).next(1, &order.id, 1_700_000_000_000);
    let served = ServedDigest::default().with(&order.id).with(&grant.id);
    let text = format!(
        "order {}\n{}\ngrant {}\n{}\nchain {}\nserved {}\nerasures {}",
        order.id,
        hex(&order_bytes),
        grant.id,
        hex(&grant_bytes),
        hex(&chain.0),
        hex(&crate::codec::encode(1, &served)),
        hex(&crate::codec::encode(1, &erasures(&[1, 2]))),
    );
    insta::assert_snapshot!("ledger_entries_v1", text);
}

#[test]
fn a_branch_is_pinned() {
    let entries = vec![vec![1, 2], vec![3]];
    let (branch, bytes) = Branch { campaign: CAMPAIGN, device: keys().id(), entries }.sign(&keys());
    let read = Signed::<Branch>::read(Kind::Branch, &bytes).unwrap();
    assert_eq!((read.id, &read.body), (branch.id, &branch.body));
    assert!(read.signed_by(&keys().public()));
    insta::assert_snapshot!("branch_v1", format!("branch {}\n{}", branch.id, hex(&bytes)));
}
