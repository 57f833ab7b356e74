//! Every path, once.

use domain::change::RecordKey;
use domain::forms::form_for;
use domain::ids::RecordId;

/// The home page.
pub const HOME: &str = "/";
/// Setting a campaign up; the secret stands behind `#`.
pub const SETUP: &str = "/setup";
/// Enrolling; the invitation stands behind `#`.
pub const JOIN: &str = "/join";
/// A new visit.
pub const NEW_VISIT: &str = "/new/visit";
/// What can be noted beside visits.
pub const NOTE: &str = "/note";
/// The notes beside visits, of all.
pub const NOTES: &str = "/notes";
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
/// Where the app goes that broke down again and again: no notebook is read there.
pub const RESCUE: &str = "/rescue";
/// Language, theme and what else one can settle.
pub const SETTINGS: &str = "/settings";

/// A new record of a kind.
pub fn new(kind: &str) -> String {
    format!("/new/{kind}")
}

/// A record that is being written.
pub fn draft(id: &RecordId) -> String {
    format!("/draft/{}", id.uuid())
}

/// A record that was finished.
pub fn record(key: &RecordKey) -> String {
    format!("/record/{}/{}", key.kind, key.id.uuid())
}

/// A collective.
pub fn collective(id: &RecordId) -> String {
    format!("/collectives/{}", id.uuid())
}

/// The paper card of a collective.
pub fn card(id: &RecordId) -> String {
    format!("/card/{}", id.uuid())
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
    /// [`NOTE`].
    Note,
    /// [`NOTES`].
    Notes,
    /// [`new`]: a kind that has a form.
    New(&'static str),
    /// [`draft`].
    Draft(RecordId),
    /// [`record`]: a kind that has a form.
    Record(&'static str, RecordId),
    /// [`VISITS`].
    Visits,
    /// [`COLLECTIVES`].
    Collectives,
    /// [`collective`].
    Collective(RecordId),
    /// [`card`].
    Card(RecordId),
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
        let new = || kind(path.strip_prefix("/new/")?);
        let record = || {
            let (of, id) = path.strip_prefix("/record/")?.split_once('/')?;
            Some(Self::Record(kind(of)?, RecordId::parse(id).ok()?))
        };
        match path {
            HOME => Self::Home,
            SETUP => Self::Setup,
            JOIN => Self::Join,
            NOTE => Self::Note,
            NOTES => Self::Notes,
            VISITS => Self::Visits,
            COLLECTIVES => Self::Collectives,
            INVITE => Self::Invite,
            DEVICES => Self::Devices,
            SYNCS => Self::Syncs,
            SETTINGS => Self::Settings,
            _ => id("/draft/")
                .map(Self::Draft)
                .or_else(|| new().map(Self::New))
                .or_else(record)
                .or_else(|| id("/collectives/").map(Self::Collective))
                .or_else(|| id("/card/").map(Self::Card))
                .unwrap_or(Self::Nowhere),
        }
    }

    /// Whether there is nothing here without a campaign: its server, its coordination, its paper.
    #[must_use]
    pub fn needs_campaign(self) -> bool {
        matches!(self, Self::Invite | Self::Devices | Self::Syncs | Self::Card(_))
    }
}

/// Whether a form is filled in at this path: the way around would be in the way.
pub fn is_form(path: &str) -> bool {
    path.starts_with("/draft/") || path.starts_with("/new/")
}

/// Whether somebody may be writing at this path, or reading what is shown once: a record's form, an answer or a
/// correction on its page, an invitation, the recovery code.
pub fn is_written_at(path: &str) -> bool {
    is_form(path)
        || matches!(
            Place::of(path),
            Place::Record(..)
                | Place::Collective(_)
                | Place::Card(_)
                | Place::Invite
                | Place::Setup
                | Place::Settings
        )
}

/// Whether a path leads into a campaign: by an invitation, or by the link that sets one up.
pub fn leads_into_campaign(path: &str) -> bool {
    matches!(Place::of(path), Place::Join | Place::Setup)
}

fn kind(name: &str) -> Option<&'static str> {
    form_for(name).map(|form| form.record_kind.as_str())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_path_is_read_back() {
        let id = RecordId([0x4a; 16]);
        let key = RecordKey { kind: "alert".to_owned(), id };
        assert_eq!(Place::of(&draft(&id)), Place::Draft(id));
        assert_eq!(Place::of(&record(&key)), Place::Record("alert", id));
        assert_eq!(Place::of(&collective(&id)), Place::Collective(id));
        assert_eq!(Place::of(&card(&id)), Place::Card(id));
        assert_eq!(Place::of(NEW_VISIT), Place::New("visit"));
        assert_eq!(Place::of(&new("finding")), Place::New("finding"));
        assert_eq!(Place::of(HOME), Place::Home);
        let uuid = id.uuid();
        let unknown = ["/new/x".to_owned(), format!("/record/x/{uuid}"), format!("/record/{uuid}")];
        let broken = ["", "/x", "/draft/", "/draft/1", "/record/visit/", "/collectives/x", "/new/"];
        for path in broken.into_iter().chain(unknown.iter().map(String::as_str)) {
            assert_eq!(Place::of(path), Place::Nowhere, "{path}");
        }
    }

    #[wasm_bindgen_test]
    fn an_invitation_and_a_set_up_link_lead_into_a_campaign() {
        assert!(leads_into_campaign(JOIN) && leads_into_campaign(SETUP));
        for path in [HOME, SETTINGS, INVITE, VISITS, "/join/x", "/nowhere"] {
            assert!(!leads_into_campaign(path), "{path}");
        }
    }

    #[wasm_bindgen_test]
    fn an_update_waits_for_forms_and_where_one_writes() {
        let id = RecordId([1; 16]);
        assert!(is_form(&draft(&id)) && is_form(NEW_VISIT));
        for path in [NEW_VISIT, &collective(&id), SETTINGS, INVITE, SETUP, &card(&id)] {
            assert!(is_written_at(path), "{path}");
        }
        assert!(!is_written_at(HOME) && !is_written_at(JOIN), "an older app may need it to join");
        assert!(!is_form(&record(&RecordKey { kind: "visit".into(), id })) && !is_form(HOME));
    }
}
