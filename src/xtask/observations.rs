//! The invented records, as answers to the product's own forms: what the demo campaign is filled with, and
//! what the training mode shows.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use domain::change::Value as Field;
use domain::forms::{
    Answer, Answers, FieldType as F, Form, Registers, initiative_form, register_edits, set_answer,
    to_registers, visit_form,
};
use serde_json::Value;

const OBSERVATIONS: &str = include_str!("observations.json");

/// By the ids of the file: the ids of the records that were made.
pub(crate) type Made = BTreeMap<String, String>;

/// The invented collectives and visits, each with its form, in an order in which references lead back.
pub(crate) fn records() -> Result<Vec<(&'static Form, Value)>> {
    let all = all()?;
    let of = |entity: &str, form| {
        let records = all[entity].as_array().cloned().unwrap_or_default();
        records.into_iter().map(move |record| (form, record))
    };
    Ok(of("initiatives", initiative_form()).chain(of("visits", visit_form())).collect())
}

/// The id of a record in the file.
pub(crate) fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_default().to_owned()
}

/// A record's fields as the app saves them, its references to records that were `made`; what the form does not
/// ask stays out.
pub(crate) fn fields(
    form: &Form,
    record: &Value,
    made: &Made,
) -> impl Iterator<Item = (String, Field)> {
    let mut answers = answers(form, record);
    refer(&mut answers, made);
    let edits = register_edits(&Registers::new(), &to_registers(form, &answers));
    edits.into_iter().filter_map(|(name, value)| Some((name, Field::from(value?))))
}

fn all() -> Result<Value> {
    serde_json::from_str(OBSERVATIONS).context("The demo's records are no JSON")
}

fn answers(form: &Form, record: &Value) -> Answers {
    let mut answers = Answers::new();
    // What coordinators decide is no volunteer's to write.
    for (_, field) in form.fields().filter(|(_, field)| !field.coordinators) {
        if let Some(answer) = record.get(&field.key).and_then(|v| answer(&field.field_type, v)) {
            // An answer of another kind than the field's is refused and stays out.
            set_answer(field, &mut answers, Some(answer));
        }
    }
    answers
}

/// References to the file's ids become references to the records just made.
fn refer(answers: &mut Answers, made: &Made) {
    for answer in answers.values_mut() {
        if let Answer::Reference(id) = answer
            && let Some(created) = made.get(id)
        {
            id.clone_from(created);
        }
    }
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
    use domain::forms::{CivilDate, Occasion, has_errors, validate};

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
