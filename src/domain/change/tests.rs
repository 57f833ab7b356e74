use super::*;

fn key() -> RecordKey {
    RecordKey { kind: "visit".into(), id: RecordId([7; 16]) }
}

fn edit(field: &str, value: Value) -> Edit {
    Edit { field: field.into(), value: Some(value), replaces: vec![ChangeId([1; 16])] }
}

fn change() -> Change {
    let edits = vec![
        edit("summary", "Une belle soirée".into()),
        edit("needs", Value::Texts(vec!["money".into(), "insurance".into()])),
        edit("newer", Value::Unknown { tag: 99, bytes: vec![1, 2] }),
    ];
    Change::new([9; 16], key(), Hlc { millis: 1_700_000_000_000, counter: 3 }, edits).unwrap()
}

#[test]
fn bytes_are_read_back_and_unknown_values_pass_through() {
    let change = change();
    let read = Change::from_bytes(&change.to_bytes()).unwrap();
    assert_eq!(read, change);
    assert!(read.edits().any(|e| e.value == Some(Value::Unknown { tag: 99, bytes: vec![1, 2] })));
}

#[test]
fn every_byte_counts_in_the_id() {
    let bytes = change().to_bytes();
    for position in 0..bytes.len() {
        let mut other = bytes.clone();
        other[position] ^= 1;
        if let Ok(read) = Change::from_bytes(&other) {
            assert_ne!(read.id(), change().id(), "byte {position}");
        }
    }
}

#[test]
fn one_edit_per_field_and_at_least_one() {
    let twice = vec![edit("a", Value::Int(1)), edit("a", Value::Int(2))];
    assert_eq!(Change::new([0; 16], key(), Hlc::default(), twice), Err(BadChange::FieldTwice));
    assert_eq!(Change::new([0; 16], key(), Hlc::default(), vec![]), Err(BadChange::NoEdits));
}

#[test]
fn redacting_keeps_the_id_and_leaves_nothing_of_the_text_or_its_salt() {
    let whole = change();
    let redacted = whole.redacted(|edit| edit.field == "summary");
    assert_eq!(redacted.id(), whole.id());
    assert_eq!(redacted.edits().count(), 2);
    let bytes = redacted.to_bytes();
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(!has("belle".as_bytes()));
    assert!(!has(&[9; 16]));
    let read = Change::from_bytes(&bytes).unwrap();
    assert_eq!((read.id(), read), (whole.id(), redacted));
    assert_eq!(whole.redacted(|_| false), whole);
}

#[test]
fn the_stored_form_is_pinned() {
    let hex: String = change().to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    insta::assert_snapshot!("change_v1", format!("{}\n{hex}", change().id()));
    let redacted = change().redacted(|edit| edit.field == "summary").to_bytes();
    let hex: String = redacted.iter().map(|byte| format!("{byte:02x}")).collect();
    insta::assert_snapshot!("change_v2_redacted", hex);
}
