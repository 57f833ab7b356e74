//! What records and devices read as.

use std::collections::BTreeMap;

use domain::change::RecordKey;
use domain::fold::EXAMPLES_DEVICE;
use domain::forms::{Answer, Answers, CivilDate, form_for};
use domain::ids::{DeviceId, RecordId};
use domain::notebook::VisitOutline;
use domain::order::Gather;
use domain::roster::Role;
use leptos::prelude::*;

use super::draft::Candidate;
use crate::i18n::{Key, language, place_text, plain_date, text};
use crate::state::{App, Draft, InitiativeRow, NOTE_KINDS};
use crate::ui::form::answer_text;

/// The person whose device this is, as coordinators named them; else their role. Tracked.
pub(super) fn person(app: App, device: DeviceId) -> String {
    if device == EXAMPLES_DEVICE {
        return text(Key::TrainingInvented).to_owned();
    }
    named_person(app, device).unwrap_or_else(|| role(app, device))
}

/// The coordination, when this is a device of theirs; nobody is named. Tracked.
pub(super) fn role(app: App, device: DeviceId) -> String {
    let is_coordinator = app.read(|notebook| {
        let standing = notebook.line().device(&device);
        standing.is_some_and(|standing| standing.role == Role::Coordinator)
    });
    let coordination = is_coordinator == Some(true);
    text(if coordination { Key::WordCoordination } else { Key::WordUnknownPerson }).to_owned()
}

/// The person whose device this is, where this device knows who that is. Tracked.
fn named_person(app: App, device: DeviceId) -> Option<String> {
    let found = app.read(|notebook| {
        let standing = notebook.line().device(&device);
        if notebook.device() == device
            || standing.is_some_and(|standing| standing.member == notebook.member())
        {
            return Some(text(Key::WordYou).to_owned());
        }
        let key = RecordKey { kind: "member".to_owned(), id: RecordId(standing?.member.0) };
        notebook.view(&key).text("name").map(str::to_owned)
    });
    found.flatten()
}

/// The name of the campaign; empty while it is not known here. Tracked.
pub(super) fn campaign(app: App) -> String {
    if app.is_training() {
        return text(Key::TrainingBook).to_owned();
    }
    app.campaign_settings().name
}

/// The alias of a collective, by its id as answers hold it. Tracked.
pub(super) fn collective(app: App, id: &str) -> String {
    let view = RecordId::parse(id).ok().and_then(|id| app.initiative(id));
    let alias = view.and_then(|view| view.text("alias").map(str::to_owned));
    alias.unwrap_or_else(|| text(Key::HomeUnnamed).to_owned())
}

/// What a draft reads as in a list: the collective of a visit, the words of a note; none before either was
/// given. Tracked.
pub(super) fn of_draft(app: App, draft: &Draft) -> Option<String> {
    if draft.kind != "visit" {
        return Some(note(app, &draft.kind, &draft.answers));
    }
    let id = draft.initiative_id()?;
    let new = draft.initiative.as_ref().filter(|new| new.created.id == id);
    match new.map(|new| new.answers.get("alias")) {
        Some(Some(Answer::Text(alias))) => Some(alias.clone()),
        Some(_) => None,
        None => Some(collective(app, &id.uuid())),
    }
}

/// What a note reads as in a list; the name of its kind while nothing is answered. Tracked.
pub(super) fn note(app: App, kind: &str, answers: &Answers) -> String {
    let fields: &[&str] = match kind {
        "alert" => &["type", "place_code"],
        "testimony" => &["kind", "speaker_role"],
        "finding" => &["text"],
        "follow_up" => &["what"],
        "initiative" => &["alias"],
        _ => &["name"],
    };
    let said = said(app, kind, answers, fields);
    if said.is_empty() { kind_label(kind) } else { said }
}

/// More about a note: its kind, how it stands. Tracked.
pub(super) fn note_detail(app: App, kind: &str, answers: &Answers) -> String {
    let fields: &[&str] = match kind {
        "alert" => &["stage", "event_on", "status"],
        "testimony" => &["heard_on"],
        "finding" => &["facet"],
        "follow_up" => &["status", "due_on"],
        _ => &["type"],
    };
    let said = said(app, kind, answers, fields);
    joined([Some(kind_label(kind)), Some(said)])
}

