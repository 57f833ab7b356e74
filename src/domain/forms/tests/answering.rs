//! Taps and typing.

use super::super::*;
use super::{answers, code, codes, initiative_field, text, today, visit_field};

/// Taps the codes in turn and compares what each tap did and what is held at the end.
fn check(key: &str, taps: &[(&str, Toggled)], held: Option<Answer>) {
    let field = visit_form().field(key).or(initiative_form().field(key)).unwrap();
    let mut answers = Answers::new();
    for (tap, toggled) in taps {
        assert_eq!(toggle_choice(field, &mut answers, tap), *toggled, "{key} {tap}");
    }
    assert_eq!(answers.get(key), held.as_ref(), "{key} {taps:?}");
}

use Toggled::{Chosen, Full, NotAChoice, Removed};

#[test]
fn a_choice_of_one() {
    let (one, two) = (("paused", Chosen), ("stopped", Chosen));
    check("hosting_status", &[one, two], Some(code("stopped")));
    check("hosting_status", &[one, one], Some(code("paused")));
    check("meeting_format", &[("phone", Chosen), ("phone", Removed)], None);
}

#[test]
fn a_choice_of_several_is_sorted_and_stops_at_its_maximum() {
    check(
        "effects",
        &[("fatigue", Chosen), ("cost_strain", Chosen)],
        Some(codes(&["cost_strain", "fatigue"])),
    );
    check("effects", &[("fatigue", Chosen), ("fatigue", Removed)], None);
    let taps = [
        ("a", Chosen),
        ("b", Chosen),
        ("c", Chosen),
        ("d", Chosen),
        ("e", Chosen),
        ("f", Chosen),
        ("g", Full),
        ("a", Removed),
        ("g", Chosen),
    ];
    check("effects", &taps, Some(codes(&["b", "c", "d", "e", "f", "g"])));
}

#[test]
fn an_ordered_choice_keeps_the_order_of_the_taps() {
    check(
        "needs",
        &[
            ("works", Chosen),
            ("health", Chosen),
            ("money", Chosen),
            ("health", Removed),
            ("health", Chosen),
        ],
        Some(codes(&["works", "money", "health"])),
    );
    check(
        "needs",
        &[("f", Chosen), ("e", Chosen), ("d", Chosen), ("c", Chosen), ("b", Chosen), ("a", Full)],
        Some(codes(&["f", "e", "d", "c", "b"])),
    );
}

#[test]
fn a_code_that_stands_alone_pushes_out_and_is_pushed_out() {
    check(
        "needs",
        &[("works", Chosen), ("money", Chosen), ("none", Chosen)],
        Some(codes(&["none"])),
    );
    check("needs", &[("none", Chosen), ("works", Chosen)], Some(codes(&["works"])));
    check("needs", &[("none", Chosen), ("none", Removed)], None);
    check(
        "effects",
        &[
            ("a", Chosen),
            ("b", Chosen),
            ("c", Chosen),
            ("d", Chosen),
            ("e", Chosen),
            ("f", Chosen),
            ("none_observed", Chosen),
        ],
        Some(codes(&["none_observed"])),
    );
}

#[test]
fn an_over_full_field_can_only_shrink() {
    let effects = visit_field("effects");
    let mut held = answers([("effects", codes(&["a", "b", "c", "d", "e", "f", "g", "h"]))]);
    assert_eq!(toggle_choice(effects, &mut held, "i"), Full);
    assert_eq!(toggle_choice(effects, &mut held, "c"), Removed);
    assert_eq!(held["effects"], codes(&["a", "b", "d", "e", "f", "g", "h"]));
}

#[test]
fn a_scale_and_not_said() {
    check("effect_group", &[("-2", Chosen), ("1", Chosen)], Some(Answer::Int(1)));
    check("effect_group", &[("1", Chosen), (NOT_SAID, Removed)], None);
    check("effect_group", &[("1", Chosen), ("1", Removed)], None);
    check(
        "effect_group",
        &[("1", Chosen), ("3", NotAChoice), ("x", NotAChoice)],
        Some(Answer::Int(1)),
    );
    check("summary", &[("x", NotAChoice)], None);
}

#[test]
fn ids_of_several_records() {
    check("organised_with", &[("b", Chosen), ("a", Chosen)], Some(codes(&["a", "b"])));
}

#[test]
fn one_tap_of_consent_answers_every_field_it_names() {
    let consent = visit_field("consent_record");
    let mut held = answers([("summary", text("Bon accueil"))]);
    let check = |held: &mut Answers, key: &str, record: &str, share: Option<&str>| {
        assert!(choose_consent(consent, held, key, Language::Nl));
        assert_eq!(held.get("consent_record"), Some(&code(record)));
        assert_eq!(held.get("consent_share"), share.map(code).as_ref());
        assert_eq!(held.get("consent_text_version"), Some(&text("2026-11-nl")));
        assert_eq!(chosen_consent(consent, held).map(|option| option.key.as_str()), Some(key));
    };
    assert_eq!(chosen_consent(consent, &held), None);
    check(&mut held, "public_aggregate", "yes", Some("public_aggregate"));
    check(&mut held, "network", "yes", Some("network"));
    check(&mut held, "no", "no", None);
    assert_eq!(held["summary"], text("Bon accueil"), "a mistaken tap loses no words");
    assert!(!choose_consent(consent, &mut held, "perhaps", Language::Fr));
    assert!(!choose_consent(visit_field("summary"), &mut held, "no", Language::Fr));
    held.insert("consent_record".into(), code("yes"));
    held.insert("consent_share".into(), code("partners"));
    assert_eq!(chosen_consent(consent, &held), None);
}

