//! The built-in documents against the data model that they follow.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::*;
use super::today;

/// Kept by the change log or by the guard, asked by no form.
const NOT_IN_FORMS: [&str; 5] = ["id", "created_at", "updated_at", "author_id", "pii_flags"];

fn model() -> Value {
    serde_json::from_str(include_str!("../data-model.json")).unwrap()
}

fn forms() -> [&'static Form; 2] {
    [visit_form(), initiative_form()]
}

fn entity(form: &Form) -> Vec<Value> {
    let model = model();
    let entities = model["entities"].as_array().unwrap();
    let found = entities.iter().find(|entity| entity["name"] == form.record_kind.as_str());
    found.unwrap()["fields"].as_array().unwrap().clone()
}

/// The JSON Schema of a property, without the alternative "null".
fn schema(form: &Form, key: &str) -> Value {
    let property = model()["schemas"][&form.record_kind]["properties"][key].clone();
    property.get("anyOf").map_or(property.clone(), |alternatives| alternatives[0].clone())
}

#[test]
fn documents_say_nothing_that_is_not_read() {
    for (form, json) in
        forms().into_iter().zip([include_str!("../visit.json"), include_str!("../initiative.json")])
    {
        let source: Value = serde_json::from_str(json).unwrap();
        let document = Form { lists: CodeLists::new(), ..form.clone() };
        assert_eq!(serde_json::to_value(&document).unwrap(), source, "{}", form.key);
        assert_eq!(form_for(&form.record_kind), Some(form));
    }
    assert_eq!(form_for("practice"), None);
}

#[test]
fn forms_and_entities_have_the_same_fields() {
    for form in forms() {
        let asked: BTreeSet<String> = form.fields().map(|(_, field)| field.key.clone()).collect();
        let keys = entity(form).into_iter().map(|field| field["key"].as_str().unwrap().to_owned());
        let kept: BTreeSet<String> =
            keys.filter(|key| !NOT_IN_FORMS.contains(&key.as_str())).collect();
        assert_eq!(asked, kept, "{}", form.key);
    }
}

#[test]
fn labels_help_classes_and_duties_are_the_entitys() {
    for form in forms() {
        for row in entity(form) {
            let Some(field) = form.field(row["key"].as_str().unwrap()) else { continue };
            let at = format!("{} {}", form.key, field.key);
            assert_eq!(serde_json::to_value(&field.label).unwrap(), row["label"], "{at}");
            let help = field.help.as_ref().map_or("—", |help| help.get(Language::Fr));
            assert_eq!(help, row["help_fr"], "{at}");
            assert_eq!(serde_json::to_value(field.privacy).unwrap(), row["privacy"], "{at}");
            assert_eq!(field.required, row["required"] == "yes", "{at}");
            assert_eq!(field.automatic, row["required"] == "auto", "{at}");
        }
    }
}

#[test]
fn types_are_the_entitys() {
    for form in forms() {
        for row in entity(form) {
            let Some(field) = form.field(row["key"].as_str().unwrap()) else { continue };
            let at = format!("{} {}", form.key, field.key);
            let ordered = row["rule"].as_str().unwrap().contains("ordered");
            use FieldType as F;
            let fits = match row["type"].as_str().unwrap() {
                "text" => matches!(field.field_type, F::Text(_) | F::LongText(_) | F::Place),
                "int" => matches!(field.field_type, F::Integer(_) | F::Scale5(_)),
                "date" => matches!(field.field_type, F::Date(_)),
                "bool" => field.field_type == F::TriState,
                "uuid" => matches!(field.field_type, F::Reference(_)),
                "list" => matches!(field.field_type, F::References(_)),
                "code" => matches!(field.field_type, F::Choice(_) | F::Consent(_)),
                "codes" if ordered => matches!(field.field_type, F::OrderedChoices(_)),
                "codes" => matches!(field.field_type, F::Choices(_)),
                _ => false,
            };
            assert!(fits, "{at}: {}", row["type"]);
        }
    }
}

#[test]
fn limits_are_the_schemas() {
    for form in forms() {
        for (_, field) in form.fields() {
            let schema = schema(form, &field.key);
            let at = format!("{} {}: {schema}", form.key, field.key);
            let limit = |name: &str| schema[name].as_i64();
            match &field.field_type {
                FieldType::Text(rules) | FieldType::LongText(rules) => {
                    if let Some(max) = limit("maxLength") {
                        assert_eq!(Some(max), i64::try_from(rules.max).ok(), "{at}");
                    }
                }
                FieldType::Integer(rules) if !field.automatic => {
                    let limits = (limit("minimum"), limit("maximum"));
                    assert_eq!((rules.min, rules.max), limits, "{at}");
                }
                FieldType::Scale5(_) => {
                    assert_eq!((limit("minimum"), limit("maximum")), (Some(-2), Some(2)), "{at}");
                }
                FieldType::Choices(rules) | FieldType::OrderedChoices(rules) => {
                    let max = rules.max.and_then(|max| i64::try_from(max).ok());
                    assert_eq!(max, limit("maxItems"), "{at}");
                    assert_eq!(codes_of(form, field), schema["items"]["enum"], "{at}");
                }
                FieldType::Choice(_) | FieldType::Consent(_) => {
                    assert_eq!(codes_of(form, field), schema["enum"], "{at}");
                }
                _ => {}
            }
        }
    }
}

fn codes_of(form: &Form, field: &Field) -> Value {
    form.choices(field).iter().map(|choice| choice.code.as_str()).collect()
}

