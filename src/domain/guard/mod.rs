//! The guard for free text: finds what could let somebody be recognised, before it is sent.
//!
//! ```text
//!  text ──► finder(rule, text) ──► findings: rule, severity, words ──► marks: what to underline
//!           the browser's RegExp
//!           on a phone, the crate
//!           regex elsewhere
//! ```
//!
//! The rules are data; who matches them is given by the caller, so that the phone carries no engine of its
//! own. It is an aid: names without a title and rare facts escape it, and reviewers still read.
//!
//! Nothing of this is stored in a record. Whether a record holds a [`Severity::Stop`] is found anew by
//! whoever reads it: a stored flag would be as old as the app that wrote it, would outlive the correction of
//! the text, could be left out by a changed app, and would not see the words that a merge brings together.

mod finding;
mod javascript;
mod record;
mod rules;

pub use finding::{Finder, Finding, Mark, bytes_of_utf16, findings, marks};
pub use javascript::JavaScript;
pub use record::{Spot, holds_stop, spots};
pub use rules::{RULES, Rule, Severity};

#[cfg(test)]
pub(crate) mod tests;
