//! Conditions over the answers.

use super::super::*;
use super::{answers, code, codes, text};

fn equals(field: &str, value: &str) -> Expression {
    Expression::Equals { field: field.into(), value: value.into() }
}

fn not_equals(field: &str, value: &str) -> Expression {
    Expression::NotEquals { field: field.into(), value: value.into() }
}

fn any_of(field: &str, codes: &[&str]) -> Expression {
    let codes = codes.iter().map(|code| (*code).to_owned()).collect();
    Expression::AnyOf { field: field.into(), codes }
}

fn starts_with(field: &str, prefix: &str) -> Expression {
    Expression::StartsWith { field: field.into(), prefix: prefix.into() }
}

fn answered(field: &str) -> Expression {
    Expression::Answered(field.into())
}

fn check(expression: &Expression, holds: bool) {
    let held = answers([
        ("consent", code("yes")),
        ("nights", Answer::Int(12)),
        ("card", Answer::Bool(true)),
        ("effects", codes(&["fatigue", "cost"])),
        ("place", code("be:21015")),
        ("blank", text("  ")),
    ]);
    assert_eq!(expression.holds(&held), holds, "{expression:?}");
}

#[test]
fn comparisons() {
    check(&equals("consent", "yes"), true);
    check(&equals("consent", "no"), false);
    check(&equals("nights", "12"), true);
    check(&equals("card", "true"), true);
    check(&equals("effects", "cost"), true);
    check(&not_equals("consent", "no"), true);
    check(&not_equals("consent", "yes"), false);
    check(&any_of("effects", &["x", "fatigue"]), true);
    check(&any_of("effects", &["x"]), false);
    check(&starts_with("place", "be:21"), true);
    check(&starts_with("place", "fr:"), false);
}

#[test]
fn a_field_without_an_answer_equals_nothing() {
    check(&equals("absent", ""), false);
    check(&not_equals("absent", "no"), true);
    check(&any_of("absent", &[""]), false);
    check(&answered("absent"), false);
    check(&answered("blank"), false);
    check(&answered("nights"), true);
}

#[test]
fn combinations() {
    let (yes, no) = (|| answered("nights"), || answered("absent"));
    check(&Expression::And(vec![]), true);
    check(&Expression::Or(vec![]), false);
    check(&Expression::And(vec![yes(), no()]), false);
    check(&Expression::Or(vec![no(), yes()]), true);
    check(&Expression::Not(Box::new(no())), true);
}

#[test]
fn it_names_the_fields_it_reads() {
    let either = Expression::Or(vec![answered("a"), equals("b", "1")]);
    assert_eq!(Expression::Not(Box::new(either)).fields(), ["a", "b"]);
}
