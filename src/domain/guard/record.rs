//! The guard over the free text of a record.

use super::finding::{Finder, Finding, findings};
use super::rules::Severity;
use crate::forms::{Answer, Answers, Field, FieldType, Form};

/// Something found in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Key of the field.
    pub field: String,
    /// What was found in its answer.
    pub finding: Finding,
}

/// Everything that the guard finds in the answers that it reads, by field in the order of the form. Fields
/// that are not kept or not relevant are not read.
#[must_use]
pub fn spots(form: &Form, answers: &Answers, finder: Finder<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (section, field) in form.fields() {
        let read = is_guarded(field) && field.is_relevant(section, answers);
        if let Some(Answer::Text(text)) = answers.get(&field.key)
            && read
            && form.keeps(field, answers)
        {
            let found = findings(text, finder).into_iter();
            spots.extend(found.map(|finding| Spot { field: field.key.clone(), finding }));
        }
    }
    spots
}

/// Whether anything found stands in the way of validating the record.
#[must_use]
pub fn holds_stop(spots: &[Spot]) -> bool {
    spots.iter().any(|spot| spot.finding.severity() == Severity::Stop)
}

fn is_guarded(field: &Field) -> bool {
    match &field.field_type {
        FieldType::Text(rules) | FieldType::LongText(rules) => rules.guard,
        _ => false,
    }
}
