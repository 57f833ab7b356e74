//! The built-in documents: what they ask, in which order, and what they keep.

use super::super::packed::{pack::pack, unpack};
use super::super::*;
use super::{answers, code, text, today};

const KINDS: [&str; 7] =
    ["visit", "initiative", "finding", "follow_up", "testimony", "alert", "actor"];

fn questions(form: &'static Form, answers: &Answers) -> Vec<(&'static str, Vec<&'static str>)> {
    let keys = |visible: VisibleSection<'static>| {
        let keys = visible.questions.iter().map(|field| field.key.as_str()).collect();
        (visible.section.key.as_str(), keys)
    };
    visible_sections(form, answers).into_iter().map(keys).collect()
}

fn first(form: &'static Form) -> Vec<&'static str> {
    questions(form, &initial_answers(form, today())).remove(0).1
}

#[test]
fn every_form_is_there_and_contradicts_itself_nowhere() {
    let kinds: Vec<_> = built_in_forms().iter().map(|form| form.record_kind.as_str()).collect();
    assert_eq!(kinds, KINDS);
    for form in built_in_forms() {
        assert_eq!(super::super::checking::check(form), Ok(()), "{}", form.key);
        assert_eq!(form_for(&form.record_kind), Some(form));
        assert_eq!((form.format, &form.key), (FORMAT, &form.record_kind));
    }
    assert_eq!(form_for("practice"), None);
}

/// The build packs what is in the folder: this is the same, read from there again.
#[test]
fn what_is_built_in_is_what_the_documents_say() {
    let documents: serde_json::Map<String, serde_json::Value> = [
        ("actor", include_str!("../documents/actor.json")),
        ("alert", include_str!("../documents/alert.json")),
        ("finding", include_str!("../documents/finding.json")),
        ("follow_up", include_str!("../documents/follow_up.json")),
        ("initiative", include_str!("../documents/initiative.json")),
        ("lists", include_str!("../documents/lists.json")),
        ("testimony", include_str!("../documents/testimony.json")),
        ("visit", include_str!("../documents/visit.json")),
    ]
    .into_iter()
    .map(|(name, json)| (name.to_owned(), serde_json::from_str(json).unwrap()))
    .collect();
    let packed = pack(&documents.into());
    let embedded = include_str!(concat!(env!("OUT_DIR"), "/forms.txt"));
    assert_eq!(embedded, packed.texts);
    let tree = include_bytes!(concat!(env!("OUT_DIR"), "/forms.tree"));
    assert_eq!(tree.as_slice(), packed.tree);
    assert!(unpack(embedded, tree).is_some());
}

#[test]
fn everything_is_said_in_three_languages() {
    let mut labels: Vec<&Label> = Vec::new();
    for form in built_in_forms() {
        labels.push(&form.label);
        labels.extend(form.sections.iter().map(|section| &section.label));
        labels.extend(form.lists.values().flatten().map(|choice| &choice.label));
        for (_, field) in form.fields() {
            labels.push(&field.label);
            labels.extend(field.question.iter().chain(&field.help));
            if let FieldType::Consent(rules) = &field.field_type {
                labels.push(&rules.script.text);
                labels.extend(rules.options.iter().map(|option| &option.label));
            }
        }
    }
    assert!(labels.len() > 500);
    for label in labels {
        assert!(label.is_translated(), "{label:?}");
    }
}

#[test]
fn the_visit_asks_ten_questions_first_and_folds_the_rest() {
    let form = visit_form();
    let answers = initial_answers(form, today());
    let sections = visible_sections(form, &answers);
    let asked = sections[0].questions.iter().map(|field| field.question(Language::Fr));
    assert_eq!(
        asked.collect::<Vec<_>>(),
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
    let blocks = [
        "obstacles support_received neighbours_involved_band new_hosts_band ready_to_share \
         topics_raised",
        "quote",
        "meeting_format residents_met_band consent_by hosted_informed",
        "wants_contact coordinator_note",
    ];
    let rest = questions(form, &answers).into_iter().skip(1).map(|(_, keys)| keys.join(" "));
    assert_eq!(rest.collect::<Vec<_>>(), blocks);
    let said = answers_with(&answers, "quote", text("On se parle."));
    let quote = questions(form, &said).into_iter().find(|(key, _)| *key == "quote").unwrap();
    assert_eq!(quote.1, ["quote", "quote_lang", "consent_quote"]);
}

fn answers_with(answers: &Answers, key: &str, answer: Answer) -> Answers {
    let mut answers = answers.clone();
    answers.insert(key.to_owned(), answer);
    answers
}

#[test]
fn a_collective_takes_three_answers() {
    let form = initiative_form();
    assert_eq!(first(form), ["alias", "place_code", "housing_type"]);
    let mut answers = initial_answers(form, today());
    answers.insert("alias".into(), text("Les Lampions"));
    answers.insert("place_code".into(), code("be:21004"));
    answers.insert("housing_type".into(), code("occupation"));
    assert_eq!(validate(form, &answers, today(), Occasion::Finishing), []);
    // The two blocks of the collective that the visit's screen shows folded.
    let blocks: Vec<_> = questions(form, &answers).into_iter().map(|(key, _)| key).collect();
    assert_eq!(blocks, ["identity", "organisation", "place", "listing"]);
}

#[test]
fn consent_comes_first_where_nothing_is_kept_without_it() {
    for (kind, consent) in [("alert", "consent_alert"), ("testimony", "consent_record")] {
        let form = form_for(kind).unwrap();
        assert_eq!(first(form)[0], consent);
        let refused = answers([(consent, code("no")), ("what", text("a")), ("words", text("a"))]);
        assert_eq!(questions(form, &refused), [(kind, vec![consent])]);
        assert!(to_registers(form, &refused).is_empty(), "{kind}: nothing is left of a refusal");
        let problems = validate(form, &refused, today(), Occasion::Finishing);
        let told: Vec<_> = problems.iter().map(|p| (p.field.as_str(), p.code.as_str())).collect();
        assert_eq!(told, [(consent, "refused")]);
        assert!(has_errors(&problems));
        assert_eq!(validate(form, &refused, today(), Occasion::Filling), []);
    }
}

#[test]
fn a_refused_visit_keeps_the_date_and_the_refusal() {
    let form = visit_form();
    let refusal = form.refusal.as_ref().unwrap();
    assert_eq!(refusal.keep, ["visited_on", "consent_record"]);
    // Everything answered, then refused: each field but these two goes.
    let mut all: Answers = form.fields().map(|(_, field)| (field.key.clone(), code("x"))).collect();
    all.insert("consent_record".into(), code("no"));
    let kept: Vec<String> = to_registers(form, &all).into_keys().collect();
    assert_eq!(kept, ["consent_record", "visited_on"]);
    assert_eq!(questions(form, &all), [("questions", vec!["visited_on", "consent_record"])]);
}

#[test]
fn the_network_reads_six_fields_of_a_collective_the_actors_and_nothing_else() {
    let six = ["alias", "place_code", "housing_type", "code", "state", "merged_into"];
    for form in built_in_forms() {
        let shared = form.fields().filter(|(_, field)| field.audience == Audience::Network);
        let shared: Vec<&str> = shared.map(|(_, field)| field.key.as_str()).collect();
        match form.key.as_str() {
            "initiative" => assert_eq!(shared, six),
            "actor" => assert_eq!(shared.len(), form.fields().count()),
            other => assert_eq!(shared, [""; 0], "{other}"),
        }
    }
}

#[test]
fn what_a_follow_up_leads_to_is_said_by_its_first_half() {
    let form = form_for("follow_up").unwrap();
    let target = form.field("target_id").unwrap();
    let FieldType::Reference(rules) = &target.field_type else { panic!("a reference") };
    assert_eq!(rules.kind(&Answers::new()), None);
    for kind in ["initiative", "visit", "alert", "testimony"] {
        assert_eq!(rules.kind(&answers([("target_type", code(kind))])), Some(kind));
        assert!(form_for(kind).is_some());
        let list = form.choices(form.field("target_type").unwrap());
        assert!(list.iter().any(|choice| choice.code == kind));
    }
    let open = questions(form, &initial_answers(form, today()));
    let sections: Vec<_> = open.iter().map(|(key, _)| *key).collect();
    assert_eq!(sections, ["task", "target", "people"], "what came of it is asked at the end");
    let done = questions(form, &answers([("status", code("done"))]));
    assert_eq!(done.last().unwrap(), &("closing", vec!["outcome", "closed_on"]));
}

#[test]
fn the_communes_are_a_list_that_no_document_repeats() {
    let form = form_for("actor").unwrap();
    let communes = form.choices(form.field("places").unwrap());
    assert_eq!(communes.len(), 19);
    assert_eq!(
        (communes[0].code.as_str(), communes[0].label.get(Language::Nl)),
        ("be:21001", "Anderlecht")
    );
}
