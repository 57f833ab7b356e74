//! The built-in documents against the data model that they follow.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::*;
use super::today;

/// Kept by the change log, asked by no form.
const NOT_IN_FORMS: [&str; 4] = ["id", "created_at", "updated_at", "author_id"];
/// Of the review, which the data model has in words only.
const NOT_IN_MODEL: [&str; 1] = ["review_reason"];
/// Lists of the forms alone: the data model has these values in words.
const OWN_LISTS: [&str; 7] = [
    "communes",
    "effect_scale",
    "languages",
    "network_role",
    "pii_flags",
    "review_reason",
    "target_type",
];

fn model() -> Value {
    serde_json::from_str(include_str!("data-model.json")).unwrap()
}

/// Each field of each form with its row of the data model.
fn rows() -> Vec<(&'static Form, &'static Field, Value)> {
    let model = model();
    let mut rows = Vec::new();
    for form in built_in_forms() {
        let entities = model["entities"].as_array().unwrap();
        let entity = entities.iter().find(|entity| entity["name"] == form.record_kind.as_str());
        for row in entity.unwrap()["fields"].as_array().unwrap() {
            if let Some(field) = form.field(row["key"].as_str().unwrap()) {
                rows.push((form, field, row.clone()));
            }
        }
    }
    assert_eq!(rows.len(), 111);
    rows
}

/// The JSON Schema of a property, without the alternative "null".
fn schema(form: &Form, key: &str) -> Value {
    let property = model()["schemas"][&form.record_kind]["properties"][key].clone();
    property.get("anyOf").map_or(property.clone(), |alternatives| alternatives[0].clone())
}

fn triple(label: &Label) -> Value {
    let [fr, nl, en] = Language::ALL.map(|language| label.get(language));
    serde_json::json!({"fr": fr, "nl": nl, "en": en})
}

#[test]
fn forms_and_entities_have_the_same_fields() {
    let model = model();
    for entity in model["entities"].as_array().unwrap() {
        let form = form_for(entity["name"].as_str().unwrap()).unwrap();
        let asked: BTreeSet<&str> = form.fields().map(|(_, field)| field.key.as_str()).collect();
        let fields = entity["fields"].as_array().unwrap().iter();
        let mut kept: BTreeSet<&str> = fields.map(|row| row["key"].as_str().unwrap()).collect();
        kept.retain(|key| !NOT_IN_FORMS.contains(key));
        let added: Vec<&str> = asked.difference(&kept).copied().collect();
        let allowed: &[&str] = if form.key == "visit" { &NOT_IN_MODEL } else { &[] };
        assert_eq!(added, allowed, "{}", form.key);
        assert!(kept.is_subset(&asked), "{}: {:?}", form.key, kept.difference(&asked));
    }
}

#[test]
fn labels_help_classes_and_duties_are_the_entitys() {
    for (form, field, row) in rows() {
        let at = format!("{} {}", form.key, field.key);
        assert_eq!(triple(&field.label), row["label"], "{at}");
        let help = field.help.as_ref().map_or("—", |help| help.get(Language::Fr));
        assert_eq!(help, row["help_fr"], "{at}");
        let privacy = Privacy::NAMES.iter().find(|(name, _)| row["privacy"] == *name);
        assert_eq!(Some(field.privacy), privacy.map(|(_, privacy)| *privacy), "{at}");
        assert_eq!(field.required, row["required"] == "yes", "{at}");
        assert_eq!(field.automatic, row["required"] == "auto", "{at}");
    }
}

#[test]
fn types_are_the_entitys() {
    for (form, field, row) in rows() {
        let at = format!("{} {}", form.key, field.key);
        let (rule, ordered) = (row["rule"].as_str().unwrap(), "ordered");
        use FieldType as F;
        let fits = match row["type"].as_str().unwrap() {
            "text" if rule.contains("BCP 47") || rule.contains(" | ") => {
                matches!(field.field_type, F::Choice(_))
            }
            "text" if rule.contains("be:") => field.field_type == F::Place,
            "text" => matches!(field.field_type, F::Text(_) | F::LongText(_)),
            "int" => matches!(field.field_type, F::Integer(_) | F::Scale5(_)),
            "date" => matches!(field.field_type, F::Date(_)),
            "bool" => field.field_type == F::TriState,
            "uuid" => matches!(field.field_type, F::Reference(_)),
            "list" if rule.contains("field:rule") => matches!(field.field_type, F::Choices(_)),
            "list" if rule.contains(" ids") => matches!(field.field_type, F::References(_)),
            "list" => matches!(field.field_type, F::Choices(_)),
            "code" => matches!(field.field_type, F::Choice(_) | F::Consent(_)),
            "codes" if rule.contains(ordered) => matches!(field.field_type, F::OrderedChoices(_)),
            "codes" => matches!(field.field_type, F::Choices(_)),
            _ => false,
        };
        assert!(fits, "{at}: {} {rule}", row["type"]);
        let guarded = match &field.field_type {
            F::Text(rules) | F::LongText(rules) => rules.guard,
            _ => false,
        };
        assert_eq!(guarded, rule.contains("PII guard"), "{at}");
    }
}

