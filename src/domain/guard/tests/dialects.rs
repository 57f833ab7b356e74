//! The dialect of browsers as text; what it finds is compared in `tests/guard_dialects.rs`.

use super::*;

#[test]
fn every_rule_has_its_javascript() {
    let lines = RULES.iter().map(|rule| {
        let JavaScript { source, flags } = rule.javascript();
        format!("{}: /{source}/{flags}\n", rule.id)
    });
    insta::assert_snapshot!("javascript", lines.collect::<String>());
}

#[test]
fn nothing_of_it_knows_ascii_alone_and_nothing_looks_behind() {
    for rule in &RULES {
        let JavaScript { source, flags } = rule.javascript();
        for ascii in [r"\w", r"\d", r"\s", r"\b", "(?i)", "(?<"] {
            assert!(!source.contains(ascii), "{}: {ascii}", rule.id);
        }
        assert_eq!(flags.contains('i'), rule.pattern.starts_with("(?i)"), "{}", rule.id);
    }
}

/// The law of [`RULES`]: what `\b` becomes depends on it.
#[test]
fn a_boundary_begins_an_alternative_or_ends_a_word() {
    for rule in &RULES {
        for (at, _) in rule.pattern.match_indices(r"\b") {
            let before = &rule.pattern[..at];
            let begins = before.is_empty() || before.ends_with(['|', '(']) || before == "(?i)";
            let ends_word = before.ends_with([')', '}']);
            assert!(begins || ends_word, "{}: {before}", rule.id);
        }
    }
}
