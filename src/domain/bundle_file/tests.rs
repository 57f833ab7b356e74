use proptest::prelude::*;

use super::*;
use crate::bundle::{BodyItem, BundlePlan, ReaderKey, seal};
use crate::keys::DeviceKeys;
use crate::roster::Role;
use crate::testing::{Camp, Person, SeededRandom};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn item(camp: &Camp, author: &DeviceKeys, text: &[u8], rng: &mut SeededRandom) -> PushItem {
    let team = camp.line.generation().unwrap().team;
    let readers = [(Reader::Team(1), ReaderKey::Public(team))];
    let (campaign, audience) = (camp.line.campaign(), Audience::Restricted);
    let plan = BundlePlan { campaign, previous: None, audience, generation: 1, readers: &readers };
    let items = [BodyItem { change: text.to_vec(), origin: None }];
    let sealed = seal(author, &plan, &items, rng).unwrap();
    PushItem { bytes: sealed.bytes, wraps: sealed.wraps }
}

/// A campaign, a volunteer of it, and a file of two bundles.
fn written() -> (Camp, Person, Vec<u8>) {
    let mut camp = Camp::new(40);
    let volunteer = camp.join(Role::Volunteer);
    let rng = &mut SeededRandom::new(41);
    let items = [b"one", b"two"].map(|text| item(&camp, &volunteer.keys, text, rng)).to_vec();
    let file = BundleFile { campaign: camp.line.campaign(), device: volunteer.device(), items };
    let bytes = file.to_bytes(&volunteer.keys);
    (camp, volunteer, bytes)
}

fn read(camp: &Camp, bytes: &[u8]) -> Result<BundleFile, BadBundleFile> {
    BundleFile::read(bytes, &camp.line, &camp.founder.ring(&camp.line))
}

#[test]
fn a_file_is_pinned() {
    let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
    let wraps = vec![Wrap { reader: Reader::Team(1), sealed: vec![3; 4] }];
    let items = vec![PushItem { bytes: vec![5; 6], wraps }];
    let file = BundleFile { campaign: CampaignId([7; 32]), device: keys.id(), items };
    insta::assert_snapshot!("bundle_file_v1", hex(&file.to_bytes(&keys)));
}

#[test]
fn the_very_bytes_are_handed_on() {
    let (camp, volunteer, bytes) = written();
    let file = read(&camp, &bytes).unwrap();
    assert_eq!((file.device, file.items.len()), (volunteer.device(), 2));
    assert_eq!(file.to_bytes(&volunteer.keys), bytes);
}

#[test]
fn a_file_is_taken_whole_or_not_at_all() {
    let (camp, volunteer, bytes) = written();
    let file = read(&camp, &bytes).unwrap();
    let resigned = |change: &dyn Fn(&mut BundleFile)| {
        let mut other = file.clone();
        change(&mut other);
        read(&camp, &other.to_bytes(&volunteer.keys))
    };
    let other = item(&camp, &camp.founder.keys, b"x", &mut SeededRandom::new(42));
    let stranger = DeviceKeys::from_seeds([1; 32], [2; 32]);
    let unknown = item(&camp, &stranger, b"x", &mut SeededRandom::new(43));
    assert_eq!(resigned(&|f| f.campaign.0[0] ^= 1), Err(BadBundleFile::Campaign));
    assert_eq!(resigned(&|f| f.device = stranger.id()), Err(BadBundleFile::Stranger));
    // Signed by another device than it names.
    assert_eq!(resigned(&|f| f.device = camp.founder.device()), Err(BadBundleFile::Damaged));
    assert_eq!(resigned(&|f| f.items.push(unknown.clone())), Err(BadBundleFile::Stranger));
    // Another device's bundle is passed on as it is.
    assert!(resigned(&|f| f.items.push(other.clone())).is_ok());
    assert_eq!(resigned(&|f| f.items[1].wraps.clear()), Err(BadBundleFile::Damaged));
    assert_eq!(resigned(&|f| f.items[1].wraps[0].sealed.clear()), Err(BadBundleFile::Damaged));
    assert_eq!(
        resigned(&|f| f.items[1].wraps = vec![f.items[1].wraps[0].clone(); 65]),
        Err(BadBundleFile::Damaged)
    );
    assert_eq!(
        resigned(&|f| f.items[1].wraps = f.items[0].wraps.clone()),
        Err(BadBundleFile::NoKey),
        "another bundle's wrap does not open"
    );
    assert_eq!(
        resigned(&|f| f.items[1].bytes.resize(MAX_BUNDLE + 1, 0)),
        Err(BadBundleFile::Damaged)
    );
}

#[test]
fn what_is_no_such_file_is_told_apart() {
    let (camp, _, bytes) = written();
    assert_eq!(read(&camp, b""), Err(BadBundleFile::Foreign));
    assert_eq!(read(&camp, b"%PDF-1.7"), Err(BadBundleFile::Foreign));
    let backup = [FileKind::Backup.mark(), &[1, 2, 3]].concat();
    assert_eq!(read(&camp, &backup), Err(BadBundleFile::Backup));
    assert_eq!(read(&camp, &vec![0; MAX_BUNDLE_FILE + 1]), Err(BadBundleFile::TooLarge));
    let mut newer = bytes;
    newer[FileKind::Bundles.mark().len()] = 2;
    assert_eq!(read(&camp, &newer), Err(BadBundleFile::Newer));
}

#[test]
fn what_a_revoked_device_hands_over_is_refused() {
    let (mut camp, volunteer, bytes) = written();
    camp.revoke(volunteer.device(), Vec::new());
    assert_eq!(read(&camp, &bytes), Err(BadBundleFile::Revoked));
}

#[test]
fn every_refusal_has_a_word_of_its_own() {
    use BadBundleFile as B;
    let all = [
        B::TooLarge,
        B::Foreign,
        B::Backup,
        B::Newer,
        B::Damaged,
        B::Campaign,
        B::Stranger,
        B::Revoked,
        B::NoKey,
        B::NotCoordinator,
    ];
    let words: std::collections::BTreeSet<_> = all.iter().map(|bad| bad.code()).collect();
    assert_eq!(words.len(), all.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn one_altered_byte_anywhere_is_refused(at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let (camp, _, mut bytes) = written();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(read(&camp, &bytes).is_err());
        bytes.truncate(at);
        prop_assert!(read(&camp, &bytes).is_err());
    }

    #[test]
    fn garbage_is_refused(tail in prop::collection::vec(any::<u8>(), 0..300), marked in any::<bool>()) {
        let camp = Camp::new(40);
        let mark: &[u8] = if marked { FileKind::Bundles.mark() } else { b"" };
        prop_assert!(read(&camp, &[mark, &[1], &tail].concat()).is_err());
    }
}
