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
/// How the syncs of the last days went.
pub const SYNCS: &str = "/syncs";
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

/// What a path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// [`HOME`].
    Home,
    /// [`SETUP`].
    Setup,
    /// [`JOIN`].
    Join,
    /// [`NEW_VISIT`].
    NewVisit,
    /// [`draft`].
    Draft(RecordId),
    /// [`visit`].
    Visit(RecordId),
    /// [`VISITS`].
    Visits,
    /// [`COLLECTIVES`].
    Collectives,
    /// [`collective`].
    Collective(RecordId),
    /// [`INVITE`].
    Invite,
    /// [`DEVICES`].
    Devices,
    /// [`SYNCS`].
    Syncs,
    /// [`SETTINGS`].
    Settings,
    /// No page has this path.
    Nowhere,
}

impl Place {
    /// Reads a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let id = |start: &str| RecordId::parse(path.strip_prefix(start)?).ok();
        match path {
            HOME => Self::Home,
            SETUP => Self::Setup,
            JOIN => Self::Join,
            NEW_VISIT => Self::NewVisit,
            VISITS => Self::Visits,
            COLLECTIVES => Self::Collectives,
            INVITE => Self::Invite,
            DEVICES => Self::Devices,
            SYNCS => Self::Syncs,
            SETTINGS => Self::Settings,
            _ => id("/visit/")
                .map(Self::Draft)
                .or_else(|| id("/record/visit/").map(Self::Visit))
                .or_else(|| id("/collectives/").map(Self::Collective))
                .unwrap_or(Self::Nowhere),
        }
    }
}

/// Whether a form is filled in at this path: the way around would be in the way.
pub fn is_form(path: &str) -> bool {
    path.starts_with("/visit/")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_path_is_read_back() {
        let id = RecordId([0x4a; 16]);
        assert_eq!(Place::of(&draft(&id)), Place::Draft(id));
        assert_eq!(Place::of(&visit(&id)), Place::Visit(id));
        assert_eq!(Place::of(&collective(&id)), Place::Collective(id));
        assert_eq!(Place::of(NEW_VISIT), Place::NewVisit);
        assert_eq!(Place::of(HOME), Place::Home);
        for path in ["", "/x", "/visit/", "/visit/1", "/record/visit/", "/collectives/x"] {
            assert_eq!(Place::of(path), Place::Nowhere, "{path}");
        }
    }

    #[wasm_bindgen_test]
    fn only_drafts_are_forms() {
        let id = RecordId([1; 16]);
        assert!(is_form(&draft(&id)) && is_form(NEW_VISIT));
        assert!(!is_form(&visit(&id)) && !is_form(HOME));
    }
}
