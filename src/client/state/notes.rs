//! What is noted beside visits: alerts, testimonies, findings, follow-ups, actors.

use std::cmp::Reverse;

use domain::alerts::{self, Rank};
use domain::change::{RecordKey, Value};
use domain::fold::View;
use domain::forms::{Answers, form_for};
use domain::ids::DeviceId;
use domain::notebook::Notebook;
use domain::order;

use super::delivery::{Deliveries, Delivery, author, is_own};
use super::lists::shown;
use super::{App, Trouble};
use crate::browser::clock;

/// The kinds, in the order in which they are shown: what cannot wait comes first.
pub const NOTE_KINDS: [&str; 5] = ["alert", "follow_up", "testimony", "finding", "actor"];

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
    /// An alert's place among alerts.
    pub rank: Option<Rank>,
    /// How an alert stands, as [`alerts::standing`] says.
    pub standing: Option<String>,
}

/// What the coordination last said of how an alert stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertWord {
    /// The device that said it.
    pub device: DeviceId,
    /// When, in milliseconds since 1970, as that device saw it.
    pub at: u64,
}

impl NoteRow {
    /// Whether this is an alert that somebody of the coordination has to take up: only they can say so.
    pub fn is_new_alert(&self) -> bool {
        self.standing.as_deref().is_some_and(alerts::is_to_take_up)
    }
}

impl App {
    /// The notes this device knows, by kind: alerts by their rank, then, as the others, the last written first;
    /// this member's, or everybody's.
    pub fn notes(&self, own_only: bool) -> Vec<NoteRow> {
        self.read(|notebook| notes(notebook, own_only)).unwrap_or_default()
    }

    /// How an alert stands, as [`alerts::standing`] says.
    pub fn alert_standing(&self, key: &RecordKey) -> Option<String> {
        let view = self.view(key)?;
        let answers = view.answers(form_for(&key.kind)?);
        Some(alerts::standing(&view, &answers).to_owned())
    }

    /// Who said how an alert stands, and when; none while nobody did. While people disagree, the one who said the
    /// value that holds.
    pub fn alert_word(&self, key: &RecordKey) -> Option<AlertWord> {
        let view = self.view(key)?;
        let status = view.value("status")?;
        let said = view.registers.get("status")?.survivors.iter();
        let newest = said.rev().find(|survivor| survivor.value.as_ref() == Some(status))?;
        Some(AlertWord { device: newest.device, at: newest.at.millis })
    }

    /// Says how an alert stands, a code of `alert_status`: only the coordination's word counts.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn follow_alert(&self, key: RecordKey, status: String) -> Result<(), Trouble> {
        self.pick(key, "status".to_owned(), Some(Value::Text(status))).await
    }
}

fn notes(notebook: &Notebook, own_only: bool) -> Vec<NoteRow> {
    let deliveries = Deliveries::of(notebook);
    let mut notes = Vec::new();
    for kind in NOTE_KINDS {
        let from = notes.len();
        let rows = shown(notebook, kind).filter_map(|view| row(notebook, &view, &deliveries));
        notes.extend(rows.filter(|row| row.own || !own_only));
        order::sort_by_key(&mut notes[from..], |row: &NoteRow| (row.rank, Reverse(row.written_at)));
    }
    notes
}

fn row(notebook: &Notebook, view: &View, deliveries: &Deliveries<'_>) -> Option<NoteRow> {
    let newest = view.registers.values().flat_map(|register| &register.survivors);
    let newest = newest.max_by_key(|survivor| survivor.at)?;
    let answers = view.answers(form_for(&view.key.kind)?);
    let standing = (view.key.kind == "alert").then(|| alerts::standing(view, &answers));
    Some(NoteRow {
        key: view.key.clone(),
        rank: standing.map(|standing| Rank::of(standing, &answers, clock::today())),
        standing: standing.map(str::to_owned),
        answers,
        own: is_own(notebook, view),
        device: author(notebook, view),
        written_at: newest.at.millis,
        conflicts: view.conflicts().count(),
        delivery: deliveries.get(view),
    })
}
