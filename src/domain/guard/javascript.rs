//! Rules in the dialect of browsers.

use super::rules::Rule;

/// A pattern for `new RegExp(source, flags)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JavaScript {
    /// The pattern.
    pub source: String,
    /// `gu`, or `giu` where case does not count.
    pub flags: &'static str,
}

/// The letters, marks, digits and joiners that make words, as the crate `regex` counts them. JavaScript's own
/// `\w`, `\d` and `\b` know ASCII alone: to them "né" ends before its last letter.
const WORD: &str = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}";

impl Rule {
    /// The same rule for a browser's RegExp.
    ///
    /// Where an alternative begins with `\b`, a match begins one character early, with what stands before
    /// the word: Safari has no look-behind before 16.4. [`super::findings`] takes that character away again.
    #[must_use]
    pub fn javascript(&self) -> JavaScript {
        let (pattern, flags) = match self.pattern.strip_prefix("(?i)") {
            Some(pattern) => (pattern, "giu"),
            None => (self.pattern, "gu"),
        };
        let mut source = String::new();
        let mut in_class = false;
        let mut begins = true;
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            let escaped = if c == '\\' { chars.next() } else { None };
            match (c, escaped) {
                ('\\', Some('b')) if begins => push(&mut source, &["(?:^|[^", WORD, "])"]),
                ('\\', Some('b')) => push(&mut source, &["(?![", WORD, "])"]),
                ('\\', Some('w')) if in_class => source.push_str(WORD),
                ('\\', Some('w')) => push(&mut source, &["[", WORD, "]"]),
                ('\\', Some('d')) => source.push_str(r"\p{Nd}"),
                ('\\', Some('s')) => source.push_str(r"\p{White_Space}"),
                ('\\', Some(other)) => source.extend(['\\', other]),
                (c, _) => {
                    in_class = c == '[' || in_class && c != ']';
                    source.push(c);
                }
            }
            begins = matches!(c, '|' | '(') && !in_class;
        }
        JavaScript { source, flags }
    }
}

fn push(source: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| source.push_str(part));
}
