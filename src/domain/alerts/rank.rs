//! The order in which alerts are looked at.

use super::code;
use super::status::is_closed;
use crate::forms::{Answer, Answers, CivilDate};

/// Stages, the most pressing first. One that is not here, carried out or of a newer version, comes after them.
const STAGES: [&str; 6] = ["date_set", "bailiff", "judgment", "court", "notice", "rumour"];

/// How soon an alert needs somebody. Sorts by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its day is over, and nobody said how it ended.
    Past,
    /// Today, tomorrow or the day after.
    TwoDays,
    /// Within seven days.
    Week,
    /// Within thirty days.
    Month,
    /// Later than that.
    Later,
    /// Open, of no day that is known.
    Undated,
    /// Closed.
    Closed,
}

/// An alert's place among others: smaller ones come first. By urgency, then the day, then the stage; closed
/// ones are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    urgency: Urgency,
    on: Option<CivilDate>,
    stage: usize,
}

impl Rank {
    /// The place of the alert that [stands](super::standing) so, with these answers, today.
    pub fn of(standing: &str, answers: &Answers, today: CivilDate) -> Self {
        if is_closed(standing) {
            return Self { urgency: Urgency::Closed, on: None, stage: 0 };
        }
        let on = match answers.get("event_on") {
            Some(Answer::Text(day)) => day.parse().ok(),
            _ => None,
        };
        let stage = code(answers, "stage");
        let stage = STAGES.iter().position(|known| Some(*known) == stage);
        Self { urgency: urgency(on, today), on, stage: stage.unwrap_or(STAGES.len()) }
    }

    /// How soon it needs somebody.
    pub fn urgency(self) -> Urgency {
        self.urgency
    }
}

fn urgency(on: Option<CivilDate>, today: CivilDate) -> Urgency {
    match on.map(|on| on.days_after(today)) {
        None => Urgency::Undated,
        Some(..0) => Urgency::Past,
        Some(..=2) => Urgency::TwoDays,
        Some(..=7) => Urgency::Week,
        Some(..=30) => Urgency::Month,
        Some(_) => Urgency::Later,
    }
}
