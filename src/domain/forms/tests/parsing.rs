//! Documents that are refused.

use super::super::packed::pack::pack;
use super::super::*;

const DOCUMENT: &str = r#"{
    "format": 1, "key": "tea", "version": 1, "record_kind": "tea", "label": {"fr": "Thé"},
    "refusal": {"when": {"equals": {"field": "agreed", "value": "no"}}, "keep": ["agreed"]},
    "sections": [{"key": "one", "label": {"fr": "Un"}, "folded": false, "fields": [
        {"key": "agreed", "label": {"fr": "Accord"}, "audience": "restricted",
         "privacy": "restricted", "default": {"code": "yes"},
         "type": {"choice": {"list": "yes_no", "style": "buttons"}}},
        {"key": "cups", "label": {"fr": "Tasses"}, "audience": "network", "privacy": "network",
         "type": {"integer": {"min": 0}}, "asked_with": "agreed",
         "relevance": {"answered": "agreed"},
         "constraints": [{"code": "sober", "holds": {"answered": "agreed"}}]}
    ]}],
    "lists": {"yes_no": [{"code": "yes", "fr": "Oui"}, {"code": "no", "fr": "Non"}]}
}"#;

fn parse(json: &str) -> Result<Form, FormError> {
    parse_with(json, &CodeLists::new())
}

fn parse_with(json: &str, shared: &CodeLists) -> Result<Form, FormError> {
    let packed = pack(&serde_json::from_str(json).unwrap());
    read_form(&packed.texts, &packed.tree, shared)
}

/// Parses the document with one passage changed.
fn check(passage: &str, changed: &str, refused: &FormError) {
    assert!(DOCUMENT.contains(passage), "{passage}");
    let error = parse(&DOCUMENT.replacen(passage, changed, 1)).unwrap_err();
    assert_eq!(&error, refused);
    assert!(!error.to_string().is_empty());
}

fn unknown_field(at: &str) -> FormError {
    FormError::UnknownField { at: at.into(), field: "nobody".into() }
}

#[test]
fn a_document_with_its_own_lists_is_read() {
    let form = parse(DOCUMENT).unwrap();
    let agreed = form.field("agreed").unwrap();
    let codes: Vec<_> = form.choices(agreed).iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["yes", "no"]);
    assert_eq!(agreed.default, Some(DefaultAnswer::Code("yes".into())));
    assert_eq!(agreed.label, Label::new("Accord", "", ""));
    let cups = form.field("cups").unwrap();
    assert_eq!((cups.audience, cups.privacy), (Audience::Network, Privacy::Network));
    assert_eq!(cups.relevance, Some(Expression::Answered("agreed".into())));
    assert_eq!(form.constraint_codes(), ["sober"]);
    assert_eq!(form.refusal.unwrap().keep, ["agreed"]);
}

#[test]
fn what_goes_without_saying_is_the_protective_class() {
    let said = "\"audience\": \"restricted\",\n         \"privacy\": \"restricted\", ";
    assert!(DOCUMENT.contains(said));
    assert_eq!(parse(&DOCUMENT.replacen(said, "", 1)), parse(DOCUMENT));
}

#[test]
fn its_own_list_comes_before_a_shared_one() {
    let shared = CodeLists::from([("yes_no".to_owned(), Vec::new())]);
    assert_eq!(parse_with(DOCUMENT, &shared), parse(DOCUMENT));
}

#[test]
fn another_format_is_named() {
    check("\"format\": 1", "\"format\": 2, \"novelty\": true", &FormError::Format(2));
}

#[test]
fn what_is_not_known_or_missing_is_refused_by_its_name() {
    let shape = |place: &str| FormError::Shape(place.into());
    check("\"folded\"", "\"hidden\": true, \"folded\"", &shape("hidden"));
    check("{\"min\": 0}", "{\"min\": 0, \"odd\": true}", &shape("odd"));
    check("{\"min\": 0}", "{\"min\": \"0\"}", &shape("min"));
    check("{\"integer\": {\"min\": 0}}", "{\"photo\": {}}", &shape("photo"));
    check("{\"integer\": {\"min\": 0}}", "{\"text\": {}}", &shape("max"));
    check("{\"integer\": {\"min\": 0}}", "{\"reference\": {}}", &shape("kind"));
    check("{\"integer\": {\"min\": 0}}", "\"photo\"", &shape("one entry"));
    check("\"privacy\": \"restricted\"", "\"privacy\": \"police\"", &shape("police"));
    check("\"folded\": false", "\"folded\": 0", &shape("folded"));
    check("\"version\": 1, ", "\"version\": -1, ", &shape("version"));
    check("\"key\": \"tea\", ", "", &shape("key"));
    check("{\"answered\": \"agreed\"}", "{\"greater\": {\"field\": \"a\"}}", &shape("greater"));
    check("{\"answered\": \"agreed\"}", "{\"answered\": 7}", &shape("text"));
    check("{\"fr\": \"Tasses\"}", "\"Tasses\"", &shape("label"));
    check("\"sections\": [", "\"sections\": [3, ", &shape("section"));
    assert_eq!(read_form("", &[], &CodeLists::new()), Err(shape("document")));
    assert_eq!(parse("[]"), Err(FormError::Format(0)));
}

#[test]
fn keys_are_plain_and_distinct() {
    check("\"key\": \"cups\"", "\"key\": \"agreed\"", &FormError::DuplicateKey("agreed".into()));
    check("\"key\": \"cups\"", "\"key\": \"cups/2\"", &FormError::BadKey("cups/2".into()));
    check("\"key\": \"one\"", "\"key\": \"\"", &FormError::BadKey(String::new()));
}

#[test]
fn names_lead_somewhere() {
    check("\"asked_with\": \"agreed\"", "\"asked_with\": \"nobody\"", &unknown_field("cups"));
    check("{\"answered\": \"agreed\"}", "{\"answered\": \"nobody\"}", &unknown_field("cups"));
    let leads = "{\"reference\": {\"kind_in\": \"nobody\"}}";
    check("{\"integer\": {\"min\": 0}}", leads, &unknown_field("cups"));
    check(
        "\"holds\": {\"answered\": \"agreed\"}",
        "\"holds\": {\"not\": {\"answered\": \"nobody\"}}",
        &unknown_field("cups"),
    );
    check("\"keep\": [\"agreed\"]", "\"keep\": [\"nobody\"]", &unknown_field("refusal"));
    let field = "agreed".to_owned();
    check(
        "\"list\": \"yes_no\"",
        "\"list\": \"nothing\"",
        &FormError::UnknownList { field: field.clone(), list: "nothing".into() },
    );
    check(
        "\"default\": {\"code\": \"yes\"}",
        "\"default\": {\"code\": \"perhaps\"}",
        &FormError::UnknownCode { field, code: "perhaps".into() },
    );
}
