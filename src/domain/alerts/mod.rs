//! Alerts: which comes first, how each goes on, what is told beside it.
//!
//! Everything here is a function of an alert as it is known and of the day.

mod rank;
mod reminder;
mod status;

#[cfg(test)]
mod tests;

pub use rank::{Rank, Urgency};
pub use reminder::winter_reminder;
pub use status::{
    ACKNOWLEDGED, NEW, TO_CONFIRM, is_closed, is_to_take_up, next_steps, standing, status,
};

use crate::forms::{Answer, Answers};

/// The code that answers a field.
fn code<'a>(answers: &'a Answers, field: &str) -> Option<&'a str> {
    match answers.get(field) {
        Some(Answer::Code(code)) => Some(code),
        _ => None,
    }
}
