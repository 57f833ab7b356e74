//! Tests of the guard, with the crate `regex` as its finder.

mod cases;
mod dialects;
mod records;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::*;

static COMPILED: LazyLock<Vec<Regex>> =
    LazyLock::new(|| RULES.iter().map(|rule| Regex::new(rule.pattern).unwrap()).collect());

/// The finder of these tests.
pub(crate) fn native(rule: &'static Rule, text: &str) -> Vec<Range<usize>> {
    let at = RULES.iter().position(|one| one == rule).unwrap();
    COMPILED[at].find_iter(text).map(|found| found.range()).collect()
}

/// What each rule finds, `rule: words`.
fn told(text: &str) -> Vec<String> {
    let found = findings(text, &native);
    found.iter().map(|f| format!("{}: {}", f.rule.id, &text[f.range.clone()])).collect()
}

/// The marked words of a text.
fn marked(text: &str) -> Vec<(&str, Severity)> {
    let marks = marks(&findings(text, &native));
    marks.into_iter().map(|mark| (&text[mark.range], mark.severity)).collect()
}
