//! Every path, once.

use domain::ids::RecordId;

/// The home page.
pub const HOME: &str = "/";
/// Setting a campaign up; the secret stands behind `#`.
pub const SETUP: &str = "/setup";
/// Enrolling; the invitation stands behind `#`.
pub const JOIN: &str = "/join";
/// A new visit.
pub const NEW_VISIT: &str = "/visit/new";
/// The merged visits.
pub const VISITS: &str = "/visits";
/// The merged collectives.
pub const COLLECTIVES: &str = "/collectives";
/// Inviting someone.
pub const INVITE: &str = "/invite";
/// Phones that wait, and phones that were confirmed.
pub const DEVICES: &str = "/devices";
/// Language, theme and what else one can settle.
pub const SETTINGS: &str = "/settings";

/// A visit that is being written.
pub fn draft(id: &RecordId) -> String {
    format!("/visit/{}", id.uuid())
}

/// A visit that was finished.
pub fn visit(id: &RecordId) -> String {
    format!("/record/visit/{}", id.uuid())
}

/// A collective.
pub fn collective(id: &RecordId) -> String {
    format!("/collectives/{}", id.uuid())
}

/// Whether a form is filled in at this path: the way around would be in the way.
pub fn is_form(path: &str) -> bool {
    path.starts_with("/visit/")
}
