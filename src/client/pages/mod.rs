//! The pages. Each translates: from state to what is shown, from a tap to what state does.
//!
//! After any `await` a page may be gone. So what must finish is a call of [`crate::state`], started by
//! [`task::Task`], which touches the page only if it is still there.

#![allow(unreachable_pub, reason = "leptos puts a hidden public function beside each component")]

mod alert;
mod autosave;
mod campaign_settings;
mod card;
mod collective;
mod collective_search;
mod collectives;
mod conflicts;
mod correction;
mod devices;
mod draft;
mod files;
mod guard;
mod home;
mod install;
mod invite;
mod join;
mod language;
mod later;
mod names;
mod not_found;
mod note;
mod note_rows;
mod notes;
mod offline;
mod phase;
mod proposals;
mod record;
mod record_parts;
mod rescue;
mod review;
mod settings;
mod setup;
mod sync_line;
mod syncs;
mod task;
mod training;
mod trouble;
mod visit_rows;
mod visits;
mod welcome;

pub use draft::{DraftPage, DroppedDraft, FreshDraft, NewRecordPage};
pub use home::HomePage;
pub use join::JoinPage;
pub use language::LanguageMenu;
pub use later::{LaterPage, RescuePage, SecondFile};
pub use not_found::NotFoundPage;
pub use phase::{FailedPage, LostPage, OpeningPage, OtherTabPage};
pub use record::RecordPage;
pub use settings::apply_preferences;
pub use sync_line::SyncPill;
pub use training::{AbsentPage, TrainingBand};
pub use welcome::WelcomePage;
