//! Types of fields with their limits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::civil_date::CivilDate;
use super::label::{Label, Language};

/// What a field accepts. In JSON: `"tri_state"`, `{"integer": {"min": 0, "max": 3000}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRules {
    /// At least this many, when anything is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<usize>,
    /// At most this many.
    pub max: usize,
    /// The shape it must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    /// Whether the guard for personal data reads it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub guard: bool,
}

/// A shape of texts, by a stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Four digits, not after the current year.
    Year,
    /// A BCP 47 tag: `fr`, `ti`, `zh-Hant`.
    LanguageTag,
    /// A code of a collective, see [`super::collective_code`].
    CollectiveCode,
}

impl Pattern {
    /// The name in documents and in the details of a problem.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::LanguageTag => "language_tag",
            Self::CollectiveCode => "collective_code",
        }
    }
}

/// Limits of a whole number, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegerRules {
    /// The smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Whether the screen offers buttons for one less and one more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stepper: bool,
}

/// Limits of a date, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRules {
    /// The first date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<DateLimit>,
    /// The last date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<DateLimit>,
}

/// An end of a range of dates: `"today"` or `"2015-01-01"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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

impl TryFrom<String> for DateLimit {
    type Error = super::civil_date::NotADate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "today" { Ok(Self::Today) } else { text.parse().map(Self::On) }
    }
}

impl From<DateLimit> for String {
    fn from(limit: DateLimit) -> Self {
        match limit {
            DateLimit::Today => "today".to_owned(),
            DateLimit::On(date) => date.to_string(),
        }
    }
}

/// How a choice looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceStyle {
    /// All options side by side or stacked, one tap.
    Buttons,
    /// A list that scrolls.
    List,
    /// Small labels that wrap.
    Chips,
}

/// A choice of one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceRules {
    /// Key of the code list.
    pub list: String,
    /// How it looks.
    pub style: ChoiceStyle,
}

/// A choice of several codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoicesRules {
    /// Key of the code list.
    pub list: String,
    /// How it looks.
    pub style: ChoiceStyle,
    /// At most this many codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
    /// Codes that stand alone ("none of these").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusive: Vec<String>,
}

/// A scale of five points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleRules {
    /// Key of the code list with the labels of `-2` to `2` and of `not_said`.
    pub list: String,
}

/// A reference to other records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceRules {
    /// Kind of the record referred to.
    pub kind: String,
}

/// A question of consent: one tap answers several fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentOption {
    /// Stable key of the button.
    pub key: String,
    /// What it says.
    pub label: Label,
    /// The code that each field receives. Fields that only other buttons name are emptied.
    pub assigns: BTreeMap<String, String>,
}

fn is_false(value: &bool) -> bool {
    !*value
}
