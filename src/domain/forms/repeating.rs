//! A finished record as the start of a new one.

use super::answer::{Answer, Answers};
use super::answering::initial_answers;
use super::civil_date::CivilDate;
use super::document::{Field, Form};
use super::field_type::FieldType;

/// The answers that a new record begins with when it repeats one with these answers.
///
/// What is chosen from a list in the open sections is kept: people only change what is different this time.
/// What was said or counted that day is asked anew: consent, dates, numbers, texts, all of the folded
/// sections and whatever the program fills.
#[must_use]
pub fn repeated_answers(form: &Form, answers: &Answers, today: CivilDate) -> Answers {
    let mut repeated = initial_answers(form, today);
    let by_consent = consent_keys(form);
    for (section, field) in form.fields() {
        let asked_anew =
            section.folded || field.automatic || by_consent.contains(&field.key.as_str());
        if !asked_anew
            && is_choice(field)
            && let Some(answer) = answers.get(&field.key)
        {
            repeated.insert(field.key.clone(), answer.clone());
        }
    }
    // How exact a number is goes with the number.
    for (_, field) in form.fields() {
        let asked_with = field.asked_with.as_ref().and_then(|key| form.field(key));
        if asked_with.is_some_and(|question| !is_choice(question)) {
            repeated.remove(&field.key);
        }
    }
    repeated.retain(|_, answer| *answer != Answer::Codes(Vec::new()));
    repeated
}

fn is_choice(field: &Field) -> bool {
    !matches!(
        field.field_type,
        FieldType::Text(_)
            | FieldType::LongText(_)
            | FieldType::Integer(_)
            | FieldType::Date(_)
            | FieldType::Consent(_)
    )
}

/// Every field that a question of consent answers, its own among them.
fn consent_keys(form: &Form) -> Vec<&str> {
    let mut keys = Vec::new();
    for (_, field) in form.fields() {
        if let FieldType::Consent(rules) = &field.field_type {
            keys.extend([field.key.as_str(), rules.version_field.as_str()]);
            let assigned = rules.options.iter().flat_map(|option| option.assigns.iter());
            keys.extend(assigned.map(|(key, _)| key.as_str()));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::visit_form;

    #[test]
    fn choices_stay_and_what_was_said_that_day_is_asked_anew() {
        let text = |text: &str| Answer::Text(text.to_owned());
        let code = |code: &str| Answer::Code(code.to_owned());
        let before: Answers = [
            ("initiative_id", Answer::Reference("00000000-0000-4000-8000-000000000001".to_owned())),
            ("visited_on", text("2026-10-01")),
            ("consent_record", code("yes")),
            ("consent_share", code("network")),
            ("consent_text_version", text("2026-11-fr")),
            ("consent_quote", code("yes")),
            ("hosting_status", code("hosting_now")),
            ("person_nights_30d", Answer::Int(42)),
            ("person_nights_precision", code("exact")),
            ("effect_group", Answer::Int(2)),
            ("effects", Answer::Codes(vec!["fatigue".to_owned()])),
            ("summary", text("Ce jour-là")),
            ("form_seconds", Answer::Int(90)),
        ]
        .map(|(key, answer)| (key.to_owned(), answer))
        .into();
        let known = before.keys().filter(|key| visit_form().field(key).is_none());
        assert_eq!(known.collect::<Vec<_>>(), Vec::<&String>::new(), "fields of the form");

        let today = "2026-11-24".parse().unwrap();
        let repeated = repeated_answers(visit_form(), &before, today);
        let kept = ["initiative_id", "hosting_status", "effect_group", "effects"];
        for key in kept {
            assert_eq!(repeated.get(key), before.get(key), "{key}");
        }
        let begun_with = [("visited_on", text("2026-11-24")), ("consent_quote", code("no"))];
        for (key, answer) in &begun_with {
            assert_eq!(repeated.get(*key), Some(answer), "{key}");
        }
        let anew: Vec<_> = before
            .keys()
            .filter(|key| !kept.contains(&key.as_str()))
            .filter(|key| begun_with.iter().all(|(begun, _)| begun != key))
            .filter(|key| repeated.contains_key(*key))
            .collect();
        assert_eq!(anew, Vec::<&String>::new());
    }
}
