//! Consent that is refused once a record was saved. Law: what is in no bundle by then never leaves.

use domain::change::{RecordKey, Value};
use domain::fold::{LISTING, View};
use domain::forms::{Answer, Answers, Form, from_registers, register_edits, to_registers};
use domain::ids::RecordId;
use domain::notebook::{Notebook, SaveError, Seen, Writes};

use super::drafts::{drafts_of, initiative_key};
use super::lists::shown;
use super::notes::NOTE_KINDS;
use super::records::{desired, keeps_nothing, trouble};
use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;

/// The kinds of which consent is asked one by one.
const ASKED: [&str; 3] = ["visit", "testimony", "alert"];

/// What hangs on one of them, and has no consent of its own.
const HANGING: [&str; 2] = ["finding", "follow_up"];

impl App {
    /// Whether anything of a record may have left this device; of an exercise nothing does. Re-runs when the notebook
    /// changes.
    pub fn has_left(&self, key: &RecordKey) -> bool {
        let left = self.read(|notebook| notebook.has_left(key)).unwrap_or(true);
        !self.is_training() && (left || self.is_loading())
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
    let (alone, drafts) = (alone_with(notebook, key), drafts_about(notebook, key));
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
    for draft in alone.iter().map(|other| other.id).chain(drafts) {
        if notebook.drafts().contains_key(&draft) {
            writes.append(notebook.drop_draft(draft));
        }
    }
    for other in alone {
        writes.append(notebook.unsay(&other).0);
    }
    Ok(writes)
}

/// Half-written findings and follow-ups of a record.
fn drafts_about(notebook: &Notebook, key: &RecordKey) -> Vec<RecordId> {
    let drafts = drafts_of(notebook);
    let about = drafts.filter(|draft| {
        HANGING.contains(&draft.kind.as_str()) && answers_name(&draft.answers, key.id)
    });
    about.map(|draft| draft.id).collect()
}

/// The records that are about nothing but this one and have not left: findings and follow-ups of it, and its
/// collective where nothing else names that.
fn alone_with(notebook: &Notebook, visit: &RecordKey) -> Vec<RecordKey> {
    if !ASKED.contains(&visit.kind.as_str()) {
        return Vec::new();
    }
    let mut alone: Vec<RecordKey> = Vec::new();
    for kind in HANGING {
        let notes = shown(notebook, kind).filter(|view| names(view, visit.id));
        alone.extend(notes.map(|view| view.key.clone()).filter(|key| !notebook.has_left(key)));
    }
    let there = notebook.view(visit).text("initiative_id").map(RecordId::parse);
    let Some(Ok(there)) = there else { return alone };
    let others =
        notebook.visit_outlines().any(|one| one.id != visit.id && one.initiative == Some(there));
    let notes = NOTE_KINDS.into_iter().flat_map(|kind| shown(notebook, kind));
    let noted = notes
        .filter(|view| view.key != *visit && !alone.contains(&view.key))
        .any(|view| names(&view, there));
    let drafts = drafts_of(notebook);
    let begun = drafts
        .filter(|draft| draft.id != visit.id && draft.id != there)
        .any(|draft| answers_name(&draft.answers, there));
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

fn answers_name(answers: &Answers, id: RecordId) -> bool {
    let id = id.uuid();
    answers.values().any(|answer| match answer {
        Answer::Reference(of) => *of == id,
        Answer::Codes(of) => of.contains(&id),
        _ => false,
    })
}