#[test]
fn an_answer_of_another_type_is_refused() {
    let mut held = Answers::new();
    assert_eq!(set_answer(visit_field("summary"), &mut held, Some(Answer::Int(1))), Taken::Refused);
    assert_eq!(
        set_answer(visit_field("wants_contact"), &mut held, Some(code("yes"))),
        Taken::Refused
    );
    assert_eq!(held, Answers::new());
    assert_eq!(
        set_answer(visit_field("wants_contact"), &mut held, Some(Answer::Bool(false))),
        Taken::AsGiven
    );
    assert_eq!(
        set_answer(initiative_field("place_code"), &mut held, Some(code("be:21015"))),
        Taken::AsGiven
    );
    assert_eq!(
        set_answer(visit_field("effects"), &mut held, Some(codes(&["b", "a", "b"]))),
        Taken::AsGiven
    );
    assert_eq!(held["effects"], codes(&["a", "b"]));
}

#[test]
fn a_blank_answer_is_none() {
    let mut held = answers([("summary", text("a")), ("effects", codes(&["a"]))]);
    assert_eq!(set_answer(visit_field("summary"), &mut held, Some(text("  "))), Taken::AsGiven);
    assert_eq!(set_answer(visit_field("effects"), &mut held, None), Taken::AsGiven);
    assert_eq!(held, Answers::new());
}

#[test]
fn a_stepper_stays_within_its_limits() {
    let nights = visit_field("person_nights_30d");
    let mut held = Answers::new();
    let mut check = |by: i64, number: i64| {
        step_integer(nights, &mut held, by);
        assert_eq!(held["person_nights_30d"], Answer::Int(number));
    };
    check(-1, 0);
    check(1, 1);
    check(10, 11);
    check(i64::MAX, 3000);
    check(1, 3000);
    check(i64::MIN, 0);
    let mut fresh = Answers::new();
    step_integer(initiative_field("quartier_mdrc"), &mut fresh, 1);
    assert_eq!(fresh["quartier_mdrc"], Answer::Int(1));
    step_integer(visit_field("summary"), &mut fresh, 1);
    assert_eq!(fresh.len(), 1);
}

#[test]
fn a_new_form_starts_with_its_defaults() {
    let started = initial_answers(visit_form(), today());
    assert_eq!(
        started,
        answers([("visited_on", text("2026-11-22")), ("consent_quote", code("no"))])
    );
    let started = initial_answers(initiative_form(), today());
    assert_eq!(started, answers([("consent_listing", code("none")), ("state", code("active"))]));
}

#[test]
fn relevance_shows_and_hides_questions() {
    let keys = |form: &Form, held: &Answers| -> Vec<String> {
        let sections = visible_sections(form, held);
        sections.iter().flat_map(|s| &s.questions).map(|field| field.key.clone()).collect()
    };
    let visit = visit_form();
    let open = keys(visit, &Answers::new());
    assert!(!open.contains(&"consent_quote".to_owned()));
    assert!(keys(visit, &answers([("quote", text("a"))])).contains(&"consent_quote".to_owned()));
    let refused = answers([("consent_record", code("no"))]);
    assert_eq!(keys(visit, &refused), ["visited_on", "consent_record"]);
    assert!(companions(visit, visit_field("consent_record"), &refused).is_empty());
    let precision = companions(visit, visit_field("person_nights_30d"), &Answers::new());
    assert_eq!(precision, [visit_field("person_nights_precision")]);
    let district = |place: &str| {
        keys(initiative_form(), &answers([("place_code", code(place))]))
            .contains(&"quartier_mdrc".to_owned())
    };
    assert!(district("be:21015"));
    assert!(!district("be:25121"));
}

#[test]
fn labels_of_choices_fall_back_to_the_code() {
    let form = visit_form();
    let check = |key: &str, code: &str, language: Language, label: &str| {
        assert_eq!(form.choice_label(visit_field(key), code, language), label);
    };
    check("effects", "fatigue", Language::Fr, "Fatigue des accueillant·es");
    check("effects", "fatigue", Language::Nl, "Vermoeidheid bij de gastgezinnen");
    check("effect_group", "-2", Language::Fr, "Abîme beaucoup");
    check("effect_group", NOT_SAID, Language::En, "Not said");
    check("effects", "of_a_newer_version", Language::En, "of_a_newer_version");
    check("summary", "anything", Language::En, "anything");
}
