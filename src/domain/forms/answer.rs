//! Answers: what a person has filled in, before it becomes a change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The answer to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Words; a date as `YYYY-MM-DD`.
    Text(String),
    /// A number, or a point of a scale.
    Int(i64),
    /// Several codes or record ids: sorted and without repetition where order says nothing, in
    /// tapping order for an ordered choice.
    Codes(Vec<String>),
    /// One code of a list, or a place code.
    Code(String),
    /// Yes or no.
    Bool(bool),
    /// The id of another record.
    Reference(String),
}

impl Answer {
    /// Whether it says nothing: no codes, or white space only.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Reference(text) => text.trim().is_empty(),
            Self::Codes(codes) => codes.is_empty(),
            Self::Int(_) | Self::Bool(_) => false,
        }
    }
}

/// The answers of one form by field key. A field without an answer has no entry.
pub type Answers = BTreeMap<String, Answer>;

/// Whether the field with this key has an answer that is not blank.
#[must_use]
pub fn is_answered(answers: &Answers, key: &str) -> bool {
    answers.get(key).is_some_and(|answer| !answer.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_no_are_answers_blanks_are_not() {
        for answer in [Answer::Int(0), Answer::Bool(false), Answer::Text("a".into())] {
            assert!(!answer.is_blank(), "{answer:?}");
        }
        for answer in [Answer::Text(" \n".into()), Answer::Codes(vec![]), Answer::Code("".into())] {
            assert!(answer.is_blank(), "{answer:?}");
        }
    }

    /// Drafts are stored: changing this form needs a migration.
    #[test]
    fn the_stored_form_is_pinned() {
        let answers = Answers::from([
            ("a".to_owned(), Answer::Text("mots".into())),
            ("b".to_owned(), Answer::Int(-2)),
            ("c".to_owned(), Answer::Codes(vec!["x".into()])),
            ("d".to_owned(), Answer::Code("yes".into())),
            ("e".to_owned(), Answer::Bool(true)),
            ("f".to_owned(), Answer::Reference("01".into())),
        ]);
        let json = serde_json::to_string(&answers).unwrap();
        assert_eq!(
            json,
            r#"{"a":{"text":"mots"},"b":{"int":-2},"c":{"codes":["x"]},"d":{"code":"yes"},"e":{"bool":true},"f":{"reference":"01"}}"#
        );
        assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
        let bytes = postcard::to_allocvec(&answers).unwrap();
        assert_eq!(postcard::from_bytes::<Answers>(&bytes).unwrap(), answers);
    }
}
