//! Questions to the author, and answers.

use std::collections::BTreeMap;
use std::iter;

use crate::change::Value;
use crate::fold::View;
use crate::forms::{text_length, without_direction_controls};
use crate::order::Gather;

/// How long a question may be, in characters as people see them.
pub const QUESTION_MAX: usize = 200;
/// How long an answer may be.
pub const ANSWER_MAX: usize = 280;

const QUESTION: &str = "review_question/";
const ANSWER: &str = "clarification/";

/// A question of a coordinator to the author of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its key: what its answer is written under.
    pub key: String,
    /// The question.
    pub text: String,
    /// The answer, once there is one.
    pub answer: Option<String>,
}

impl Question {
    /// Whether it has an answer that is not blank.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.answer.as_deref().is_some_and(|answer| !answer.trim().is_empty())
    }
}

/// The author's answer to a question, to be saved; none when it is blank or longer than [`ANSWER_MAX`]. The
/// guard should have read it before.
#[must_use]
pub fn answer(key: &str, text: &str) -> Option<BTreeMap<String, Option<Value>>> {
    Some(iter::once((format!("{ANSWER}{key}"), Some(words(text, ANSWER_MAX)?))).gather())
}

/// Whether a register holds a question or an answer: what is asked and said about a record, and nothing of the record.
pub(crate) fn is_asked_or_said(register: &str) -> bool {
    [QUESTION, ANSWER].iter().any(|kind| register.starts_with(kind))
}

/// The register and the value of a question; none when it is blank or too long.
pub(super) fn question(key: &str, text: &str) -> Option<(String, Option<Value>)> {
    Some((format!("{QUESTION}{key}"), Some(words(text, QUESTION_MAX)?)))
}

/// The questions of a record, without those that were taken back.
pub(super) fn questions(view: &View) -> Vec<Question> {
    let registers = view.registers.keys();
    let keys = registers.filter_map(|name| Some((name, name.strip_prefix(QUESTION)?)));
    let question = |(name, key): (&String, &str)| {
        let text = view.text(name)?.to_owned();
        let answer = view.text(&format!("{ANSWER}{key}")).map(str::to_owned);
        Some(Question { key: key.to_owned(), text, answer })
    };
    keys.filter_map(question).collect()
}

fn words(text: &str, max: usize) -> Option<Value> {
    let clean = without_direction_controls(text);
    let text = clean.as_deref().unwrap_or(text).trim();
    (!text.is_empty() && text_length(text) <= max).then(|| Value::from(text))
}
