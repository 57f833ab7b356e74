//! The invented records, as answers to the product's own forms.

use anyhow::{Context, Result};
use domain::forms::{Answer, Answers, FieldType as F, Form, set_answer};
use serde_json::Value;

const OBSERVATIONS: &str = include_str!("observations.json");

/// All invented records, by entity.
pub(crate) fn all() -> Result<Value> {
    serde_json::from_str(OBSERVATIONS).context("The demo's records are no JSON")
}

/// A record's answers; what the form does not ask stays out.
pub(crate) fn answers(form: &Form, record: &Value) -> Answers {
    let mut answers = Answers::new();
    for (_, field) in form.fields() {
        if let Some(answer) = record.get(&field.key).and_then(|v| answer(&field.field_type, v)) {
            // An answer of another kind than the field's is refused and stays out.
            set_answer(field, &mut answers, Some(answer));
        }
    }
    answers
}

fn answer(field: &F, value: &Value) -> Option<Answer> {
    let text = || value.as_str().map(str::to_owned);
    Some(match field {
        F::Text(_) | F::LongText(_) | F::Date(_) => Answer::Text(text()?),
        F::Integer(_) | F::Scale5(_) => Answer::Int(value.as_i64()?),
        F::Choice(_) | F::Consent(_) | F::Place => Answer::Code(text()?),
        F::TriState => Answer::Bool(value.as_bool()?),
        F::Reference(_) => Answer::Reference(text()?),
        F::Choices(_) | F::OrderedChoices(_) | F::References(_) => {
            let codes = value.as_array()?.iter();
            Answer::Codes(codes.filter_map(|code| code.as_str().map(str::to_owned)).collect())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::forms::{CivilDate, Occasion, has_errors, initiative_form, validate, visit_form};

    #[test]
    fn every_invented_record_is_valid() {
        let all = all().unwrap();
        let today: CivilDate = "2026-11-22".parse().unwrap();
        for (entity, form) in [("initiatives", initiative_form()), ("visits", visit_form())] {
            let records = all[entity].as_array().unwrap();
            assert_eq!(records.len(), 10);
            for record in records {
                let answers = answers(form, record);
                assert!(answers.len() > 4, "{record}");
                let problems = validate(form, &answers, today, Occasion::Finishing);
                assert!(!has_errors(&problems), "{problems:?}");
            }
        }
    }
}
