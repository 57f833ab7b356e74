//! Answers to registers and back.

use super::super::*;
use super::{answers, code, codes, complete_visit, text};
use RegisterValue as V;

fn registers<const N: usize>(entries: [(&str, V); N]) -> Registers {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[test]
fn each_kind_of_answer_has_its_registers() {
    let mut held = answers([
        ("consent_record", code("yes")),
        ("effects", codes(&["fatigue", "participation"])),
        ("needs", codes(&["works", "health"])),
        ("effect_group", Answer::Int(-1)),
        ("wants_contact", Answer::Bool(false)),
        ("initiative_id", Answer::Reference("5f0c".into())),
        ("summary", text("=1+1")),
    ]);
    let expected = registers([
        ("consent_record", V::Text("yes".into())),
        ("effects/fatigue", V::Bool(true)),
        ("effects/participation", V::Bool(true)),
        ("needs", V::Texts(vec!["works".into(), "health".into()])),
        ("effect_group", V::Int(-1)),
        ("wants_contact", V::Bool(false)),
        ("initiative_id", V::Text("5f0c".into())),
        ("summary", V::Text("=1+1".into())),
    ]);
    assert_eq!(to_registers(visit_form(), &held), expected);
    let read = from_registers(visit_form(), &expected);
    assert_eq!(read, FromRegisters { answers: held.clone(), rest: Registers::new() });
    held.insert("summary".into(), text(" "));
    assert!(!to_registers(visit_form(), &held).contains_key("summary"));
}

#[test]
fn a_refusal_keeps_the_date_and_the_refusal_alone() {
    let mut held = complete_visit();
    held.insert("summary".into(), text("Bon accueil"));
    held.insert("consent_text_version".into(), text("2026-11-fr"));
    held.insert("form_seconds".into(), Answer::Int(12));
    held.insert("consent_record".into(), code("no"));
    assert!(visit_form().is_refused(&held));
    let expected = registers([
        ("consent_record", V::Text("no".into())),
        ("visited_on", V::Text("2026-11-22".into())),
    ]);
    assert_eq!(to_registers(visit_form(), &held), expected);
}

#[test]
fn answers_that_are_not_relevant_are_left_out() {
    let mut held = complete_visit();
    held.insert("consent_quote".into(), code("no"));
    assert!(!to_registers(visit_form(), &held).contains_key("consent_quote"));
    held.insert("quote".into(), text("On se parle à table."));
    assert!(to_registers(visit_form(), &held).contains_key("consent_quote"));
    let named = |listing| {
        let held = answers([("consent_listing", code(listing)), ("public_name", text("La Cour"))]);
        to_registers(initiative_form(), &held).contains_key("public_name")
    };
    assert!(named("named"));
    assert!(!named("anonymous"));
}

#[test]
fn what_this_version_does_not_know_is_kept() {
    let strange = registers([
        ("colour", V::Text("blue".into())),
        ("colours/blue", V::Bool(true)),
        ("effects", V::Texts(vec!["fatigue".into()])),
        ("effects/fatigue", V::Int(1)),
        ("effects/participation", V::Bool(false)),
        ("effect_group", V::Text("high".into())),
        ("summary/2", V::Bool(true)),
        ("needs", V::Bool(true)),
    ]);
    let read = from_registers(visit_form(), &strange);
    assert_eq!(read, FromRegisters { answers: Answers::new(), rest: strange });

    let newer = registers([
        ("effects/zeal", V::Bool(true)),
        ("hosting_status", V::Text("seasonal".into())),
        ("needs", V::Texts(vec!["sleep".into(), "works".into()])),
    ]);
    let read = from_registers(visit_form(), &newer);
    assert_eq!(read.rest, Registers::new());
    assert_eq!(to_registers(visit_form(), &read.answers), newer);
}

#[test]
fn edits_are_only_what_changed() {
    let before = registers([
        ("effects/fatigue", V::Bool(true)),
        ("effects/participation", V::Bool(true)),
        ("effect_group", V::Int(1)),
    ]);
    let after = registers([
        ("effects/fatigue", V::Bool(true)),
        ("effects/new_hosts", V::Bool(true)),
        ("effect_group", V::Int(2)),
    ]);
    let edits: Vec<_> = register_edits(&before, &after).into_iter().collect();
    let expected = [
        ("effect_group".to_owned(), Some(V::Int(2))),
        ("effects/new_hosts".to_owned(), Some(V::Bool(true))),
        ("effects/participation".to_owned(), None),
    ];
    assert_eq!(edits, expected);
    assert!(register_edits(&after, &after).is_empty());
}

#[test]
fn a_register_leads_to_its_field() {
    let check = |name: &str, key: Option<&str>| {
        let found = field_of_register(visit_form(), name).map(|field| field.key.as_str());
        assert_eq!(found, key, "{name}");
    };
    check("effects/fatigue", Some("effects"));
    check("effects", None);
    check("needs", Some("needs"));
    check("needs/works", None);
    check("summary", Some("summary"));
    check("colour", None);
}
