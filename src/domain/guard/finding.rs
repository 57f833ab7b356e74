//! From what a finder matched to the words that are meant.

use std::ops::Range;

use super::rules::{RULES, Rule, Severity};

/// Every match of a rule in a text, as byte ranges, in order, without overlaps.
///
/// Natively `Regex::new(rule.pattern)` and `find_iter`; in a browser [`Rule::javascript`], `matchAll` and
/// [`bytes_of_utf16`]. A finder that cannot read a rule finds nothing for it.
pub type Finder<'f> = &'f dyn Fn(&'static Rule, &str) -> Vec<Range<usize>>;

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The whole words that it found, as a byte range of the text that was read. Always at the bounds of
    /// characters.
    pub range: Range<usize>,
}

impl Finding {
    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}

/// Words to mark in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where, as a byte range.
    pub range: Range<usize>,
    /// The worst that was found there.
    pub severity: Severity,
}

/// Everything that the rules find in a text, by where it begins, then in the order of the rules. One finding
/// for each place and rule; those of different rules may overlap.
///
/// Both dialects of a rule give the same findings. Never panics, whatever the finder returns.
#[must_use]
pub fn findings(text: &str, finder: Finder<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for rule in &RULES {
        for range in finder(rule, text).into_iter().filter_map(|range| words(text, range)) {
            let finding = Finding { rule, range };
            // There are few: putting each in its place is less code on the phone than a sort.
            let place =
                found.iter().take_while(|one| one.range.start <= finding.range.start).count();
            if !found.contains(&finding) {
                found.insert(place, finding);
            }
        }
    }
    found
}

/// What to underline: the findings with their overlaps merged, in order.
#[must_use]
pub fn marks(findings: &[Finding]) -> Vec<Mark> {
    let mut ranges: Vec<Mark> = Vec::new();
    for finding in findings {
        let Range { start, end } = finding.range;
        match ranges.last_mut().filter(|last| start < last.range.end) {
            Some(last) => {
                last.range.end = last.range.end.max(end);
                last.severity = last.severity.max(finding.severity());
            }
            None => ranges.push(Mark { range: start..end, severity: finding.severity() }),
        }
    }
    ranges
}

/// The byte range of a range that counts UTF-16 code units, as a browser's RegExp does. An end beyond the
/// text is its end; one inside a character is the end of that character.
#[must_use]
pub fn bytes_of_utf16(text: &str, range: Range<usize>) -> Range<usize> {
    let byte = |unit: usize| {
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if units >= unit {
                return at;
            }
            units += c.len_utf16();
        }
        text.len()
    };
    byte(range.start)..byte(range.end)
}

/// The whole words of a match, with the sign of an international number or a handle before them. What a
/// rule read around them is left out; none when no word is left.
fn words(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let matched = text.get(range.clone())?;
    let first = range.start + matched.find(is_of_word)?;
    let last = range.start + matched.rfind(is_of_word)?;
    let before = text.get(..first)?.trim_end_matches(is_of_word);
    let before = before.strip_suffix(['+', '@']).unwrap_or(before);
    let rest = text.get(last..)?.trim_start_matches(is_of_word);
    Some(before.len()..text.len() - rest.len())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{300}'..='\u{36F}')
}
