//! The row of the shared register: exactly what the network may know of a collective.
//!
//! It is a record of its own kind under the collective's id, so that nothing of the restricted history
//! (ids, authors, earlier values, who created it) shines through. Coordinators' devices alone write it.
//!
//! Law: what a row is to say depends on the set of the collective's changes only. A field about which people
//! disagree is left out until they agree: whatever they mean to take away is not shown meanwhile, and no
//! clock chooses.

use std::collections::BTreeMap;

use super::view::{Deletion, View, edits_towards};
use crate::change::{Edit, Value};
use crate::order::Gather;

/// The record kind of a row.
pub const LISTING: &str = "listing";

/// The fields of a row. Never a field more.
pub const LISTING_FIELDS: &[&str] =
    &["code", "alias", "place_code", "housing_type", "state", "merged_into", "last_visit_month"];

/// The edits that bring the row up to date with the collective; they empty it when the collective no longer
/// agrees to be listed, or is deleted. Of several answers about consent the most protective holds.
/// `last_visit_month` is `YYYY-MM`.
pub fn listing_edits(initiative: &View, row: &View, last_visit_month: Option<&str>) -> Vec<Edit> {
    let listed = matches!(initiative.text("consent_listing"), Some("anonymous" | "named"))
        && initiative.deletion == Deletion::Kept;
    let mut desired: BTreeMap<String, Option<Value>> = LISTING_FIELDS
        .iter()
        .map(|field| ((*field).to_owned(), initiative.agreed(field).filter(|_| listed).cloned()))
        .gather();
    let month = last_visit_month.filter(|_| listed).map(Value::from);
    desired.insert("last_visit_month".to_owned(), month);
    edits_towards(row, &desired)
}
