//! The review of a record: from the author's phone to "validated", and back where something is unclear.
//!
//! ```text
//!            open                 validate
//!  submitted ────► in_review ──────────────► validated
//!     ▲               │  ▲                       │
//!     │ every         │  └───── reopen ──────────┘  (and from rejected)
//!     │ question   ask│
//!     │ answered      ▼                      reject, merge ► rejected, merged
//!     └────────── needs_info                 withdraw, from anywhere ► withdrawn
//! ```
//!
//! | Field | Holds | Who decides | Who sees it |
//! |---|---|---|---|
//! | `review_state` | a code of the list `review_state`; nothing is "submitted" | coordinators | author, coordinators |
//! | `review_reason` | a code of the list `review_reason`, with "rejected" | coordinators | author, coordinators |
//! | `review_question/<key>` | a question to the author, a text | coordinators | author, coordinators |
//! | `clarification/<key>` | its answer, a text | the author; coordinators may | author, coordinators |
//!
//! Other volunteers see nothing of it: a record's bundles are for its author and the coordinators. Each question
//! is a register of its own, so that two coordinators who ask apart both get an answer.
//!
//! The author corrects a record until it is validated, rejected, merged or withdrawn. A correction that this
//! decision did not see, made later or without a network, is a proposal ([`crate::fold::View::proposals`]) until
//! a coordinator settles it ([`crate::fold::View::settling_edit`]) or reopens the record. That an author corrects
//! a record "in review" is no proposal yet: whoever validates it sees the correction, or does not name it.
//!
//! A decision is saved as any change is: [`Decision::desired`] goes to [`crate::notebook::Notebook::save`].

mod decision;
mod flag;
mod obstacle;
mod question;
mod state;

pub use decision::{Decision, Refused};
pub use flag::{Flag, flags};
pub use obstacle::{Obstacle, obstacles};
pub(crate) use question::is_asked_or_said;
pub use question::{ANSWER_MAX, QUESTION_MAX, Question, answer};
pub use state::{Pen, Review, ReviewState};

#[cfg(test)]
mod tests;