#[test]
fn limits_are_the_schemas() {
    for (form, field, _) in rows() {
        let schema = schema(form, &field.key);
        let at = format!("{} {}: {schema}", form.key, field.key);
        let limit = |name: &str| schema[name].as_i64();
        let codes: Value = form.choices(field).iter().map(|choice| choice.code.as_str()).collect();
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
                if let Some(known) = schema["items"].get("enum") {
                    assert_eq!(&codes, known, "{at}");
                }
            }
            // A consent that must be given: no is offered too, and refused.
            FieldType::Choice(_) if schema["const"] == "yes" => {
                assert_eq!(codes, serde_json::json!(["yes", "no"]), "{at}");
                assert_eq!(form.refusal.as_ref().unwrap().keep, [""; 0], "{at}");
            }
            FieldType::Choice(_) | FieldType::Consent(_) => {
                if let Some(known) = schema.get("enum") {
                    assert_eq!(&codes, known, "{at}");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn choices_draw_from_the_list_that_the_entity_names() {
    let model = model();
    for (form, field, row) in rows() {
        let rule = row["rule"].as_str().unwrap();
        let named = rule.split([',', ';', ' ']).next().unwrap();
        if let Some(list) = field.field_type.list()
            && model["codes"].get(named).is_some()
        {
            assert_eq!(list, named, "{} {}", form.key, field.key);
        }
    }
}

#[test]
fn rules_in_words_are_kept() {
    let check = |kind: &str, key: &str, words: &str, kept: &dyn Fn(&Form, &Field) -> bool| {
        let (form, field, row) = rows()
            .into_iter()
            .find(|(form, field, _)| (&*form.key, &*field.key) == (kind, key))
            .unwrap();
        assert!(row["rule"].as_str().unwrap().contains(words), "{kind} {key} {words}");
        assert!(kept(form, field), "{kind} {key} {words}");
    };
    let excludes = |code: &'static str| {
        move |_: &Form, field: &Field| match &field.field_type {
            FieldType::Choices(rules) | FieldType::OrderedChoices(rules) => {
                rules.exclusive == [code]
            }
            _ => false,
        }
    };
    let starts_with = |code: &'static str| {
        move |form: &Form, field: &Field| {
            let held = initial_answers(form, today()).get(&field.key).cloned();
            held == Some(Answer::Code(code.into()))
        }
    };
    check("visit", "effects", "none_observed excludes others", &excludes("none_observed"));
    check("visit", "needs", "none excludes others", &excludes("none"));
    check("visit", "consent_quote", "default no", &starts_with("no"));
    check("initiative", "consent_listing", "default none", &starts_with("none"));
    check("testimony", "consent_quote", "default no", &starts_with("no"));
    check("visit", "form_seconds", "0–7200", &|_, field| {
        let FieldType::Integer(rules) = &field.field_type else { return false };
        (rules.min, rules.max) == (Some(0), Some(7200))
    });
    let text = |field: &Field| match &field.field_type {
        FieldType::Text(rules) => Some((rules.min, rules.max, rules.pattern)),
        _ => None,
    };
    let alias = Some((Some(2), 40, None));
    check("initiative", "alias", "2–40 chars", &|_, field| text(field) == alias);
    let month = Some((None, 7, Some(Pattern::Month)));
    check("testimony", "heard_on", "YYYY-MM", &|_, field| text(field) == month);
    let year = Some((None, 4, Some(Pattern::Year)));
    check("initiative", "hosting_since", "YYYY", &|_, field| text(field) == year);
    let page = Some((None, 200, Some(Pattern::HttpsUrl)));
    check("actor", "website", "https URL", &|_, field| text(field) == page);
    let kept = |_: &Form, field: &Field| field.field_type.list() == Some("communes");
    check("actor", "places", "place_code list", &kept);
}

#[test]
fn every_form_that_offers_none_or_unknown_lets_it_stand_alone() {
    for form in built_in_forms() {
        for (_, field) in form.fields() {
            let FieldType::Choices(rules) = &field.field_type else { continue };
            let alone =
                |choice: &&Choice| matches!(&*choice.code, "none" | "unknown" | "none_observed");
            let expected: Vec<&String> =
                form.choices(field).iter().filter(alone).map(|choice| &choice.code).collect();
            assert_eq!(rules.exclusive.iter().collect::<Vec<_>>(), expected, "{}", field.key);
        }
    }
}

#[test]
fn code_lists_are_the_models_word_for_word_and_each_is_used() {
    let mut lists = built_in_lists();
    for key in lists.keys() {
        let used = built_in_forms().iter().any(|form| form.lists.contains_key(key));
        assert!(used, "no form draws from {key}");
    }
    for key in OWN_LISTS {
        lists.remove(key).unwrap();
    }
    let row = |choice: &Choice| {
        let mut row = triple(&choice.label);
        row["code"] = choice.code.clone().into();
        row
    };
    let told: serde_json::Map<String, Value> =
        lists.iter().map(|(key, list)| (key.clone(), list.iter().map(row).collect())).collect();
    assert_eq!(Value::Object(told), model()["codes"]);
}

#[test]
fn own_lists_say_what_the_model_says_in_words() {
    let codes = |key: &str| {
        let list = built_in_lists().remove(key).unwrap();
        list.into_iter().map(|choice| choice.code).collect::<Vec<_>>().join(" | ")
    };
    for (kind, key, list) in
        [("follow_up", "target_type", "target_type"), ("actor", "network_role", "network_role")]
    {
        let row =
            rows().into_iter().find(|(form, field, _)| (&*form.key, &*field.key) == (kind, key));
        assert_eq!(row.unwrap().2["rule"], codes(list));
    }
    assert_eq!(codes("effect_scale"), "-2 | -1 | 0 | 1 | 2 | not_said");
    let languages = built_in_lists().remove("languages").unwrap();
    for tag in ["fr", "nl", "en", "ar", "ti", "fa"] {
        assert!(languages.iter().any(|choice| choice.code == tag), "{tag}");
    }
}
