//! What a reviewer is told of a record beside what stands in its way.

use crate::fold::View;
use crate::forms::{Answer, DIRECTION_CONTROLS, FLAGS, Form};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Worth a look; it holds nothing up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flag {
    /// Invisible characters that change the direction of a text were taken out of this field.
    Cleaned {
        /// The field's key.
        field: String,
    },
    /// The record was noted by a clock that went ahead of the server's by more than a day.
    ClockAhead {
        /// By so many whole days at least.
        days: u64,
    },
}

/// What is to be told of a record, in order. `ahead` is
/// [`Notebook::ahead_of_receipt`](crate::notebook::Notebook::ahead_of_receipt).
#[must_use]
pub fn flags(view: &View, form: &Form, ahead: u64) -> Vec<Flag> {
    let answers = view.answers(form);
    let raised = match answers.get(FLAGS) {
        Some(Answer::Codes(codes)) => codes.as_slice(),
        _ => &[],
    };
    let cleaned = raised.iter().filter_map(|code| {
        let (field, rule) = code.split_once(':')?;
        (rule == DIRECTION_CONTROLS).then(|| Flag::Cleaned { field: field.to_owned() })
    });
    let days = ahead / DAY;
    let ahead = (days > 0).then_some(Flag::ClockAhead { days });
    cleaned.chain(ahead).collect()
}
