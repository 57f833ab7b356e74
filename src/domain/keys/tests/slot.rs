//! The vault key and its slots on the disk.

use super::*;

fn raw(seed: u64) -> (VaultKey, [u8; SLOT_BYTES]) {
    let key = VaultKey::generate(&mut SeededRandom::new(seed));
    let bytes = key.raw_slot().to_bytes();
    (key, bytes)
}

#[test]
fn a_slot_is_read_back_and_every_altered_bit_empties_it() {
    let (key, bytes) = raw(10);
    assert!(VaultKeySlot::from_bytes(&bytes).unwrap().open(None).unwrap() == key);
    for position in 0..SLOT_BYTES {
        let mut altered = bytes;
        altered[position] ^= 0x10;
        assert_eq!(VaultKeySlot::from_bytes(&altered), Err(BadSlot::Empty), "byte {position}");
    }
}

#[test]
fn a_slot_torn_in_the_middle_of_a_write_is_empty() {
    let ((_, old), (_, new)) = (raw(11), raw(12));
    for written in 0..SLOT_BYTES {
        let mut torn = old;
        torn[..written].copy_from_slice(&new[..written]);
        let read = VaultKeySlot::from_bytes(&torn);
        // Everything after the content is zeros in both: the write is whole before its last byte.
        let whole = torn == new || torn == old;
        assert_eq!(read.is_ok(), whole, "{written} bytes written");
    }
    for length in 0..SLOT_BYTES {
        assert_eq!(VaultKeySlot::from_bytes(&new[..length]), Err(BadSlot::Empty));
    }
    assert_eq!(VaultKeySlot::from_bytes(&[0; SLOT_BYTES]), Err(BadSlot::Empty));
    assert_eq!(VaultKeySlot::from_bytes(&[0xff; SLOT_BYTES]), Err(BadSlot::Empty));
}

#[test]
fn a_passphrase_opens_its_slot_and_no_other_does() {
    let mut rng = SeededRandom::new(13);
    let key = VaultKey::generate(&mut rng);
    let slot = key.passphrase_slot("perron pluie tram gaufre", &mut rng).unwrap();
    let slot = VaultKeySlot::from_bytes(&slot.to_bytes()).unwrap();
    assert!(slot.open(Some("perron pluie tram gaufre")).unwrap() == key);
    assert!(matches!(slot.open(Some("perron pluie tram")), Err(BadSlot::Passphrase)));
    assert!(matches!(slot.open(None), Err(BadSlot::Locked)));
    let VaultKeySlot::Passphrase { memory, passes, .. } = &slot else { panic!("another slot") };
    assert_eq!((*memory, *passes), (64 * 1024, 3));
}

#[test]
fn a_slot_whose_costs_are_impossible_says_locked_and_does_not_panic() {
    let slot =
        VaultKeySlot::Passphrase { salt: [0; 16], memory: 1, passes: 0, sealed: vec![0; 48] };
    assert!(matches!(slot.open(Some("x")), Err(BadSlot::Locked)));
    let team = VaultKeySlot::Team { generation: 1, sealed: vec![0; 80] };
    assert!(matches!(team.open(Some("x")), Err(BadSlot::Locked)));
    assert_eq!(VaultKeySlot::from_bytes(&team.to_bytes()), Ok(team));
}

#[test]
fn a_value_of_the_store_opens_in_its_place_only() {
    let (key, _) = raw(14);
    let (other, _) = raw(15);
    let sealed = key.seal(&[b"drafts", b"7"], b"text", [1; 12]);
    assert_eq!(key.open(&[b"drafts", b"7"], &sealed).unwrap(), b"text");
    assert!(key.open(&[b"drafts", b"8"], &sealed).is_err());
    assert!(key.open(&[b"draft", b"s7"], &sealed).is_err());
    assert!(other.open(&[b"drafts", b"7"], &sealed).is_err());
    assert_ne!(key.index(&[b"drafts", b"7"]), other.index(&[b"drafts", b"7"]));
    assert_ne!(key.index(&[b"drafts", b"7"]), key.index(&[b"drafts", b"8"]));
}
