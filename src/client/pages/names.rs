//! What records and devices read as.

use domain::change::RecordKey;
use domain::forms::places::place_label;
use domain::forms::{Answer, Language, code_label, initiative_form};
use domain::ids::{DeviceId, RecordId};
use domain::roster::Role;

use crate::i18n::{Key, language, text};
use crate::state::{App, Draft, InitiativeRow};

/// The person whose device this is, as coordinators named them. Tracked.
pub(super) fn person(app: App, device: DeviceId) -> String {
    let found = app.read(|notebook| {
        if notebook.device() == device {
            return Some(text(Key::WordYou).to_owned());
        }
        let standing = notebook.line().device(&device)?;
        let key = RecordKey { kind: "member".to_owned(), id: RecordId(standing.member.0) };
        let name = notebook.view(&key).text("name").map(str::to_owned);
        let role = (standing.role == Role::Coordinator).then(|| text(Key::WordCoordination).into());
        name.or(role)
    });
    found.flatten().unwrap_or_else(|| text(Key::WordUnknownPerson).to_owned())
}

/// The name of the campaign; empty while it is not known here. Tracked.
pub(super) fn campaign(app: App) -> String {
    let name = app.read(|notebook| {
        let (id, _) =
            notebook.line().campaign().0.split_first_chunk::<16>().map(|(a, b)| (*a, b))?;
        let key = RecordKey { kind: "campaign".to_owned(), id: RecordId(id) };
        notebook.view(&key).text("name").map(str::to_owned)
    });
    name.flatten().unwrap_or_default()
}

/// The alias of a collective, by its id as answers hold it. Tracked.
pub(super) fn collective(app: App, id: &str) -> String {
    let view = RecordId::parse(id).ok().and_then(|id| app.initiative(id));
    let alias = view.and_then(|view| view.text("alias").map(str::to_owned));
    alias.unwrap_or_else(|| text(Key::HomeUnnamed).to_owned())
}

/// The alias of the collective that a draft is about; none before one was chosen. Tracked.
pub(super) fn of_draft(app: App, draft: &Draft) -> Option<String> {
    let id = draft.initiative_id()?;
    let new = draft.initiative.as_ref().filter(|new| new.created.id == id);
    match new.map(|new| new.answers.get("alias")) {
        Some(Some(Answer::Text(alias))) => Some(alias.clone()),
        Some(_) => None,
        None => Some(collective(app, &id.uuid())),
    }
}

/// `Saint-Gilles · Habitat groupé solidaire`. Tracked.
pub(super) fn place_and_type(row: &InitiativeRow) -> String {
    let language = language();
    let place = row.place_code.as_deref().map(|code| place_label(code, language));
    let kind = row.housing_type.as_deref().map(|code| choice_label("housing_type", code, language));
    [place, kind].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn choice_label<'a>(field: &str, code: &'a str, language: Language) -> &'a str {
    let form = initiative_form();
    form.field(field).map_or(code, |field| code_label(form.choices(field), code, language))
}