#[test]
fn rules_in_words_are_kept() {
    let rule = |form: &Form, key: &str| {
        let row = entity(form).into_iter().find(|row| row["key"] == key).unwrap();
        row["rule"].as_str().unwrap().to_owned()
    };
    let (visit, initiative) = (visit_form(), initiative_form());
    let check = |form: &Form, key: &str, words: &str, kept: bool| {
        assert!(rule(form, key).contains(words), "{key} {words}");
        assert!(kept, "{key} {words}");
    };
    let exclusive = |form: &Form, key: &str| match &form.field(key).unwrap().field_type {
        FieldType::Choices(rules) | FieldType::OrderedChoices(rules) => rules.exclusive.clone(),
        _ => vec![],
    };
    let starts_with = |form: &Form, key: &str| initial_answers(form, today()).get(key).cloned();
    let guarded = |form: &Form, key: &str| match &form.field(key).unwrap().field_type {
        FieldType::Text(rules) | FieldType::LongText(rules) => rules.guard,
        _ => false,
    };
    let effects = exclusive(visit, "effects") == ["none_observed"];
    check(visit, "effects", "none_observed excludes others", effects);
    check(visit, "needs", "none excludes others", exclusive(visit, "needs") == ["none"]);
    let no = Some(Answer::Code("no".into()));
    check(visit, "consent_quote", "default no", starts_with(visit, "consent_quote") == no);
    let none = Some(Answer::Code("none".into()));
    let listing = starts_with(initiative, "consent_listing") == none;
    check(initiative, "consent_listing", "default none", listing);
    for (form, key) in
        [(visit, "summary"), (visit, "quote"), (visit, "coordinator_note"), (initiative, "alias")]
    {
        check(form, key, "PII guard", guarded(form, key));
    }
    let FieldType::Integer(seconds) = &visit.field("form_seconds").unwrap().field_type else {
        panic!("the duration is a number")
    };
    let hours = (seconds.min, seconds.max) == (Some(0), Some(7200));
    check(visit, "form_seconds", "0–7200", hours);
    let FieldType::Text(alias) = &initiative.field("alias").unwrap().field_type else {
        panic!("the alias is a text")
    };
    check(initiative, "alias", "2–40 chars", (alias.min, alias.max) == (Some(2), 40));
}

#[test]
fn code_lists_are_the_models_word_for_word() {
    let mut lists = built_in_lists().unwrap();
    let scale = lists.remove("effect_scale").unwrap();
    assert_eq!(scale.len(), 6, "five points and not said, which the model leaves to the screen");
    assert_eq!(serde_json::to_value(&lists).unwrap(), model()["codes"]);
    for list in lists.keys() {
        let used = forms().iter().any(|form| form.lists.contains_key(list));
        assert!(used, "no form draws from {list}");
    }
}

#[test]
fn everything_is_said_in_three_languages() {
    let mut labels: Vec<&Label> = Vec::new();
    for form in forms() {
        labels.push(&form.label);
        labels.extend(form.sections.iter().map(|section| &section.label));
        labels.extend(form.lists.values().flatten().map(|choice| &choice.label));
        for (_, field) in form.fields() {
            labels.extend(
                [Some(&field.label), field.question.as_ref(), field.help.as_ref()]
                    .into_iter()
                    .flatten(),
            );
            if let FieldType::Consent(rules) = &field.field_type {
                labels.push(&rules.script.text);
                labels.extend(rules.options.iter().map(|option| &option.label));
            }
        }
    }
    assert!(labels.len() > 250);
    for label in labels {
        for text in [Some(&label.fr), label.nl.as_ref(), label.en.as_ref()] {
            assert!(text.is_some_and(|text| !text.trim().is_empty()), "{label:?}");
        }
    }
}

#[test]
fn the_visit_asks_ten_questions_first() {
    let sections = visible_sections(visit_form(), &initial_answers(visit_form(), today()));
    let asked: Vec<_> =
        sections[0].questions.iter().map(|field| field.question(Language::Fr)).collect();
    assert_eq!(
        asked,
        [
            "Quel collectif ?",
            "Quand ?",
            "Le collectif accepte que je note cette visite",
            "Où en est l’accueil ?",
            "Nuitées des 30 derniers jours",
            "Effet sur le groupe",
            "Effet sur le quartier",
            "Quels effets ?",
            "De quoi le collectif a-t-il besoin ?",
            "En une phrase",
        ]
    );
    let folded: Vec<bool> = sections.iter().map(|visible| visible.section.folded).collect();
    assert_eq!(folded, [false, true, true, true, true]);
}

#[test]
fn a_collective_takes_three_answers() {
    let form = initiative_form();
    let mut answers = initial_answers(form, today());
    let first = &visible_sections(form, &answers)[0];
    let keys: Vec<_> = first.questions.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["alias", "place_code", "housing_type"]);
    answers.insert("alias".into(), Answer::Text("Les Lampions".into()));
    answers.insert("place_code".into(), Answer::Code("be:21004".into()));
    answers.insert("housing_type".into(), Answer::Code("occupation".into()));
    assert_eq!(validate(form, &answers, today(), Occasion::Finishing), []);
}

#[test]
fn the_network_reads_six_fields_of_a_collective_and_none_of_a_visit() {
    let network = |form: &'static Form| -> Vec<&str> {
        let shared = form.fields().filter(|(_, field)| field.audience == Audience::Network);
        shared.map(|(_, field)| field.key.as_str()).collect()
    };
    assert_eq!(network(visit_form()), [""; 0]);
    let six = ["alias", "place_code", "housing_type", "code", "state", "merged_into"];
    assert_eq!(network(initiative_form()), six);
}
