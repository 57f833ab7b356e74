//! Correcting a record, and choosing between two values.

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use domain::change::{RecordKey, Value};
use domain::fold::View;
use domain::forms::{
    Answers, Form, RegisterValue, form_for, from_registers, register_edits, to_registers,
};
use domain::ids::DeviceId;
use domain::notebook::{Notebook, SaveError, Seen, Writes};
use domain::order::Gather;

use super::delivery::{Delivery, author, delivery, is_own};
use super::lists::is_shown;
use super::refusing::refuse;
use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;

/// What is known of a record beside its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordHead {
    /// Whether this member wrote it.
    pub own: bool,
    /// A device of its author.
    pub device: Option<DeviceId>,
    /// Whether consent was refused.
    pub refused: bool,
    /// `YYYY-MM-DD`, of a visit.
    pub visited_on: Option<String>,
    /// When its content left this device, in milliseconds since 1970.
    pub retired: Option<u64>,
    /// How far it has come; of others always received.
    pub delivery: Delivery,
}

impl App {
    /// What is known of a record beside its answers; none for one that is not known here, or deleted.
    pub fn head(&self, key: &RecordKey) -> Option<RecordHead> {
        self.read(|notebook| {
            let view = notebook.view(key);
            if !is_shown(&view) {
                return None;
            }
            let form = form_for(&key.kind)?;
            Some(RecordHead {
                own: is_own(notebook, &view),
                device: author(notebook, &view),
                refused: form.is_refused(&view.answers(form)),
                visited_on: view.text("visited_on").map(str::to_owned),
                retired: notebook.retired(key),
                delivery: delivery(notebook, &view),
            })
        })
        .flatten()
    }

    /// Whether there is a record to show.
    pub fn shows(&self, key: &RecordKey) -> bool {
        self.view(key).is_some_and(|view| is_shown(&view))
    }

    /// A record as this device sees it. Re-runs when the notebook changes.
    pub fn view(&self, key: &RecordKey) -> Option<Arc<View>> {
        self.read(|notebook| notebook.view(key))
    }

    /// A record's answers to its form.
    pub fn answers(&self, key: &RecordKey) -> Answers {
        let answers =
            self.view(key).zip(form_for(&key.kind)).map(|(view, form)| view.answers(form));
        answers.unwrap_or_default()
    }

    /// Chooses one of several values of a field: an edit that replaces them all.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn pick(
        &self,
        key: RecordKey,
        field: String,
        value: Option<Value>,
    ) -> Result<(), Trouble> {
        self.save_fields(key, iter::once((field, value)).gather()).await
    }

    /// Saves values of fields, then tries a sync.
    ///
    /// # Errors
    /// [`Trouble`].
    pub(super) async fn save_fields(
        &self,
        key: RecordKey,
        desired: BTreeMap<String, Option<Value>>,
    ) -> Result<(), Trouble> {
        self.act(|notebook| save(notebook, &key, desired)).await?;
        self.try_sync();
        Ok(())
    }

    /// Tries a sync, to its end whatever page is open.
    pub(super) fn try_sync(&self) {
        let app = *self;
        leptos::task::spawn_local(async move {
            // The status tells when it fails; what was saved is saved, and the next one comes by itself.
            let _ = app.sync_now().await;
        });
    }
}

/// Whether these answers refuse consent for a record that does not even keep the refusal.
pub(super) fn keeps_nothing(form: &Form, answers: &Answers) -> bool {
    form.is_refused(answers) && to_registers(form, answers).is_empty()
}

/// A correction that began with what was `seen`.
pub(super) fn correct(
    notebook: &mut Notebook,
    key: &RecordKey,
    seen: &Seen,
    answers: &Answers,
) -> Result<Writes, Trouble> {
    let form = form_for(&key.kind).ok_or(Trouble::Rule("unknown_form"))?;
    if form.is_refused(answers) {
        return refuse(notebook, key, form, seen, answers);
    }
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    let before = to_registers(form, &from_registers(form, &seen.values).answers);
    let edits = register_edits(&before, &to_registers(form, answers));
    let writes = notebook.correct(key, seen, desired(edits), now, rng).map_err(trouble)?;
    with_listing(notebook, key, writes)
}

/// Edits of a form, as the notebook takes them.
pub(super) fn desired(
    edits: BTreeMap<String, Option<RegisterValue>>,
) -> BTreeMap<String, Option<Value>> {
    edits.into_iter().map(|(name, value)| (name, value.map(Value::from))).gather()
}

/// Saves, and brings the shared register's row of a collective up to date with it.
pub(super) fn save(
    notebook: &mut Notebook,
    key: &RecordKey,
    desired: BTreeMap<String, Option<Value>>,
) -> Result<Writes, Trouble> {
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    let writes = notebook.save(key, None, desired, now, rng).map_err(trouble)?;
    with_listing(notebook, key, writes)
}

fn with_listing(
    notebook: &mut Notebook,
    key: &RecordKey,
    mut writes: Writes,
) -> Result<Writes, Trouble> {
    if key.kind == "initiative" {
        match notebook.save_listing(key, clock::now(), &mut BrowserRandom) {
            Ok(row) => writes.append(row),
            // It is right already, or a coordinator's device will write it.
            Err(SaveError::Nothing) => {}
            Err(error) => return Err(trouble(error)),
        }
    }
    Ok(writes)
}

pub(super) fn trouble(error: SaveError) -> Trouble {
    match error {
        SaveError::Erased => Trouble::Rule("erased"),
        SaveError::Retired => Trouble::Rule("retired"),
        SaveError::Nothing => Trouble::Rule("nothing"),
        SaveError::Bad(_) => Trouble::Rule("internal"),
    }
}
