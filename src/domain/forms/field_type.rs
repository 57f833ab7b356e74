//! Types of fields with their limits.

use super::answer::{Answer, Answers};
use super::civil_date::CivilDate;
use super::label::{Label, Language};

/// What a field accepts. In JSON: `"tri_state"`, `{"integer": {"min": 0, "max": 3000}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// One line of words.
    Text(TextRules),
    /// Several lines of words.
    LongText(TextRules),
    /// A whole number.
    Integer(IntegerRules),
    /// A civil date.
    Date(DateRules),
    /// One code of a list.
    Choice(ChoiceRules),
    /// Several codes of a list; their order says nothing.
    Choices(ChoicesRules),
    /// Several codes of a list in the order of tapping, the first weighing most.
    OrderedChoices(ChoicesRules),
    /// A whole number from -2 to 2; "not said" is the absence of an answer.
    Scale5(ScaleRules),
    /// Yes or no; "not said" is the absence of an answer.
    TriState,
    /// The id of one other record.
    Reference(ReferenceRules),
    /// The ids of several other records; their order says nothing.
    References(ReferenceRules),
    /// A place code, see [`super::places`].
    Place,
    /// One question whose every option answers several fields.
    Consent(ConsentRules),
}

impl FieldType {
    /// The key of the code list it draws from, if it does.
    #[must_use]
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::Choice(rules) => Some(&rules.list),
            Self::Choices(rules) | Self::OrderedChoices(rules) => Some(&rules.list),
            Self::Scale5(rules) => Some(&rules.list),
            Self::Consent(rules) => Some(&rules.list),
            _ => None,
        }
    }
}

/// Limits of a text, counted in characters as people see them (see [`super::text_length`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRules {
    /// At least this many, when anything is written.
    pub min: Option<usize>,
    /// At most this many.
    pub max: usize,
    /// The shape it must have.
    pub pattern: Option<Pattern>,
    /// Whether the guard for personal data reads it.
    pub guard: bool,
}

/// A shape of texts, by a stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Four digits, not after the current year.
    Year,
    /// `YYYY-MM`, not after the current month.
    Month,
    /// An address on the web: `https://`, a host with a dot, no blanks.
    HttpsUrl,
    /// A telephone number: `+` or a digit first, then digits and separators, eight digits at least.
    Phone,
    /// A code of a collective, see [`super::collective_code`].
    CollectiveCode,
}

impl Pattern {
    pub(super) const NAMES: [(&'static str, Self); 5] = [
        ("year", Self::Year),
        ("month", Self::Month),
        ("https_url", Self::HttpsUrl),
        ("phone", Self::Phone),
        ("collective_code", Self::CollectiveCode),
    ];

    /// The name in documents and in the details of a problem.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, pattern)| *pattern == self).map_or("", |(name, _)| name)
    }
}

/// Limits of a whole number, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegerRules {
    /// The smallest.
    pub min: Option<i64>,
    /// The largest.
    pub max: Option<i64>,
    /// Whether the screen offers buttons for one less and one more.
    pub stepper: bool,
}

/// Limits of a date, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRules {
    /// The first date.
    pub min: Option<DateLimit>,
    /// The last date.
    pub max: Option<DateLimit>,
}

/// An end of a range of dates: `"today"` or `"2015-01-01"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLimit {
    /// The day on which the form is checked.
    Today,
    /// A fixed day.
    On(CivilDate),
}

impl DateLimit {
    /// The date it stands for.
    #[must_use]
    pub fn resolve(self, today: CivilDate) -> CivilDate {
        match self {
            Self::Today => today,
            Self::On(date) => date,
        }
    }
}

/// How a choice looks. In JSON its name in snake case; buttons for one code, chips for several, where
/// nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceStyle {
    /// All options side by side or stacked, one tap.
    Buttons,
    /// A list that scrolls.
    List,
    /// Small labels that wrap.
    Chips,
}

impl ChoiceStyle {
    pub(super) const OF_ONE: [(&'static str, Self); 3] =
        [("buttons", Self::Buttons), ("list", Self::List), ("chips", Self::Chips)];
    pub(super) const OF_SEVERAL: [(&'static str, Self); 3] =
        [("chips", Self::Chips), ("list", Self::List), ("buttons", Self::Buttons)];
}

/// A choice of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceRules {
    /// Key of the code list.
    pub list: String,
    /// How it looks.
    pub style: ChoiceStyle,
}

/// A choice of several codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoicesRules {
    /// Key of the code list.
    pub list: String,
    /// How it looks.
    pub style: ChoiceStyle,
    /// At most this many codes.
    pub max: Option<usize>,
    /// Codes that stand alone ("none of these").
    pub exclusive: Vec<String>,
}

/// A scale of five points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleRules {
    /// Key of the code list with the labels of `-2` to `2` and of `not_said`.
    pub list: String,
}

/// A reference to other records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRules {
    /// What it refers to.
    pub target: Target,
}

/// The kind of the record that a reference leads to. In JSON `{"kind": "visit"}` or
/// `{"kind_in": "target_type"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Records of this kind.
    Kind(String),
    /// Records of the kind that the field with this key says.
    KindIn(String),
}

impl ReferenceRules {
    /// The kind of the records to choose from, given these answers; none while the field that says it has
    /// no answer.
    #[must_use]
    pub fn kind<'a>(&'a self, answers: &'a Answers) -> Option<&'a str> {
        match &self.target {
            Target::Kind(kind) => Some(kind),
            Target::KindIn(field) => match answers.get(field)? {
                Answer::Code(kind) => Some(kind),
                _ => None,
            },
        }
    }
}

/// A question of consent: one tap answers several fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRules {
    /// Key of the code list of the field's own answer.
    pub list: String,
    /// What is read aloud before asking.
    pub script: Script,
    /// Key of the field that keeps the version of the script that was read.
    pub version_field: String,
    /// The buttons, in their order.
    pub options: Vec<ConsentOption>,
}

/// The words read aloud before asking for consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its version, a month: `2026-11`.
    pub version: String,
    /// The words.
    pub text: Label,
}

impl Script {
    /// What a record keeps of it: version and language, `2026-11-fr`.
    #[must_use]
    pub fn version_read(&self, language: Language) -> String {
        format!("{}-{}", self.version, language.tag())
    }
}

/// One button of a question of consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentOption {
    /// Stable key of the button.
    pub key: String,
    /// What it says.
    pub label: Label,
    /// The code that each field receives, by its key. Fields that only other buttons name are emptied.
    pub assigns: Vec<(String, String)>,
}

impl ConsentOption {
    /// The code that this button gives to a field; none when it does not name it.
    #[must_use]
    pub fn code_for(&self, field: &str) -> Option<&str> {
        self.assigns.iter().find(|(key, _)| key == field).map(|(_, code)| code.as_str())
    }
}
