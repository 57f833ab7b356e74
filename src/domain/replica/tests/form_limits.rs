//! What the forms' limits promise: whatever a person may write into a form fits one bundle.

use super::*;
use crate::bundle::{Audience, Bundle, MAX_CHANGES};
use crate::change::{Change, Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::forms::{Field, FieldType, Form, initiative_form, text_length, visit_form};
use crate::ids::{ChangeId, RecordId};
use crate::keys::random;
use crate::roster::Role;
use crate::testing::{Camp, SeededRandom};

/// More disagreeing edits of one field than people ever make.
const HEADS: usize = 16;
/// A form does not limit how many records are referred to; nobody taps this many.
const REFERENCES: usize = 200;

/// As many bytes as so many seen characters can have: sixteen code points of four bytes each.
fn longest(max: usize, dice: &mut SeededRandom) -> String {
    let mut text = String::new();
    for _ in 0..max {
        text.push(char::from_u32(0x1D400 + u32::from(random::<1>(dice)[0])).unwrap());
        (0..15).for_each(|_| {
            let mark = 0xE0100 + u32::from(random::<1>(dice)[0]) % 0xF0;
            text.push(char::from_u32(mark).unwrap());
        });
    }
    assert_eq!((text_length(&text), text.len()), (max, max * 64));
    text
}

fn registers(form: &Form, field: &Field, dice: &mut SeededRandom) -> Vec<(String, Value)> {
    let key = field.key.clone();
    let codes = || form.choices(field).iter().map(|choice| choice.code.clone());
    let per_option = |options: Vec<String>| {
        let name = |option: String| (format!("{}/{option}", field.key), Value::Bool(true));
        options.into_iter().map(name).collect()
    };
    match &field.field_type {
        FieldType::Text(rules) | FieldType::LongText(rules) => {
            vec![(key, Value::Text(longest(rules.max, dice)))]
        }
        FieldType::Choices(_) => per_option(codes().collect()),
        FieldType::References(_) => {
            let id = |_| RecordId(random(dice)).uuid();
            per_option((0..REFERENCES).map(id).collect())
        }
        FieldType::OrderedChoices(_) => vec![(key, Value::Texts(codes().collect()))],
        FieldType::Integer(_) | FieldType::Scale5(_) => vec![(key, Value::Int(i64::MIN))],
        FieldType::TriState => vec![(key, Value::Bool(true))],
        FieldType::Date(_)
        | FieldType::Choice(_)
        | FieldType::Reference(_)
        | FieldType::Place
        | FieldType::Consent(_) => vec![(key, Value::Text("x".repeat(64)))],
    }
}

fn fullest(form: &Form, camp: &mut Camp) -> Change {
    let dice = &mut camp.rng;
    let fields: Vec<_> = form.fields().flat_map(|(_, f)| registers(form, f, dice)).collect();
    let edits = fields.into_iter().map(|(field, value)| {
        let replaces = (0..HEADS).map(|_| ChangeId(random(dice))).collect();
        Edit { field, value: Some(value), replaces }
    });
    let edits = edits.collect();
    let record = RecordKey { kind: form.record_kind.clone(), id: RecordId(random(dice)) };
    Change::new(random(dice), record, Hlc { millis: u64::MAX, counter: u32::MAX }, edits).unwrap()
}

#[test]
fn the_fullest_form_with_a_quarrel_in_every_field_fits_one_bundle() {
    let mut camp = Camp::new(20);
    let mina = camp.join(Role::Volunteer);
    for form in [visit_form(), initiative_form()] {
        let change = fullest(form, &mut camp);
        let length = change.to_bytes().len();
        assert!(length + 64 <= MAX_CHANGES, "{}: {length} bytes", form.key);
        let (audience, owner) = (Audience::Restricted, Some(mina.member));
        let unsent = [Unsent { change, audience, owner }];
        let ring = mina.ring(&camp.line);
        let packing = pack(&unsent, &camp.line, &ring, Tips::default(), &mut camp.rng);
        assert!(packing.stuck.is_empty());
        assert_eq!(packing.packed.len(), 1);
        let bundle = Bundle::read(&packing.packed[0].sealed.bytes).unwrap();
        let key = ring.bundle_key(&bundle, &packing.packed[0].sealed.wraps).unwrap();
        assert_eq!(bundle.open(&key).unwrap()[0].change, unsent[0].change.to_bytes());
    }
}
