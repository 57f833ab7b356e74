//! What stands in the way of validating a record.

use std::collections::BTreeSet;

use super::question::questions;
use crate::fold::{Deletion, View};
use crate::forms::{CivilDate, Form, Occasion, ProblemCode, validate};
use crate::guard::{Finder, Severity, findings, holds_stop, spots};

/// One reason not to validate a record yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The guard finds a person or a place in this field's words. To be cleaned by author or coordinator.
    Stop {
        /// The field's key, or `clarification` for an answer to a question.
        field: String,
    },
    /// People disagree about this field, or whether the record is deleted (`deleted`): choose first.
    Conflict {
        /// The name of the register.
        register: String,
    },
    /// A date in the future: a phone's clock was wrong.
    DateAhead {
        /// The field's key.
        field: String,
    },
    /// The record refers to a collective that this device does not know, or that was merged in a circle.
    Collective,
}

/// What stands in the way of validating a record, in order; empty when nothing does.
///
/// Derived when it is asked for, never stored: a correction or a merge changes it. `collective_known` says
/// whether the collective that the record refers to is here and stands for one; true where it refers to
/// none.
#[must_use]
pub fn obstacles(
    view: &View,
    form: &Form,
    today: CivilDate,
    collective_known: bool,
    finder: Finder<'_>,
) -> Vec<Obstacle> {
    let answers = view.answers(form);
    let mut found = BTreeSet::new();
    for spot in spots(form, &answers, finder) {
        if holds_stop(std::slice::from_ref(&spot)) {
            found.insert(Obstacle::Stop { field: spot.field });
        }
    }
    let replies = questions(view).into_iter().filter_map(|question| question.answer);
    let stops =
        |text: &String| findings(text, finder).iter().any(|f| f.severity() == Severity::Stop);
    if replies.filter(stops).count() > 0 {
        found.insert(Obstacle::Stop { field: "clarification".to_owned() });
    }
    let conflicts = view.conflicts().map(|(register, _)| register.to_owned());
    found.extend(conflicts.map(|register| Obstacle::Conflict { register }));
    if view.deletion == Deletion::Conflict {
        found.insert(Obstacle::Conflict { register: crate::fold::DELETED.to_owned() });
    }
    let problems = validate(form, &answers, today, Occasion::Showing).into_iter();
    let ahead = problems.filter(|problem| problem.code == ProblemCode::DateTooLate);
    found.extend(ahead.map(|problem| Obstacle::DateAhead { field: problem.field }));
    if !collective_known {
        found.insert(Obstacle::Collective);
    }
    found.into_iter().collect()
}
