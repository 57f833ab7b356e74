//! Answers as registers of the change model, and back.
//!
//! A choice of several is one register per option, `effects/fatigue` = true, so that two people
//! who add different options apart both keep them. Everything else, a choice in order included, is
//! one register under the field's key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::document::{Field, Form};
use super::field_type::FieldType;
use crate::order::Gather;

/// The value of one register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text, code, date or id.
    Text(String),
    /// Codes in order.
    Texts(Vec<String>),
}

/// Registers by name: a field key, or a field key, `/` and a code.
pub type Registers = BTreeMap<String, RegisterValue>;

/// Registers read with a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FromRegisters {
    /// What the form's fields hold. Codes that their lists do not know are among it.
    pub answers: Answers,
    /// Everything else as it came: registers of no field of this form, of another type than their
    /// field, or false for an option. To be kept and passed on.
    pub rest: Registers,
}

/// The registers of a finished form. Blank answers and answers of fields that are not relevant
/// are left out; when consent is refused, so is all that the form's refusal does not keep.
#[must_use]
pub fn to_registers(form: &Form, answers: &Answers) -> Registers {
    let mut registers = Registers::new();
    for (section, field) in form.fields() {
        let Some(answer) = answers.get(&field.key).filter(|answer| !answer.is_blank()) else {
            continue;
        };
        if form.keeps(field, answers) && field.is_relevant(section, answers) {
            write(field, answer, &mut registers);
        }
    }
    registers
}

/// The answers that registers hold for this form, and what it cannot read.
#[must_use]
pub fn from_registers(form: &Form, registers: &Registers) -> FromRegisters {
    let mut read = FromRegisters::default();
    for (name, value) in registers {
        if !read_register(form, name, value, &mut read.answers) {
            read.rest.insert(name.clone(), value.clone());
        }
    }
    read
}

/// What to edit so that `before` becomes `after`: the new value by register, none to empty it.
/// Registers that are the same, or in neither, are not edited.
#[must_use]
pub fn register_edits(
    before: &Registers,
    after: &Registers,
) -> BTreeMap<String, Option<RegisterValue>> {
    let emptied = before.keys().filter(|name| !after.contains_key(*name));
    let written = after.iter().filter(|(name, value)| before.get(*name) != Some(*value));
    emptied
        .map(|name| (name.clone(), None))
        .chain(written.map(|(name, value)| (name.clone(), Some(value.clone()))))
        .gather()
}

/// The field of a register: `effects` for `effects/fatigue`. None when the form has no such
/// field, or the field is not kept in registers of this shape.
#[must_use]
pub fn field_of_register<'a>(form: &'a Form, name: &str) -> Option<&'a Field> {
    match name.split_once('/') {
        Some((key, _)) => form.field(key).filter(|field| has_register_per_option(field)),
        None => form.field(name).filter(|field| !has_register_per_option(field)),
    }
}

fn has_register_per_option(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Choices(_) | FieldType::References(_))
}

fn write(field: &Field, answer: &Answer, registers: &mut Registers) {
    let value = match answer {
        Answer::Codes(codes) if has_register_per_option(field) => {
            let options = codes.iter().map(|code| format!("{}/{code}", field.key));
            registers.extend(options.map(|name| (name, RegisterValue::Bool(true))));
            return;
        }
        Answer::Codes(codes) => RegisterValue::Texts(codes.clone()),
        Answer::Text(text) | Answer::Code(text) | Answer::Reference(text) => {
            RegisterValue::Text(text.clone())
        }
        Answer::Int(number) => RegisterValue::Int(*number),
        Answer::Bool(truth) => RegisterValue::Bool(*truth),
    };
    registers.insert(field.key.clone(), value);
}

fn read_register(form: &Form, name: &str, value: &RegisterValue, answers: &mut Answers) -> bool {
    use RegisterValue as V;
    let Some(field) = field_of_register(form, name) else { return false };
    if let Some((_, code)) = name.split_once('/') {
        return *value == RegisterValue::Bool(true) && add_code(field, code, answers);
    }
    let answer = match (&field.field_type, value) {
        (FieldType::Text(_) | FieldType::LongText(_) | FieldType::Date(_), V::Text(text)) => {
            Answer::Text(text.clone())
        }
        (FieldType::Choice(_) | FieldType::Place | FieldType::Consent(_), V::Text(code)) => {
            Answer::Code(code.clone())
        }
        (FieldType::Reference(_), V::Text(id)) => Answer::Reference(id.clone()),
        (FieldType::Integer(_) | FieldType::Scale5(_), V::Int(number)) => Answer::Int(*number),
        (FieldType::TriState, V::Bool(truth)) => Answer::Bool(*truth),
        (FieldType::OrderedChoices(_), V::Texts(codes)) => Answer::Codes(codes.clone()),
        _ => return false,
    };
    answers.insert(field.key.clone(), answer);
    true
}

/// Registers come sorted by name, so the codes end sorted.
fn add_code(field: &Field, code: &str, answers: &mut Answers) -> bool {
    let held = answers.entry(field.key.clone()).or_insert_with(|| Answer::Codes(Vec::new()));
    match held {
        Answer::Codes(codes) => codes.push(code.to_owned()),
        _ => return false,
    }
    true
}
