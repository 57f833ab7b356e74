//! Correcting a record, and choosing between two values.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::change::{RecordKey, Value};
use domain::fold::{Deletion, View};
use domain::forms::{
    Answers, RegisterValue, form_for, from_registers, register_edits, to_registers,
};
use domain::ids::DeviceId;
use domain::notebook::{Notebook, SaveError, Writes};

use super::delivery::{Delivery, author, delivery, is_own};
use super::drafts::registers;
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
            if view.deletion == Deletion::Deleted || view.registers.is_empty() {
                return None;
            }
            let answers = from_registers(form_for(&key.kind)?, &registers(notebook, key)).answers;
            Some(RecordHead {
                own: is_own(notebook, &view),
                device: author(notebook, &view),
                refused: form_for(&key.kind)?.is_refused(&answers),
                visited_on: view.text("visited_on").map(str::to_owned),
                retired: notebook.retired(key),
                delivery: delivery(notebook, &view),
            })
        })
        .flatten()
    }

    /// A record as this device sees it. Re-runs when the notebook changes.
    pub fn view(&self, key: &RecordKey) -> Option<Arc<View>> {
        self.read(|notebook| notebook.view(key))
    }

    /// A record's answers to its form.
    pub fn answers(&self, key: &RecordKey) -> Answers {
        let answers = self.read(|notebook| {
            let form = form_for(&key.kind)?;
            Some(from_registers(form, &registers(notebook, key)).answers)
        });
        answers.flatten().unwrap_or_default()
    }

    /// Saves a corrected record: only what differs becomes an edit.
    ///
    /// # Errors
    /// `nothing` when nothing differs; [`Trouble`].
    pub async fn correct(&self, key: RecordKey, answers: Answers) -> Result<(), Trouble> {
        self.act(|notebook| {
            let form = form_for(&key.kind).ok_or(Trouble::Rule("unknown_form"))?;
            let known =
                to_registers(form, &from_registers(form, &registers(notebook, &key)).answers);
            let edits = register_edits(&known, &to_registers(form, &answers));
            save(notebook, &key, desired(edits))
        })
        .await?;
        self.try_sync();
        Ok(())
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
        self.save_fields(key, BTreeMap::from([(field, value)])).await
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

    pub(super) fn try_sync(&self) {
        let app = *self;
        leptos::task::spawn_local(async move {
            // The status tells when it fails; what was saved is saved.
            let _ = app.sync_now().await;
        });
    }
}

/// Edits of a form, as the notebook takes them.
pub(super) fn desired(
    edits: BTreeMap<String, Option<RegisterValue>>,
) -> BTreeMap<String, Option<Value>> {
    edits.into_iter().map(|(name, value)| (name, value.map(Value::from))).collect()
}

/// Saves, and brings the shared register's row of a collective up to date with it.
fn save(
    notebook: &mut Notebook,
    key: &RecordKey,
    desired: BTreeMap<String, Option<Value>>,
) -> Result<Writes, Trouble> {
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    let mut writes = notebook.save(key, None, desired, now, rng).map_err(trouble)?;
    if key.kind == "initiative" {
        match notebook.save_listing(key, now, rng) {
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
