//! What coordinators decide, and from where.

use std::collections::BTreeMap;

use super::obstacle::Obstacle;
use super::question::question;
use super::state::{Review, ReviewState};
use crate::change::Value;
use crate::fold::REVIEW_STATE;

/// A decision of a coordinator about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// To look at it: its author sees that somebody does.
    Open,
    /// To ask its author.
    Ask {
        /// A key that no other question of this record has: the caller draws it at random.
        key: String,
        /// The question, up to [`super::QUESTION_MAX`] characters.
        text: String,
    },
    /// To let it count.
    Validate,
    /// To let it count nowhere.
    Reject {
        /// A code of the list `review_reason`.
        reason: String,
    },
    /// To say that it is another record entered twice; which one is the caller's to say.
    Merge,
    /// To look again at what was validated, or to go on without an answer.
    Reopen,
    /// To take it out because consent was withdrawn. Erasing it is another order.
    Withdraw,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Not from where the record is.
    NotFrom(ReviewState),
    /// The question is blank or too long.
    Question,
    /// Something stands in the way of validating it.
    Obstacles(Vec<Obstacle>),
}

impl Decision {
    /// Whether a record that is here may go where this decision leads. What else stands in the way of
    /// validating is for [`super::obstacles`].
    #[must_use]
    pub fn leads_from(&self, state: ReviewState) -> bool {
        use ReviewState as S;
        match self {
            Self::Open => state == S::Submitted,
            Self::Ask { .. } | Self::Validate | Self::Reject { .. } => state == S::InReview,
            Self::Merge => matches!(state, S::InReview | S::Validated),
            // An author who never answers must not hold a visit for ever, nor a hasty word set it aside.
            Self::Reopen => matches!(state, S::Validated | S::NeedsInfo | S::Rejected),
            Self::Withdraw => !matches!(state, S::Withdrawn | S::Unknown),
        }
    }

    /// The state that it leads to.
    #[must_use]
    pub fn state(&self) -> ReviewState {
        match self {
            Self::Open | Self::Reopen => ReviewState::InReview,
            Self::Ask { .. } => ReviewState::NeedsInfo,
            Self::Validate => ReviewState::Validated,
            Self::Reject { .. } => ReviewState::Rejected,
            Self::Merge => ReviewState::Merged,
            Self::Withdraw => ReviewState::Withdrawn,
        }
    }

    /// What to save so that it is decided: for [`crate::notebook::Notebook::save`], with no proof of creation.
    /// `obstacles` are those of the record ([`super::obstacles`]); only validating looks at them.
    ///
    /// # Errors
    /// [`Refused`]; nothing is to be saved then.
    pub fn desired(
        &self,
        review: &Review,
        obstacles: Vec<Obstacle>,
    ) -> Result<BTreeMap<String, Option<Value>>, Refused> {
        if !self.leads_from(review.state) {
            return Err(Refused::NotFrom(review.state));
        }
        if *self == Self::Validate && !obstacles.is_empty() {
            return Err(Refused::Obstacles(obstacles));
        }
        let mut desired = BTreeMap::new();
        if let Some(code) = self.state().code() {
            desired.insert(REVIEW_STATE.to_owned(), Some(Value::from(code)));
        }
        match self {
            Self::Ask { key, text } => {
                desired.extend([question(key, text).ok_or(Refused::Question)?])
            }
            Self::Reject { reason } => {
                desired.insert("review_reason".to_owned(), Some(Value::from(reason.as_str())));
            }
            _ => {}
        }
        Ok(desired)
    }
}
