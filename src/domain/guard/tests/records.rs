//! The guard over whole records.

use super::*;
use crate::forms::{Answer, Answers, form_for, visit_form};

fn answers(entries: &[(&str, Answer)]) -> Answers {
    entries.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.into())
}

fn keys(kind: &str, held: &Answers) -> Vec<String> {
    let spots = spots(form_for(kind).unwrap(), held, &native);
    spots.into_iter().map(|spot| format!("{} {}", spot.field, spot.finding.rule.id)).collect()
}

#[test]
fn every_guarded_field_is_read_and_no_other() {
    let personal = text("Mme Exemple");
    for form in crate::forms::built_in_forms() {
        let refusal = form.refusal.as_ref().map(|refusal| refusal.when.fields()[0]);
        let all = form.fields().map(|(_, field)| (field.key.clone(), personal.clone()));
        let mut all: Answers = all.collect();
        all.extend(refusal.map(|key| (key.to_owned(), Answer::Code("yes".into()))));
        let found = keys(&form.key, &all);
        let expected: &[&str] = match form.key.as_str() {
            "visit" => &["summary", "quote", "coordinator_note"],
            "initiative" => &["alias"],
            "finding" => &["text"],
            "follow_up" | "alert" => &["what"],
            "testimony" => &["words"],
            _ => &[],
        };
        let expected: Vec<String> = expected.iter().map(|f| format!("{f} person_title")).collect();
        assert_eq!(found, expected, "{}", form.key);
    }
}

#[test]
fn what_a_refusal_drops_is_not_read() {
    let mut held = answers(&[("summary", text("0470 00 00 00"))]);
    assert_eq!(keys("visit", &held), ["summary phone"]);
    held.insert("consent_record".into(), Answer::Code("no".into()));
    assert_eq!(keys("visit", &held), [""; 0]);
}

#[test]
fn a_stop_stands_in_the_way_and_a_warning_does_not() {
    let stops = |words: &str| {
        holds_stop(&spots(visit_form(), &answers(&[("quote", text(words))]), &native))
    };
    assert!(!stops("Bon accueil"));
    assert!(!stops("rue de la Paix. 17 ans, débouté"));
    assert!(stops("rue de la Paix 3"));
}

/// The demo's records are written as people should write.
#[test]
fn invented_records_are_clean() {
    let records: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../forms/tests/records.json")).unwrap();
    let mut read = 0;
    for record in records {
        let Some(entries) = record["record"].as_object() else { continue };
        for key in ["summary", "quote", "alias", "what", "text", "words"] {
            if let Some(words) = entries.get(key).and_then(|value| value.as_str()) {
                assert_eq!(told(words), [""; 0], "{words}");
                read += 1;
            }
        }
    }
    assert!(read > 15);
}
