//! What the rules find and what they leave alone.

use super::*;

#[derive(serde::Deserialize)]
struct Case {
    about: String,
    text: String,
    found: Vec<String>,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

#[test]
fn the_rules_are_those_of_the_domain() {
    let given: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("pii-guard.json")).unwrap();
    assert_eq!(given.len(), RULES.len());
    for (given, rule) in given.iter().zip(&RULES) {
        let severity = if rule.severity == Severity::Stop { "stop" } else { "warn" };
        assert_eq!((&given["id"], &given["severity"]), (&rule.id.into(), &severity.into()));
        assert_eq!(given["pattern"], rule.pattern);
        assert_eq!(Rule::named(rule.id), Some(rule));
    }
    assert_eq!(Rule::named("iris"), None);
    let stops = RULES.iter().filter(|rule| rule.severity == Severity::Stop).count();
    assert_eq!((stops, RULES.len() - stops), (8, 6));
}

#[test]
fn each_case_finds_what_it_should() {
    let wrong = |case: &Case| {
        (told(&case.text) != case.found).then(|| (told(&case.text), case.text.clone()))
    };
    let wrong: Vec<_> = cases().iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_has_a_case_that_finds_something_and_one_that_does_not() {
    for rule in &RULES {
        let (mut finds, mut finds_not) = (false, false);
        for case in cases() {
            let prefix = format!("{}: ", rule.id);
            let found = case.found.iter().any(|found| found.starts_with(&prefix));
            finds |= found && case.about == rule.id;
            finds_not |= !found;
        }
        assert!(finds && finds_not, "{}", rule.id);
    }
}

#[test]
fn overlaps_are_merged_and_weigh_as_much_as_their_worst() {
    use Severity::{Stop, Warn};
    assert_eq!(marked("au 12 rue des Essais"), [("12 rue des Essais", Stop)]);
    assert_eq!(marked("rue des Essais. 17 ans"), [("rue des Essais", Warn), ("17 ans", Warn)]);
    assert_eq!(marked("rien"), []);
    let e9 = "Vu M. Exemple au 12 rue des Essais, 0470 00 00 00, débouté, dossier SP 1234567.";
    let words = ["M. Exemple", "12 rue des Essais", "0470 00 00 00", "débouté", "SP 1234567"];
    let severities = [Stop, Stop, Stop, Warn, Stop];
    assert_eq!(marked(e9), words.into_iter().zip(severities).collect::<Vec<_>>());
}

#[test]
fn whatever_a_finder_returns_nothing_panics_and_words_stay_whole() {
    let text = "Éé🏠 +32 à";
    let mut seen = 0;
    for start in 0..text.len() + 3 {
        for end in 0..text.len() + 3 {
            let odd = |_: &'static Rule, _: &str| std::iter::once(start..end).collect();
            for finding in findings(text, &odd) {
                assert!(
                    ["Éé", "+32", "à", "Éé🏠 +32", "Éé🏠 +32 à", "+32 à"]
                        .contains(&&text[finding.range])
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 100);
}

#[test]
fn utf16_ranges_become_bytes() {
    let text = "é🏠a";
    let check = |start: usize, end: usize, words: &str| {
        assert_eq!(&text[bytes_of_utf16(text, start..end)], words, "{start}..{end}");
    };
    check(0, 1, "é");
    check(1, 3, "🏠");
    check(3, 4, "a");
    check(0, 4, text);
    check(0, 99, text);
    // The second half of a pair is the end of it.
    check(0, 2, "é🏠");
}
