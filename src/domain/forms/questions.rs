//! What the screen asks, given the answers so far.

use super::answer::Answers;
use super::document::{Field, Form, Section};

/// A section with the questions to show in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisibleSection<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its questions, in their order; at least one.
    pub questions: Vec<&'a Field>,
}

/// The sections to show, each with the questions that [`Form::asks`], in the order of the form.
/// Automatic fields and fields asked inside another's control are no questions of their own; sections
/// without a question are left out.
#[must_use]
pub fn visible_sections<'a>(form: &'a Form, answers: &Answers) -> Vec<VisibleSection<'a>> {
    let visible = form.sections.iter().map(|section| {
        let own = |field: &&Field| !field.automatic && field.asked_with.is_none();
        let asked = |field: &&Field| form.asks(section, field, answers);
        let questions = section.fields.iter().filter(own).filter(asked).collect();
        VisibleSection { section, questions }
    });
    visible.filter(|visible| !visible.questions.is_empty()).collect()
}

/// The fields asked inside this field's control, in the order of the form: the precision
/// of a number, the scope of a consent.
#[must_use]
pub fn companions<'a>(form: &'a Form, field: &Field, answers: &Answers) -> Vec<&'a Field> {
    form.fields()
        .filter(|(section, other)| {
            other.asked_with.as_deref() == Some(field.key.as_str())
                && form.asks(section, other, answers)
        })
        .map(|(_, other)| other)
        .collect()
}
