//! Tests of the built-in documents and of everything that works on any form.

mod answering;
mod documents;
mod edge_cases;

mod expressions;
mod model;
mod parsing;
mod records;
mod registers;
mod validation;

use serde_json::Value;

use super::{
    Answer, Answers, CivilDate, Field, FieldType, Form, Taken, initiative_form, set_answer,
    visit_form,
};

/// The day on which the tests happen.
fn today() -> CivilDate {
    CivilDate::new(2026, 11, 22).unwrap()
}

fn field<'a>(form: &'a Form, key: &str) -> &'a Field {
    form.field(key).unwrap()
}

fn visit_field(key: &str) -> &'static Field {
    field(visit_form(), key)
}

fn initiative_field(key: &str) -> &'static Field {
    field(initiative_form(), key)
}

fn text(text: &str) -> Answer {
    Answer::Text(text.into())
}

fn code(code: &str) -> Answer {
    Answer::Code(code.into())
}

fn codes(codes: &[&str]) -> Answer {
    Answer::Codes(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn answers<const N: usize>(entries: [(&str, Answer); N]) -> Answers {
    entries.into_iter().map(|(key, answer)| (key.to_owned(), answer)).collect()
}

/// The answers that a record of the data model stands for.
fn answers_of(form: &Form, record: &Value) -> Answers {
    let mut answers = Answers::new();
    for (_, field) in form.fields() {
        use FieldType as F;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let value = &record[&field.key];
        if value.is_null() {
            continue;
        }
        let answer = match &field.field_type {
            F::Text(_) | F::LongText(_) | F::Date(_) => Answer::Text(text(value)),
            F::Integer(_) | F::Scale5(_) => Answer::Int(value.as_i64().unwrap()),
            F::Choice(_) | F::Consent(_) | F::Place => Answer::Code(text(value)),
            F::TriState => Answer::Bool(value.as_bool().unwrap()),
            F::Reference(_) => Answer::Reference(text(value)),
            F::Choices(_) | F::OrderedChoices(_) | F::References(_) => {
                Answer::Codes(value.as_array().unwrap().iter().map(text).collect())
            }
        };
        assert_ne!(set_answer(field, &mut answers, Some(answer)), Taken::Refused, "{}", field.key);
    }
    answers
}

/// The answers of a visit that lacks nothing.
fn complete_visit() -> Answers {
    answers([
        ("initiative_id", Answer::Reference("5f0c".into())),
        ("visited_on", text("2026-11-22")),
        ("consent_record", code("yes")),
        ("consent_share", code("network")),
        ("hosting_status", code("paused")),
        ("person_nights_30d", Answer::Int(0)),
        ("person_nights_precision", code("exact")),
    ])
}
