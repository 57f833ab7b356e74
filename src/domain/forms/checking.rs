//! Refusing documents that would mislead.

use std::collections::BTreeSet;
use std::fmt;

use super::document::{DefaultAnswer, FORMAT, Field, Form};
use super::expression::Expression;
use super::field_type::{FieldType, Target};

/// Checks that a form does not contradict itself.
///
/// # Errors
/// [`FormError`], every kind but [`FormError::Shape`] and [`FormError::Format`].
pub(super) fn check(form: &Form) -> Result<(), FormError> {
    check_keys(form)?;
    for (section, field) in form.fields() {
        check_expression(form, &field.key, section.relevance.as_ref())?;
        check_field(form, field)?;
    }
    if let Some(refusal) = &form.refusal {
        check_expression(form, "refusal", Some(&refusal.when))?;
        refusal.keep.iter().try_for_each(|key| check_reference(form, "refusal", key))?;
    }
    Ok(())
}

/// Why a document is refused. Names are those of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// A part is missing, of another kind, or not known to this program: the name of it, or of what it
    /// is part of.
    Shape(String),
    /// The document's format is another than [`FORMAT`]; zero when it names none.
    Format(u32),
    /// A key has other characters than `a-z`, `0-9` and `_`, or none.
    BadKey(String),
    /// Two fields, or two sections, have this key.
    DuplicateKey(String),
    /// `at` names a field that the form does not have.
    UnknownField {
        /// Where it is named.
        at: String,
        /// The name.
        field: String,
    },
    /// The field draws from a code list that nobody provides.
    UnknownList {
        /// The field.
        field: String,
        /// The list.
        list: String,
    },
    /// The field's default, exclusive code, scale point or consent is not in its code list.
    UnknownCode {
        /// The field.
        field: String,
        /// The code.
        code: String,
    },
}

impl fmt::Display for FormError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(at) => write!(out, "not a form document: {at}"),
            Self::Format(format) => write!(out, "form format {format} is not {FORMAT}"),
            Self::BadKey(key) => write!(out, "key {key:?} is not made of a-z, 0-9 and _"),
            Self::DuplicateKey(key) => write!(out, "key {key} is used twice"),
            Self::UnknownField { at, field } => write!(out, "{at} names no field: {field}"),
            Self::UnknownList { field, list } => write!(out, "{field} draws from no list: {list}"),
            Self::UnknownCode { field, code } => write!(out, "{field} has no code {code}"),
        }
    }
}

impl std::error::Error for FormError {}

/// A `/` in a key would collide with the registers of a choice of several.
fn check_keys(form: &Form) -> Result<(), FormError> {
    let sections = form.sections.iter().map(|section| &section.key);
    let fields = form.fields().map(|(_, field)| &field.key);
    distinct(sections)?;
    distinct(fields)
}

fn distinct<'a>(keys: impl Iterator<Item = &'a String>) -> Result<(), FormError> {
    let mut seen = BTreeSet::new();
    for key in keys {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || !key.chars().all(is_plain) {
            return Err(FormError::BadKey(key.clone()));
        }
        if !seen.insert(key) {
            return Err(FormError::DuplicateKey(key.clone()));
        }
    }
    Ok(())
}

fn check_field(form: &Form, field: &Field) -> Result<(), FormError> {
    check_expression(form, &field.key, field.relevance.as_ref())?;
    for constraint in &field.constraints {
        check_expression(form, &field.key, Some(&constraint.holds))?;
    }
    if let Some(other) = &field.asked_with {
        check_reference(form, &field.key, other)?;
    }
    if let Some(list) = field.field_type.list()
        && !form.lists.contains_key(list)
    {
        return Err(FormError::UnknownList { field: field.key.clone(), list: list.to_owned() });
    }
    if let Some(DefaultAnswer::Code(code)) = &field.default {
        check_code(form, field, code)?;
    }
    check_type(form, field)
}

fn check_type(form: &Form, field: &Field) -> Result<(), FormError> {
    match &field.field_type {
        FieldType::Choices(rules) | FieldType::OrderedChoices(rules) => {
            rules.exclusive.iter().try_for_each(|code| check_code(form, field, code))
        }
        FieldType::Scale5(_) => ["-2", "-1", "0", "1", "2", super::NOT_SAID]
            .iter()
            .try_for_each(|code| check_code(form, field, code)),
        FieldType::Reference(rules) | FieldType::References(rules) => match &rules.target {
            Target::Kind(_) => Ok(()),
            Target::KindIn(other) => check_reference(form, &field.key, other),
        },
        FieldType::Consent(rules) => {
            check_reference(form, &field.key, &rules.version_field)?;
            for (key, code) in rules.options.iter().flat_map(|option| &option.assigns) {
                let target = form.field(key).ok_or_else(|| unknown_field(&field.key, key))?;
                check_code(form, target, code)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_expression(form: &Form, at: &str, expr: Option<&Expression>) -> Result<(), FormError> {
    let names = expr.map(Expression::fields).unwrap_or_default();
    names.into_iter().try_for_each(|key| check_reference(form, at, key))
}

fn check_reference(form: &Form, at: &str, key: &str) -> Result<(), FormError> {
    form.field(key).map(|_| ()).ok_or_else(|| unknown_field(at, key))
}

fn unknown_field(at: &str, key: &str) -> FormError {
    FormError::UnknownField { at: at.to_owned(), field: key.to_owned() }
}

fn check_code(form: &Form, field: &Field, code: &str) -> Result<(), FormError> {
    if form.choices(field).iter().any(|choice| choice.code == code) {
        return Ok(());
    }
    Err(FormError::UnknownCode { field: field.key.clone(), code: code.to_owned() })
}
