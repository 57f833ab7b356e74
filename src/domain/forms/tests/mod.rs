//! Tests of the built-in documents and of everything that works on any form.

mod answering;
mod documents;
mod parsing;
mod records;
mod registers;
mod validation;

use super::{Answer, Answers, CivilDate, Field, Form, initiative_form, visit_form};

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
