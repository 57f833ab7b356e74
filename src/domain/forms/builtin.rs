//! The forms that the program carries.

use std::sync::LazyLock;

use super::code_list::CodeLists;
use super::document::{FORMAT, Form};
use super::label::Label;
use super::parse::{FormError, parse_form};

/// The visit: ten questions, the rest folded.
#[must_use]
pub fn visit_form() -> &'static Form {
    static FORM: LazyLock<Form> = LazyLock::new(|| built_in(include_str!("visit.json")));
    &FORM
}

/// The collective: three taps, the rest folded.
#[must_use]
pub fn initiative_form() -> &'static Form {
    static FORM: LazyLock<Form> = LazyLock::new(|| built_in(include_str!("initiative.json")));
    &FORM
}

/// The built-in form of this kind of record; none when there is none.
#[must_use]
pub fn form_for(record_kind: &str) -> Option<&'static Form> {
    [visit_form, initiative_form]
        .into_iter()
        .map(|form| form())
        .find(|f| f.record_kind == record_kind)
}

/// The code lists of the built-in forms.
///
/// # Errors
/// [`FormError::Syntax`] when the file compiled in is broken, which a test rules out.
pub fn built_in_lists() -> Result<CodeLists, FormError> {
    let json = include_str!("code-lists.json");
    serde_json::from_str(json).map_err(|error| FormError::Syntax(error.to_string()))
}

/// A test reads the same documents, so the empty form is never shown.
fn built_in(json: &str) -> Form {
    built_in_lists().and_then(|lists| parse_form(json, &lists)).unwrap_or_else(|error| Form {
        format: FORMAT,
        key: String::new(),
        version: 0,
        record_kind: String::new(),
        label: Label { fr: error.to_string(), nl: None, en: None },
        refusal: None,
        sections: Vec::new(),
        lists: CodeLists::new(),
    })
}