/// The label of a code that answers a field. Tracked.
pub(super) fn code_in(kind: &str, field: &str, code: &str) -> String {
    let label = form_for(kind)
        .and_then(|form| Some(form.choice_label(form.field(field)?, code, language()).to_owned()));
    label.unwrap_or_else(|| code.to_owned())
}

/// What a kind of record is called. Tracked.
pub(super) fn kind_label(kind: &str) -> String {
    form_for(kind).map(|form| form.label.get(language()).to_owned()).unwrap_or_default()
}

fn said(app: App, kind: &str, answers: &Answers, fields: &[&str]) -> String {
    let Some(form) = form_for(kind) else { return String::new() };
    let names = Callback::new(move |id: String| reference(app, &id));
    let one = |key: &&str| {
        let answer = answers.get(*key)?;
        Some(answer_text(form, form.field(key)?, answer, language(), names))
    };
    joined(fields.iter().map(one))
}

/// What a record reads as where another refers to it, by its id as answers hold it. Tracked.
pub(super) fn reference(app: App, id: &str) -> String {
    let Ok(found) = RecordId::parse(id) else { return text(Key::HomeUnnamed).to_owned() };
    let key = |kind: &str| RecordKey { kind: kind.to_owned(), id: found };
    if let Some(key) = NOTE_KINDS.map(key).into_iter().find(|key| app.shows(key)) {
        return note(app, &key.kind, &app.answers(&key));
    }
    if let Some(visit) = app.visit_row(found) {
        return visit_name(visit.alias, visit.visited_on);
    }
    match app.members().into_iter().find(|(member, _)| *member == found) {
        Some((_, device)) => person(app, device),
        None => collective(app, id),
    }
}

/// The records of a kind that can be referred to, but for collectives and for those that are `held` already.
/// Tracked.
pub(super) fn candidates(app: App, kind: &str, held: &[String]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = match kind {
        "visit" => {
            let known = app.initiatives().into_iter().map(|row| (row.id, row.alias));
            let aliases: BTreeMap<RecordId, String> = known.gather();
            let alias = |visit: &VisitOutline| aliases.get(&visit.initiative?).cloned();
            let candidate = |visit: VisitOutline| Candidate {
                id: visit.id.uuid(),
                name: visit_name(alias(&visit), visit.visited_on),
                detail: String::new(),
            };
            app.visits(false).into_iter().map(candidate).collect()
        }
        // A guess among people without a name would name somebody all the same.
        "member" => {
            let named = |(member, device): (RecordId, DeviceId)| {
                Some(Candidate {
                    id: member.uuid(),
                    name: named_person(app, device)?,
                    detail: String::new(),
                })
            };
            app.members().into_iter().filter_map(named).collect()
        }
        kind => app
            .notes(false)
            .into_iter()
            .filter(|row| row.key.kind == kind)
            .map(|row| Candidate {
                id: row.key.id.uuid(),
                name: note(app, kind, &row.answers),
                detail: note_detail(app, kind, &row.answers),
            })
            .collect(),
    };
    candidates.retain(|one| !held.contains(&one.id));
    candidates
}

fn visit_name(alias: Option<String>, day: Option<CivilDate>) -> String {
    let alias = alias.unwrap_or_else(|| text(Key::HomeUnnamed).to_owned());
    joined([Some(alias), day.map(plain_date)])
}

/// `Saint-Gilles · Habitat groupé solidaire`, and its state unless it is active. Tracked.
pub(super) fn place_and_type(row: &InitiativeRow) -> String {
    let place = row.place_code.as_deref().map(|code| place_text(code, language()));
    let kind = row.housing_type.as_deref().map(|code| code_in("initiative", "housing_type", code));
    joined([place, kind, row.at_rest().map(|state| code_in("initiative", "state", state))])
}

/// What there is to say of something, in one line.
pub(super) fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join(" · ")
}
