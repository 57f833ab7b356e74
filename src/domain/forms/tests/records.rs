//! Invented records of the demo data and the nasty cases, through the whole of the module.

use serde_json::Value;

use super::super::*;
use super::today;

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
        assert!(set_answer(field, &mut answers, Some(answer)), "{}", field.key);
    }
    answers
}

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("records.json")).unwrap()
}

#[test]
fn each_record_has_the_problems_it_should_have() {
    for case in cases() {
        let form = form_for(case["form"].as_str().unwrap()).unwrap();
        let answers = answers_of(form, &case["record"]);
        let problems = validate(form, &answers, today(), Occasion::Finishing);
        let told: Value =
            problems.iter().map(|p| format!("{} {}", p.field, p.code.as_str())).collect();
        assert_eq!(told, case["problems"], "{}", case["name"]);
    }
}

#[test]
fn each_record_survives_its_registers_but_for_what_a_refusal_drops() {
    for case in cases() {
        let form = form_for(case["form"].as_str().unwrap()).unwrap();
        let mut answers = answers_of(form, &case["record"]);
        if case["record"]["consent_record"] == "no" {
            answers.retain(|key, _| key == "visited_on" || key == "consent_record");
        }
        let read = from_registers(form, &to_registers(form, &answers));
        assert_eq!(read, FromRegisters { answers, rest: Registers::new() }, "{}", case["name"]);
    }
}

#[test]
fn direction_controls_do_not_reach_the_record() {
    let summary = super::visit_field("summary");
    let mut answers = Answers::new();
    set_answer(summary, &mut answers, Some(super::text("Texte normal \u{202E} esrevni")));
    assert_eq!(answers["summary"], super::text("Texte normal  esrevni"));
}
