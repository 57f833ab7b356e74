//! Forms are data: what is asked about a record, and what becomes of the answers.
//!
//! A [`Form`] is a document of sections and fields with labels in three languages, choices,
//! relevance and constraints. One renderer ([`visible_sections`], [`toggle_choice`],
//! [`set_answer`]), one validator ([`validate`]) and one translation to the registers of the
//! change model ([`to_registers`]) serve every form.
//!
//! ```text
//!  documents/*.json ──build.rs──► packed ──reading──► Form ──► screens, validator, registers
//! ```
//!
//! The built-in documents and the code lists that they share (`lists.json`) are beside this file. Tests
//! check their labels, types, lists and limits against `tests/data-model.json`, the part of the data model
//! that they follow; nothing of it reaches a phone.

mod answer;
mod answering;
mod blocks;
mod builtin;
mod checking;
mod civil_date;
mod code_list;
mod collective_code;
mod document;
mod expression;
mod field_type;
mod label;
mod packed;
pub mod places;
mod problem;
mod questions;
mod reading;
mod registers;
mod repeating;
mod search_key;
mod text_length;
mod validation;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Answers, is_answered};
pub use answering::{
    DIRECTION_CONTROLS, FLAGS, NOT_SAID, Taken, Toggled, accepts, choose_consent, chosen_consent,
    initial_answers, set_answer, step_integer, toggle_choice,
};
pub use blocks::{Block, VISIT_BLOCKS};
pub use builtin::{built_in_forms, built_in_lists, form_for, initiative_form, visit_form};
pub use checking::FormError;
pub use civil_date::{CivilDate, NotADate};
pub use code_list::{Choice, CodeList, CodeLists, code_label};
pub use collective_code::{
    COLLECTIVE_CODE_LENGTH, collective_code, collective_code_prefix, normalise_collective_code,
};
pub use document::{
    Audience, Constraint, DefaultAnswer, FORMAT, Field, Form, Privacy, Refusal, Section,
};
pub use expression::Expression;
pub use field_type::{
    ChoiceRules, ChoiceStyle, ChoicesRules, ConsentOption, ConsentRules, DateLimit, DateRules,
    FieldType, IntegerRules, Pattern, ReferenceRules, ScaleRules, Script, Target, TextRules,
};
pub use label::{Label, Language};
pub use problem::{Problem, ProblemCode, Severity};
pub use questions::{VisibleSection, companions, visible_sections};
pub use reading::read_form;
pub use registers::{
    FromRegisters, RegisterValue, Registers, field_of_register, from_registers, register_edits,
    to_registers,
};
pub use repeating::repeated_answers;
pub use search_key::search_key;
pub use text_length::{clip_text, text_length, without_direction_controls};
pub use validation::{Occasion, has_errors, validate};
