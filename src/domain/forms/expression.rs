//! Small expressions over the answers: relevance and constraints.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers, is_answered};

/// A condition over the answers of one form.
///
/// In JSON: `{"equals": {"field": "consent_record", "value": "yes"}}`,
/// `{"and": [{"answered": "quote"}, …]}`. A field without an answer equals nothing, so
/// `not_equals` holds for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// The field's answer is this value; for several codes: one of them is.
    Equals {
        /// Key of the field.
        field: String,
        /// A code, a text, a decimal integer, `true` or `false`.
        value: String,
    },
    /// The opposite of [`Expression::Equals`].
    NotEquals {
        /// Key of the field.
        field: String,
        /// As in [`Expression::Equals`].
        value: String,
    },
    /// The field's answer is, or holds, at least one of these.
    AnyOf {
        /// Key of the field.
        field: String,
        /// As the value of [`Expression::Equals`].
        codes: Vec<String>,
    },
    /// The field's answer starts with this text, or one of its codes does.
    StartsWith {
        /// Key of the field.
        field: String,
        /// The first characters, compared as they are.
        prefix: String,
    },
    /// The field with this key has an answer that is not blank.
    Answered(String),
    /// Each holds; an empty list holds.
    And(Vec<Expression>),
    /// At least one holds; an empty list does not.
    Or(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
}

impl Expression {
    /// Whether the condition holds for these answers.
    #[must_use]
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Self::Equals { field, value } => any_value(answers, field, |held| held == value),
            Self::NotEquals { field, value } => !any_value(answers, field, |held| held == value),
            Self::AnyOf { field, codes } => {
                any_value(answers, field, |held| codes.iter().any(|code| code == held))
            }
            Self::StartsWith { field, prefix } => {
                any_value(answers, field, |held| held.starts_with(prefix.as_str()))
            }
            Self::Answered(field) => is_answered(answers, field),
            Self::And(all) => all.iter().all(|one| one.holds(answers)),
            Self::Or(any) => any.iter().any(|one| one.holds(answers)),
            Self::Not(inner) => !inner.holds(answers),
        }
    }

    /// The keys of every field it reads, in reading order, repeated when read twice.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Equals { field, .. }
            | Self::NotEquals { field, .. }
            | Self::AnyOf { field, .. }
            | Self::StartsWith { field, .. }
            | Self::Answered(field) => vec![field],
            Self::And(inner) | Self::Or(inner) => inner.iter().flat_map(Self::fields).collect(),
            Self::Not(inner) => inner.fields(),
        }
    }
}

fn any_value(answers: &Answers, field: &str, matches: impl Fn(&str) -> bool) -> bool {
    match answers.get(field) {
        None => false,
        Some(Answer::Text(text) | Answer::Code(text) | Answer::Reference(text)) => matches(text),
        Some(Answer::Int(number)) => matches(&number.to_string()),
        Some(Answer::Bool(truth)) => matches(if *truth { "true" } else { "false" }),
        Some(Answer::Codes(codes)) => codes.iter().any(|code| matches(code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, holds: bool) {
        let answers = Answers::from([
            ("consent".to_owned(), Answer::Code("yes".into())),
            ("nights".to_owned(), Answer::Int(12)),
            ("card".to_owned(), Answer::Bool(true)),
            ("effects".to_owned(), Answer::Codes(vec!["fatigue".into(), "cost".into()])),
            ("place".to_owned(), Answer::Code("be:21015".into())),
            ("blank".to_owned(), Answer::Text("  ".into())),
        ]);
        let parsed: Expression = serde_json::from_str(expression).unwrap();
        assert_eq!(parsed.holds(&answers), holds, "{expression}");
    }

    #[test]
    fn comparisons() {
        check(r#"{"equals":{"field":"consent","value":"yes"}}"#, true);
        check(r#"{"equals":{"field":"consent","value":"no"}}"#, false);
        check(r#"{"equals":{"field":"nights","value":"12"}}"#, true);
        check(r#"{"equals":{"field":"card","value":"true"}}"#, true);
        check(r#"{"equals":{"field":"effects","value":"cost"}}"#, true);
        check(r#"{"not_equals":{"field":"consent","value":"no"}}"#, true);
        check(r#"{"not_equals":{"field":"consent","value":"yes"}}"#, false);
        check(r#"{"any_of":{"field":"effects","codes":["x","fatigue"]}}"#, true);
        check(r#"{"any_of":{"field":"effects","codes":["x"]}}"#, false);
        check(r#"{"starts_with":{"field":"place","prefix":"be:21"}}"#, true);
        check(r#"{"starts_with":{"field":"place","prefix":"fr:"}}"#, false);
    }

    #[test]
    fn a_field_without_an_answer_equals_nothing() {
        check(r#"{"equals":{"field":"absent","value":""}}"#, false);
        check(r#"{"not_equals":{"field":"absent","value":"no"}}"#, true);
        check(r#"{"any_of":{"field":"absent","codes":[""]}}"#, false);
        check(r#"{"answered":"absent"}"#, false);
        check(r#"{"answered":"blank"}"#, false);
        check(r#"{"answered":"nights"}"#, true);
    }

    #[test]
    fn combinations() {
        check(r#"{"and":[]}"#, true);
        check(r#"{"or":[]}"#, false);
        check(r#"{"and":[{"answered":"nights"},{"answered":"absent"}]}"#, false);
        check(r#"{"or":[{"answered":"absent"},{"answered":"nights"}]}"#, true);
        check(r#"{"not":{"answered":"absent"}}"#, true);
    }

    #[test]
    fn an_unknown_operator_is_refused() {
        assert!(serde_json::from_str::<Expression>(r#"{"greater":{"field":"a"}}"#).is_err());
    }

    #[test]
    fn it_names_the_fields_it_reads() {
        let parsed: Expression = serde_json::from_str(
            r#"{"not":{"or":[{"answered":"a"},{"equals":{"field":"b","value":"1"}}]}}"#,
        )
        .unwrap();
        assert_eq!(parsed.fields(), ["a", "b"]);
    }
}
