//! Small expressions over the answers: relevance and constraints.

use super::answer::{Answer, Answers, is_answered};

/// A condition over the answers of one form.
///
/// In JSON: `{"equals": {"field": "consent_record", "value": "yes"}}`,
/// `{"and": [{"answered": "quote"}, …]}`. A field without an answer equals nothing, so
/// `not_equals` holds for it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
