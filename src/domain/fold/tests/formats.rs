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
    let bytes = stored().to_bytes();
    assert_eq!(History::from_bytes(&bytes), Ok(stored()));
    insta::assert_snapshot!("history_v2", hex(&bytes));
}

#[test]
fn a_history_of_the_first_form_is_read() {
    let pinned = include_str!("snapshots/domain__fold__tests__formats__history_v1.snap");
    let line = pinned.lines().last().unwrap();
    let byte = |at: usize| u8::from_str_radix(&line[at..at + 2], 16).unwrap();
    let bytes: Vec<u8> = (0..line.len()).step_by(2).map(byte).collect();
    assert_eq!(History::from_bytes(&bytes), Ok(stored()));
    for end in 0..bytes.len() {
        assert!(History::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn damaged_rows_are_refused_and_newer_ones_told_apart() {
    let bytes = stored().to_bytes();
    for end in 0..bytes.len() {
        assert!(History::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    let mut newer = bytes;
    newer[0] = 3;
    assert_eq!(History::from_bytes(&newer), Err(BadChange::Malformed(Malformed::Version(3))));
}
