//! The stored history, pinned.

use super::*;
use crate::change::BadChange;
use crate::codec::Malformed;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A history that needs no campaign.
fn stored() -> History {
    let key = RecordKey { kind: "visit".into(), id: RecordId([7; 16]) };
    let mut history = History::new(key.clone());
    let first = change(1, &key, 10, vec![edit("alias", "Le perron", &[])]);
    let second = change(2, &key, 20, vec![edit("alias", "Le seuil", &[first.id()])]);
    let device = DeviceId([1; 16]);
    history.insert(first.clone(), Source::own(device, None));
    history.insert(first, Source::own(device, Some(EntryId([2; 32]))));
    let redacted = second.redacted(|edit| edit.field == "alias");
    history.insert(redacted, Source::own(DeviceId([3; 16]), None));
    history
}

#[test]
fn a_history_is_pinned() {
    insta::assert_snapshot!("history_v1", hex(&stored().to_bytes()));
}

#[test]
fn damaged_rows_are_refused_and_newer_ones_told_apart() {
    let bytes = stored().to_bytes();
    for end in 0..bytes.len() {
        assert!(History::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    let mut newer = bytes;
    newer[0] = 2;
    assert_eq!(History::from_bytes(&newer), Err(BadChange::Malformed(Malformed::Version(2))));
}
