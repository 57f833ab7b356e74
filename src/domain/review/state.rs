//! Where a record is in its review.

use super::question::{Question, questions};
use crate::fold::{REVIEW_STATE, Standing, View};

/// Where a record is. A draft is no record yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewState {
    /// Its author finished it, and has answered every question since.
    Submitted,
    /// A coordinator looks at it.
    InReview,
    /// A question to its author has no answer yet.
    NeedsInfo,
    /// It counts in the syntheses.
    Validated,
    /// It counts nowhere.
    Rejected,
    /// Consent was withdrawn.
    Withdrawn,
    /// It is another record entered twice.
    Merged,
    /// A newer app's state: it counts nowhere, and nothing is decided about it here.
    Unknown,
}

impl ReviewState {
    const CODES: [(&'static str, Self); 7] = [
        ("submitted", Self::Submitted),
        ("in_review", Self::InReview),
        ("needs_info", Self::NeedsInfo),
        ("validated", Self::Validated),
        ("rejected", Self::Rejected),
        ("withdrawn", Self::Withdrawn),
        ("merged", Self::Merged),
    ];

    /// Its code in the list `review_state`; none for [`ReviewState::Unknown`].
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        Self::CODES.iter().find(|(_, state)| *state == self).map(|(code, _)| *code)
    }

    fn of_code(code: &str) -> Self {
        let known = Self::CODES.iter().find(|(known, _)| *known == code);
        known.map_or(Self::Unknown, |(_, state)| *state)
    }
}

/// What becomes of a word written now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pen {
    /// It counts.
    Counts,
    /// It is a proposal to the coordinators.
    Proposes,
    /// It is kept and shown to coordinators, with a device that nobody confirmed or that was revoked.
    Nothing,
}

/// The review of one record, as one device sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Where it is. While coordinators disagree, the most protective of what they say.
    pub state: ReviewState,
    /// Whether coordinators disagree about it.
    pub disputed: bool,
    /// Why it was rejected, a code of the list `review_reason`.
    pub reason: Option<String>,
    /// Every question to its author, by key.
    pub questions: Vec<Question>,
}

impl Review {
    /// Reads a record's review. A function of the view alone.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let questions = questions(view);
        // On a phone that let go of an answered record its questions went with it.
        let answered = questions.iter().all(Question::is_answered);
        let stated = view.text(REVIEW_STATE).map_or(ReviewState::Submitted, ReviewState::of_code);
        let state = match stated {
            ReviewState::NeedsInfo if answered => ReviewState::Submitted,
            other => other,
        };
        let disputed = view.registers.get(REVIEW_STATE).is_some_and(|held| held.in_conflict());
        let reason = view.text("review_reason").filter(|_| state == ReviewState::Rejected);
        Self { state, disputed, reason: reason.map(str::to_owned), questions }
    }

    /// The questions that wait for the author.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        let asks = self.state == ReviewState::NeedsInfo;
        self.questions.iter().filter(move |question| asks && !question.is_answered())
    }
}

impl Pen {
    /// What becomes of a correction of this record's content by somebody of this standing.
    #[must_use]
    pub fn of(view: &View, standing: Standing) -> Self {
        match standing {
            Standing::Coordinator => Self::Counts,
            Standing::Member(member) if view.creator == Some(member) && !view.closed => {
                Self::Counts
            }
            Standing::Member(_) => Self::Proposes,
            Standing::Unconfirmed | Standing::Revoked => Self::Nothing,
        }
    }
}
