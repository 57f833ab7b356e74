//! Documents that are refused.

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
    parse_form(json, &CodeLists::new())
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
fn a_document_with_its_own_lists_is_read_and_written() {
    let form = parse(DOCUMENT).unwrap();
    assert_eq!(form.choices(form.field("agreed").unwrap()).len(), 2);
    let written = serde_json::to_string(&form).unwrap();
    assert_eq!(parse(&written).unwrap(), form);
}

#[test]
fn its_own_list_comes_before_a_shared_one() {
    let shared = CodeLists::from([("yes_no".to_owned(), Vec::new())]);
    assert_eq!(parse_form(DOCUMENT, &shared), parse(DOCUMENT));
}

#[test]
fn another_format_is_named() {
    check("\"format\": 1", "\"format\": 2, \"novelty\": true", &FormError::Format(2));
}

#[test]
fn what_is_not_known_is_refused() {
    for (passage, changed) in [
        ("\"folded\"", "\"hidden\": true, \"folded\""),
        ("{\"min\": 0}", "{\"min\": 0, \"odd\": true}"),
        ("{\"integer\": {\"min\": 0}}", "\"photo\""),
        ("\"restricted\"", "\"police\""),
        ("\"folded\": false, ", ""),
    ] {
        assert!(DOCUMENT.contains(passage), "{passage}");
        let error = parse(&DOCUMENT.replacen(passage, changed, 1)).unwrap_err();
        assert!(matches!(error, FormError::Syntax(_)), "{changed}: {error}");
    }
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
