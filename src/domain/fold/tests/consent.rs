//! Consent and review, over the forms' own documents: while people disagree the most protective holds.

use super::*;
use crate::forms::{Field, Form, built_in_forms};

fn fields() -> impl Iterator<Item = (&'static Form, &'static Field)> {
    built_in_forms().iter().flat_map(|form| form.fields().map(move |(_, field)| (form, field)))
}

fn guards_a_release(form: &Form, key: &str) -> bool {
    let begins = |prefix: &str| key.starts_with(prefix);
    begins("consent_")
        || begins("review_")
        || key == "hosted_informed"
        || (form.key.as_str(), key) == ("alert", "status")
}

fn told(kind: &str, field: &str, values: [Option<&str>; 2]) -> View {
    let key = RecordKey { kind: kind.into(), ..minas() };
    let mut history = History::new(key.clone());
    for (salt, value) in values.into_iter().enumerate() {
        let value = value.map(Value::from);
        let edit = Edit { field: field.into(), value, replaces: vec![] };
        history.insert(change(salt as u8, &key, 9 - salt as u64, vec![edit]), source(&CAST.second));
    }
    CAST.view(&history)
}

#[test]
fn every_consent_and_review_field_of_every_form_has_an_order_of_exactly_its_codes() {
    let mut covered = BTreeSet::new();
    for (form, field) in fields() {
        let order = protective_order(&form.record_kind, &field.key);
        let at = format!("{} {}", form.key, field.key);
        assert_eq!(order.is_some(), guards_a_release(form, &field.key), "{at}");
        let Some(order) = order else { continue };
        covered.insert(field.key.as_str());
        let codes = form.choices(field).iter().map(|choice| choice.code.as_str());
        let codes: BTreeSet<&str> = codes.collect();
        assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), codes, "{at}");
        assert_eq!(order.len(), codes.len(), "{at}: a code twice");
    }
    assert_eq!(covered.len(), 11, "{covered:?}");
}

#[test]
fn of_any_two_values_the_more_protective_holds_in_either_order() {
    let mut pairs = 0;
    for (form, field) in fields().filter(|(form, field)| guards_a_release(form, &field.key)) {
        let (kind, key) = (form.record_kind.as_str(), field.key.as_str());
        let order = protective_order(kind, key).unwrap();
        for (at, strict) in order.iter().enumerate() {
            for loose in &order[at + 1..] {
                for values in [[Some(*strict), Some(*loose)], [Some(*loose), Some(*strict)]] {
                    let view = told(kind, key, values);
                    assert_eq!(view.text(key), Some(*strict), "{kind} {key} {loose}");
                    assert_eq!(view.conflicts().count(), 1);
                    pairs += 1;
                }
            }
            // What nobody may release on: taken back, or not understood.
            assert_eq!(told(kind, key, [Some(strict), None]).value(key), None, "{kind} {key}");
            let newer = told(kind, key, [Some("of_a_newer_app"), Some(strict)]);
            assert_eq!(newer.text(key), Some("of_a_newer_app"), "{kind} {key}");
        }
    }
    assert_eq!(pairs, 150);
}

#[test]
fn a_collective_about_which_people_disagree_leaves_the_register() {
    let key = RecordKey { kind: "initiative".into(), ..minas() };
    let mut history = History::new(key.clone());
    let first =
        vec![created(SALT), edit("alias", "Le perron", &[]), edit("consent_listing", "named", &[])];
    history.insert(change(1, &key, 1, first), source(&CAST.mina));
    let row = RecordKey { kind: LISTING.into(), ..minas() };
    let mut register = History::new(row.clone());
    let listed = listing_edits(&CAST.view(&history), &CAST.view(&register), None);
    register.insert(change(2, &row, 2, listed), source(&CAST.second));
    assert_eq!(CAST.view(&register).text("alias"), Some("Le perron"));
    let apart = vec![edit("consent_listing", "none", &[])];
    history.insert(change(3, &key, 1, apart), source(&CAST.second));
    let emptied = listing_edits(&CAST.view(&history), &CAST.view(&register), None);
    register.insert(change(4, &row, 3, emptied), source(&CAST.second));
    assert_eq!(CAST.view(&register).value("alias"), None);
}

#[test]
fn the_forms_name_the_coordinators_fields() {
    for (form, field) in fields() {
        let decided = decided_by_coordinators(&form.record_kind, &field.key);
        assert_eq!(field.coordinators, decided, "{} {}", form.key, field.key);
    }
    assert!(decided_by_coordinators("visit", "review_question/a"));
    assert!(!decided_by_coordinators("visit", "clarification/a"));
    assert!(!decided_by_coordinators("follow_up", "status"));
}

#[test]
fn what_a_kind_of_record_is_sealed_for_is_what_its_form_says() {
    use crate::bundle::Audience as Sealed;
    use crate::forms::Audience;
    for form in built_in_forms() {
        let all = form.fields().all(|(_, field)| field.audience == Audience::Network);
        let sealed = crate::notebook::Notebook::audience(&form.record_kind);
        assert_eq!(sealed == Sealed::Network, all, "{}", form.key);
        // A collective's open fields reach the network as a row of the register, and in no other way.
        let open = form.fields().filter(|(_, field)| field.audience == Audience::Network);
        let open: Vec<&str> = open.map(|(_, field)| field.key.as_str()).collect();
        let rows = open.iter().all(|key| LISTING_FIELDS.contains(key));
        assert!(all || open.is_empty() || form.key == "initiative" && rows, "{}", form.key);
    }
}
