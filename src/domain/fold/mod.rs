//! The merge: a record is the set of its changes, and everything shown of it is a function of that set.
//!
//! ```text
//!        {a} ──∪──► {a,b}         history: a set of changes. Union is commutative, associative and
//!         │           │           idempotent, so devices that hold the same changes show the same.
//!         ∪           ∪
//!         ▼           ▼           view: registers, conflicts, proposals, computed from the history, the
//!        {a,c} ─∪─► {a,b,c}      roster and the erase orders; stored nowhere as truth.
//! ```

mod authority;
mod equivalence;
mod history;
mod listing;
mod protection;
mod register;
mod view;
mod window;

pub use authority::{
    Authority, BundleLink, EXAMPLES_DEVICE, EXAMPLES_MEMBER, Standing, decided_by_coordinators,
    rejected_bundles,
};
pub use equivalence::{Equivalence, equivalence};
pub use history::{Held, History, Source, Voucher};
pub use listing::{LISTING, LISTING_FIELDS, listing_edits};
pub use protection::most_protective;
#[cfg(test)]
pub(crate) use protection::order as protective_order;
pub use register::{Register, Survivor};
pub(crate) use view::creator_of;
pub use view::{CREATED, DELETED, Deletion, Proposal, View, edits_towards};
pub use window::REVIEW_STATE;

#[cfg(test)]
mod tests;
