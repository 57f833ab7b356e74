//! Consent that is refused once a record was saved. Law: what is in no bundle by then never leaves.

use domain::change::{RecordKey, Value};
use domain::fold::{LISTING, View};
use domain::forms::{Answers, Form, from_registers, register_edits, to_registers};
use domain::ids::RecordId;
use domain::notebook::{Notebook, SaveError, Seen, Writes};

use super::drafts::{Draft, initiative_key};
use super::lists::shown;
use super::notes::NOTE_KINDS;
use super::records::{desired, keeps_nothing, trouble};
use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;

/// What is noted of a visit, and has no consent of its own.
const OF_A_VISIT: [&str; 2] = ["finding", "follow_up"];

impl App {
    /// Whether anything of a record may have left this device.
    pub fn has_left(&self, key: &RecordKey) -> bool {
        self.peek(|notebook| notebook.has_left(key)).unwrap_or_default()
    }
}

/// A correction that refuses consent. What has not left is taken back, with what hangs on a visit and with a collective
/// that was noted for it alone; of what has left the refusal empties all that the form does not keep.
pub(super) fn refuse(
    notebook: &mut Notebook,
    key: &RecordKey,
    form: &Form,
    seen: &Seen,
    answers: &Answers,
) -> Result<Writes, Trouble> {
    let mut writes = Writes::default();
    for other in alone_with(notebook, key) {
        writes.append(notebook.unsay(&other).0);
    }
    let (unsaid, created) = notebook.unsay(key);
    // Whoever says no is taken at their word, whatever was seen when the correction began.
    let now_seen = (!unsaid.is_empty()).then(|| notebook.seen(key));
    let seen = now_seen.as_ref().unwrap_or(seen);
    writes.append(unsaid);
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    let saved = if keeps_nothing(form, answers) {
        match notebook.history(key) {
            Some(_) => notebook.delete(key, now, rng),
            None => Err(SaveError::Nothing),
        }
    } else {
        let before = to_registers(form, &from_registers(form, &seen.values).answers);
        let edits = desired(register_edits(&before, &to_registers(form, answers)));
        match &created {
            Some(_) => notebook.save(key, created.as_ref(), edits, now, rng),
            None => notebook.correct(key, seen, edits, now, rng),
        }
    };
    match saved {
        Ok(saved) => writes.append(saved),
        Err(SaveError::Nothing) if !writes.is_empty() => {}
        Err(error) => return Err(trouble(error)),
    }
    Ok(writes)
}

/// The records that are about nothing but this visit and have not left: findings and follow-ups of it, and its
/// collective where nothing else names that.
fn alone_with(notebook: &Notebook, visit: &RecordKey) -> Vec<RecordKey> {
    if visit.kind != "visit" {
        return Vec::new();
    }
    let mut alone: Vec<RecordKey> = Vec::new();
    for kind in OF_A_VISIT {
        let notes = shown(notebook, kind).filter(|view| names(view, visit.id));
        alone.extend(notes.map(|view| view.key.clone()).filter(|key| !notebook.has_left(key)));
    }
    let there = notebook.view(visit).text("initiative_id").map(RecordId::parse);
    let Some(Ok(there)) = there else { return alone };
    let others =
        notebook.visit_outlines().any(|one| one.id != visit.id && one.initiative == Some(there));
    let notes = NOTE_KINDS.into_iter().flat_map(|kind| shown(notebook, kind));
    let noted = notes.filter(|view| !alone.contains(&view.key)).any(|view| names(&view, there));
    let drafts = notebook.drafts().values().filter_map(|bytes| Draft::from_bytes(bytes));
    let begun = drafts
        .filter(|draft| draft.id != visit.id)
        .any(|draft| draft.initiative_id() == Some(there));
    let listing = RecordKey { kind: LISTING.to_owned(), id: there };
    let keys = [initiative_key(there), listing];
    if !others && !noted && !begun && keys.iter().all(|key| !notebook.has_left(key)) {
        alone.extend(keys);
    }
    alone
}

/// Whether a record refers to another.
fn names(view: &View, id: RecordId) -> bool {
    let id = id.uuid();
    let values = view.registers.values().flat_map(|register| register.values());
    values.into_iter().any(|value| matches!(value, Some(Value::Text(text)) if *text == id))
}
