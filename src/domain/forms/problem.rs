//! Problems of a form's answers, told by stable codes.

use std::collections::BTreeMap;

/// What is wrong with the answer of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the field.
    pub field: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// Whether it stands in the way of finishing.
    pub severity: Severity,
    /// Details for the message by their name: `max`, `min`, `count`, `code`, `pattern`. Numbers
    /// are decimal, dates `YYYY-MM-DD`; never anything that a person typed.
    pub params: BTreeMap<&'static str, String>,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth showing; does not stop anybody.
    Warning,
    /// The form cannot be finished.
    Error,
}

/// The kinds of problems. Messages are found by [`ProblemCode::as_str`], which never changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// A required answer is missing.
    Required,
    /// The answer is of another type than the field.
    WrongType,
    /// A text with fewer characters than `min`: it has `count`.
    TooShort,
    /// A text with more characters than `max`: it has `count`.
    TooLong,
    /// A text that has not the shape `pattern`.
    BadPattern,
    /// A number below `min`.
    TooSmall,
    /// A number above `max`.
    TooLarge,
    /// Not a date.
    BadDate,
    /// A date before `min`.
    DateTooEarly,
    /// A date after `max`.
    DateTooLate,
    /// Not a place code.
    BadPlace,
    /// `code` is not in the list that this version knows.
    UnknownCode,
    /// The same `code` twice.
    RepeatedCode,
    /// More than `max` codes: there are `count`.
    TooManyCodes,
    /// `code` stands alone, and others are chosen too.
    ExclusiveCode,
    /// Consent was refused, and this form keeps nothing then.
    Refused,
    /// A text with invisible characters that change its direction: it came from another app, since
    /// [`super::set_answer`] takes them out.
    DirectionControls,
    /// A constraint of the form, by its own code.
    Constraint(String),
}

impl ProblemCode {
    /// Every code but those of constraints, which are the form's
    /// ([`super::Form::constraint_codes`]).
    pub const ALL: [Self; 17] = [
        Self::Required,
        Self::WrongType,
        Self::TooShort,
        Self::TooLong,
        Self::BadPattern,
        Self::TooSmall,
        Self::TooLarge,
        Self::BadDate,
        Self::DateTooEarly,
        Self::DateTooLate,
        Self::BadPlace,
        Self::UnknownCode,
        Self::RepeatedCode,
        Self::TooManyCodes,
        Self::ExclusiveCode,
        Self::Refused,
        Self::DirectionControls,
    ];

    /// The stable name in snake case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Required => "required",
            Self::WrongType => "wrong_type",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::BadPattern => "bad_pattern",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::BadDate => "bad_date",
            Self::DateTooEarly => "date_too_early",
            Self::DateTooLate => "date_too_late",
            Self::BadPlace => "bad_place",
            Self::UnknownCode => "unknown_code",
            Self::RepeatedCode => "repeated_code",
            Self::TooManyCodes => "too_many_codes",
            Self::ExclusiveCode => "exclusive_code",
            Self::Refused => "refused",
            Self::DirectionControls => "direction_controls",
            Self::Constraint(code) => code,
        }
    }
}
