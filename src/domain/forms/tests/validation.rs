//! The validator on changed copies of a visit that lacks nothing.

use super::super::*;
use super::{answers, code, codes, complete_visit, text, today};

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| format!("{} {}", p.field, p.code.as_str())).collect()
}

fn check(key: &str, answer: Option<Answer>, expected: &[&str]) -> Vec<Problem> {
    let mut held = complete_visit();
    match &answer {
        Some(answer) => held.insert(key.to_owned(), answer.clone()),
        None => held.remove(key),
    };
    let problems = validate(visit_form(), &held, today(), Occasion::Finishing);
    assert_eq!(told(&problems), expected, "{key} {answer:?}");
    problems
}

#[test]
fn nothing_is_wrong_with_a_complete_visit() {
    check("summary", None, &[]);
}

#[test]
fn required_answers() {
    for key in ["initiative_id", "visited_on", "hosting_status", "consent_share"] {
        check(key, None, &[&format!("{key} required")]);
    }
    check("consent_record", None, &["consent_record required"]);
    check("visited_on", Some(text(" ")), &["visited_on required"]);
    let problems = validate(visit_form(), &Answers::new(), today(), Occasion::Filling);
    assert_eq!(problems, [], "nothing is missing while the form is being filled");
}

#[test]
fn dates_lie_between_2015_and_today() {
    check("visited_on", Some(text("2015-01-01")), &[]);
    let early = check("visited_on", Some(text("2014-12-31")), &["visited_on date_too_early"]);
    assert_eq!(early[0].params, [("min", "2015-01-01".to_owned())].into());
    let late = check("visited_on", Some(text("2026-11-23")), &["visited_on date_too_late"]);
    assert_eq!(late[0].params, [("max", "2026-11-22".to_owned())].into());
    check("visited_on", Some(text("22/11/2026")), &["visited_on bad_date"]);
    check("visited_on", Some(text("2026-11-22T10:00")), &["visited_on bad_date"]);
}

#[test]
fn numbers_within_their_range() {
    check("person_nights_30d", Some(Answer::Int(3000)), &[]);
    check("person_nights_30d", Some(Answer::Int(3001)), &["person_nights_30d too_large"]);
    check("person_nights_30d", Some(Answer::Int(-1)), &["person_nights_30d too_small"]);
    check("effect_group", Some(Answer::Int(-2)), &[]);
    check("effect_group", Some(Answer::Int(3)), &["effect_group too_large"]);
    check("effect_group", Some(text("2")), &["effect_group wrong_type"]);
}

#[test]
fn a_number_and_its_precision_agree() {
    let precise = "person_nights_precision precision_needs_number";
    check("person_nights_30d", None, &[precise]);
    check("person_nights_precision", Some(code("estimate")), &[]);
    let unknown = "person_nights_precision number_needs_precision";
    check("person_nights_precision", Some(code("unknown")), &[unknown]);
    check("person_nights_precision", None, &["person_nights_precision required"]);
    let mut held = complete_visit();
    held.remove("person_nights_30d");
    held.insert("person_nights_precision".into(), code("unknown"));
    assert_eq!(validate(visit_form(), &held, today(), Occasion::Finishing), []);
    assert_eq!(
        visit_form().constraint_codes(),
        ["number_needs_precision", "precision_needs_number"]
    );
}

#[test]
fn texts_are_counted_as_people_see_them() {
    check("summary", Some(text(&"é".repeat(280))), &[]);
    check("summary", Some(text(&"e\u{301}".repeat(280))), &[]);
    let long = check("summary", Some(text(&"é".repeat(281))), &["summary too_long"]);
    assert_eq!(long[0].params, [("count", "281".to_owned()), ("max", "280".to_owned())].into());
    assert_eq!(long[0].severity, Severity::Error);
}

#[test]
fn a_code_that_is_not_known_is_a_warning() {
    for (key, answer) in
        [("hosting_status", code("seasonal")), ("needs", codes(&["works", "seasonal"]))]
    {
        let problems = check(key, Some(answer), &[&format!("{key} unknown_code")]);
        assert_eq!(problems[0].severity, Severity::Warning);
        assert_eq!(problems[0].params["code"], "seasonal");
        assert!(!has_errors(&problems));
    }
}

