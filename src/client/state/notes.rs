//! What is noted beside visits: alerts, testimonies, findings, follow-ups, actors.

use domain::change::RecordKey;
use domain::fold::View;
use domain::forms::{Answer, Answers, form_for};
use domain::ids::DeviceId;
use domain::notebook::Notebook;
use domain::order;

use super::delivery::{Deliveries, Delivery, author, is_own};
use super::lists::shown;
use super::{App, Trouble};

/// The kinds, in the order in which they are shown: what cannot wait comes first.
pub const NOTE_KINDS: [&str; 5] = ["alert", "follow_up", "testimony", "finding", "actor"];

/// The code of `alert_status` of an alert that nobody has taken up.
pub const NEW_ALERT: &str = "new";

/// A note in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    /// The record.
    pub key: RecordKey,
    /// Its answers to its form.
    pub answers: Answers,
    /// Whether this member wrote it.
    pub own: bool,
    /// A device of its author.
    pub device: Option<DeviceId>,
    /// When it was written last, in milliseconds since 1970.
    pub written_at: u64,
    /// How many fields people disagree about.
    pub conflicts: usize,
    /// How far it has come; for those of others always received.
    pub delivery: Delivery,
}

impl NoteRow {
    /// Whether this is an alert that nobody of the coordination has taken up: only they can say so.
    pub fn is_new_alert(&self) -> bool {
        self.key.kind == "alert" && alert_status(&self.answers) == NEW_ALERT
    }
}

/// How an alert stands: a code of `alert_status`; "new" until the coordination says otherwise.
pub fn alert_status(answers: &Answers) -> &str {
    match answers.get("status") {
        Some(Answer::Code(code)) => code,
        _ => NEW_ALERT,
    }
}

impl App {
    /// The notes this device knows, by kind, then the last written first; this member's, or everybody's.
    pub fn notes(&self, own_only: bool) -> Vec<NoteRow> {
        self.read(|notebook| notes(notebook, own_only)).unwrap_or_default()
    }

    /// Says that somebody of the coordination has seen an alert and takes care of it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn acknowledge(&self, key: RecordKey) -> Result<(), Trouble> {
        let status = Some(domain::change::Value::from("acknowledged"));
        self.pick(key, "status".to_owned(), status).await
    }
}

fn notes(notebook: &Notebook, own_only: bool) -> Vec<NoteRow> {
    let deliveries = Deliveries::of(notebook);
    let mut notes = Vec::new();
    for kind in NOTE_KINDS {
        let from = notes.len();
        let rows = shown(notebook, kind).filter_map(|view| row(notebook, &view, &deliveries));
        notes.extend(rows.filter(|row| row.own || !own_only));
        order::sort_by_key(&mut notes[from..], |row: &NoteRow| std::cmp::Reverse(row.written_at));
    }
    notes
}

fn row(notebook: &Notebook, view: &View, deliveries: &Deliveries<'_>) -> Option<NoteRow> {
    let newest = view.registers.values().flat_map(|register| &register.survivors);
    let newest = newest.max_by_key(|survivor| survivor.at)?;
    Some(NoteRow {
        key: view.key.clone(),
        answers: view.answers(form_for(&view.key.kind)?),
        own: is_own(notebook, view),
        device: author(notebook, view),
        written_at: newest.at.millis,
        conflicts: view.conflicts().count(),
        delivery: deliveries.get(view),
    })
}