#[test]
fn several_codes() {
    let six = [
        "fatigue",
        "new_hosts",
        "participation",
        "cost_strain",
        "privacy_loss",
        "conflict_resolved",
    ];
    check("effects", Some(codes(&six)), &[]);
    let mut seven = six.to_vec();
    seven.push("group_strength");
    let full = check("effects", Some(codes(&seven)), &["effects too_many_codes"]);
    assert_eq!(full[0].params, [("count", "7".to_owned()), ("max", "6".to_owned())].into());
    check("needs", Some(codes(&["none"])), &[]);
    check("needs", Some(codes(&["works", "none"])), &["needs exclusive_code"]);
    check("needs", Some(codes(&["works", "works"])), &["needs repeated_code"]);
}

#[test]
fn what_is_not_relevant_is_not_checked() {
    check("quote_lang", Some(text("???")), &[]);
    check("consent_quote", Some(code("???")), &[]);
    let mut held = answers([
        ("consent_record", code("no")),
        ("visited_on", text("2026-11-22")),
        ("summary", text(&"x".repeat(999))),
        ("form_seconds", Answer::Int(-1)),
    ]);
    assert_eq!(validate(visit_form(), &held, today(), Occasion::Finishing), []);
    held.remove("visited_on");
    let problems = validate(visit_form(), &held, today(), Occasion::Finishing);
    assert_eq!(told(&problems), ["visited_on required"]);
}

#[test]
fn a_merged_record_is_only_warned_about() {
    let mut held = complete_visit();
    held.insert("needs".into(), codes(&["works", "none"]));
    held.remove("hosting_status");
    let problems = validate(visit_form(), &held, today(), Occasion::Showing);
    assert_eq!(told(&problems), ["hosting_status required", "needs exclusive_code"]);
    assert!(!has_errors(&problems));
}

#[test]
fn patterns_and_places_of_a_collective() {
    let check = |key: &str, answer: Answer, expected: &[&str]| {
        let mut held = answers([
            ("alias", text("Les Lampions")),
            ("place_code", code("be:21004")),
            ("housing_type", code("occupation")),
            ("consent_listing", code("none")),
        ]);
        held.insert(key.to_owned(), answer);
        let problems = validate(initiative_form(), &held, today(), Occasion::Finishing);
        assert_eq!(told(&problems), expected, "{key}");
    };
    check("alias", text("Ab"), &[]);
    check("alias", text("A "), &["alias too_short"]);
    check("alias", text(&"x".repeat(40)), &[]);
    check("alias", text(&"x".repeat(41)), &["alias too_long"]);
    check("place_code", code("fr:2A004"), &[]);
    check("place_code", code("Schaerbeek"), &["place_code bad_place"]);
    check("hosting_since", text("2026"), &[]);
    check("hosting_since", text("2027"), &["hosting_since bad_pattern"]);
    check("hosting_since", text("+201"), &["hosting_since bad_pattern"]);
    check("code", text("K7QMZ3"), &[]);
    check("code", text("k7qmz3"), &["code bad_pattern"]);
}

#[test]
fn patterns_of_months_pages_and_telephones() {
    let check = |kind: &str, key: &str, fits: &[&str], not: &[&str]| {
        let form = form_for(kind).unwrap();
        for (texts, expected) in [(fits, false), (not, true)] {
            for one in texts {
                let held = answers([(key, text(one))]);
                let problems = validate(form, &held, today(), Occasion::Filling);
                let bad = |p: &Problem| p.code == ProblemCode::BadPattern && p.field == key;
                assert_eq!(problems.iter().any(bad), expected, "{key} {one:?}");
            }
        }
    };
    let no_months = ["2026-12", "2026-13", "2026-1", "11/2026", "2026-11-01"];
    check("testimony", "heard_on", &["2026-11", "2015-01"], &no_months);
    check(
        "actor",
        "website",
        &["https://example.org", "https://www.exemplé.be/aide?a=1#b", "https://a-b.example.org/é"],
        &[
            "http://example.org",
            "example.org",
            "https://example",
            "https://.org",
            "https://a b.org",
            "https://example.org/a b",
            "https://someone@example.org",
            "https://example.org:8080",
            "javascript://example.org",
        ],
    );
    check(
        "actor",
        "public_phone",
        &["+32 2 000 00 00", "02/000.00.00", "(02) 000-00-00"],
        &["0000", "+32 2 000 00 00 p. 4", "++32 2 000 00 00", "+32 2 000 000 000 000 000", "?"],
    );
}

#[test]
fn codes_of_problems_are_stable() {
    let names: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(
        names.join(" "),
        "required wrong_type too_short too_long bad_pattern too_small too_large bad_date \
         date_too_early date_too_late bad_place unknown_code repeated_code too_many_codes \
         exclusive_code refused direction_controls"
    );
    assert_eq!(ProblemCode::Constraint("a_b".into()).as_str(), "a_b");
}
