//! Half-filled visits: sealed documents overwritten in place, and what becomes of them.

use domain::change::RecordKey;
use domain::codec;
use domain::forms::{
    Answer, Answers, Registers, collective_code, from_registers, initial_answers, initiative_form,
    register_edits, repeated_answers, to_registers, visit_form,
};
use domain::ids::RecordId;
use domain::keys::random;
use domain::notebook::{NewRecord, Notebook, SaveError, Writes};
use serde::{Deserialize, Serialize};

use super::records::desired;
use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;

/// A visit that is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The visit's id: final from the first tap.
    pub id: RecordId,
    /// Set for a new visit, none when a saved one is corrected.
    pub created: Option<NewRecord>,
    /// What is answered so far.
    pub answers: Answers,
    /// A collective that is created together with the visit.
    pub initiative: Option<NewInitiative>,
    /// When it was begun, in milliseconds since 1970.
    pub begun_at: u64,
    /// When it was last written, in milliseconds since 1970.
    pub written_at: u64,
}

/// A collective that is created in the visit's form: it is saved with the visit, and dropped when the
/// collective refuses that the visit is noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewInitiative {
    /// Its id; the visit refers to it.
    pub created: NewRecord,
    /// Its answers to the form `initiative`.
    pub answers: Answers,
}

impl Draft {
    /// Reads a draft's document.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        codec::decode(1, bytes).ok()
    }

    /// The collective the visit is about.
    pub fn initiative_id(&self) -> Option<RecordId> {
        match self.answers.get("initiative_id") {
            Some(Answer::Reference(id)) => RecordId::parse(id).ok(),
            _ => None,
        }
    }
}

impl App {
    /// Begins a new visit. Nothing is stored before the first [`keep_draft`](Self::keep_draft).
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook.
    pub fn begin_visit(&self) -> Result<Draft, Trouble> {
        let created = self.new_record()?;
        let answers = initial_answers(visit_form(), clock::today());
        let now = clock::now();
        let (id, created) = (created.id, Some(created));
        Ok(Draft { id, created, answers, initiative: None, begun_at: now, written_at: now })
    }

    /// A draft that corrects a visit saved before.
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook.
    pub fn correct_visit(&self, id: RecordId) -> Result<Draft, Trouble> {
        let key = visit_key(id);
        let registers = self.peek(|notebook| registers(notebook, &key));
        let registers = registers.ok_or(Trouble::Rule("no_notebook"))?;
        let answers = from_registers(visit_form(), &registers).answers;
        let now = clock::now();
        Ok(Draft { id, created: None, answers, initiative: None, begun_at: now, written_at: now })
    }

    /// A new visit that begins with what was chosen in one before: see [`repeated_answers`].
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook.
    pub fn repeat_visit(&self, id: RecordId) -> Result<Draft, Trouble> {
        let before = self.correct_visit(id)?.answers;
        let answers = repeated_answers(visit_form(), &before, clock::today());
        Ok(Draft { answers, ..self.begin_visit()? })
    }

    /// A new collective for a draft.
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook.
    pub fn begin_initiative(&self) -> Result<NewInitiative, Trouble> {
        let answers = initial_answers(initiative_form(), clock::today());
        Ok(NewInitiative { created: self.new_record()?, answers })
    }

    /// The drafts, the last written first.
    pub fn drafts(&self) -> Vec<Draft> {
        let drafts = self.read(|notebook| {
            let documents = notebook.drafts().values();
            documents.filter_map(|bytes| Draft::from_bytes(bytes)).collect::<Vec<_>>()
        });
        let mut drafts = drafts.unwrap_or_default();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.written_at));
        drafts
    }

    /// One draft.
    pub fn draft(&self, id: RecordId) -> Option<Draft> {
        self.peek(|notebook| notebook.drafts().get(&id).and_then(|bytes| Draft::from_bytes(bytes)))
            .flatten()
    }

    /// Keeps a draft; on the disk when it returns.
    ///
    /// # Errors
    /// [`Trouble`]: what was typed is on the page still.
    pub async fn keep_draft(&self, mut draft: Draft) -> Result<(), Trouble> {
        draft.written_at = clock::now();
        let bytes = codec::encode(1, &draft);
        self.act(|notebook| Ok(notebook.keep_draft(draft.id, bytes))).await
    }

    /// Drops a draft.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn drop_draft(&self, id: RecordId) -> Result<(), Trouble> {
        self.act(|notebook| Ok(notebook.drop_draft(id))).await
    }

    /// "Terminer": the draft becomes changes, one per record, and is gone; all in one transaction. Then a
    /// sync is tried.
    ///
    /// # Errors
    /// [`Trouble`]: the draft is still there.
    pub async fn finish(&self, draft: Draft) -> Result<(), Trouble> {
        self.act(|notebook| finish(notebook, &draft)).await?;
        let app = *self;
        leptos::task::spawn_local(async move {
            // The status tells when it fails; what was saved is saved.
            let _ = app.sync_now().await;
        });
        Ok(())
    }

    fn new_record(&self) -> Result<NewRecord, Trouble> {
        let made = self.peek(|notebook| notebook.new_record(&mut BrowserRandom));
        made.ok_or(Trouble::Rule("no_notebook"))
    }
}

pub(super) fn visit_key(id: RecordId) -> RecordKey {
    RecordKey { kind: "visit".to_owned(), id }
}

pub(super) fn initiative_key(id: RecordId) -> RecordKey {
    RecordKey { kind: "initiative".to_owned(), id }
}

/// A record's values as its form knows them.
pub(super) fn registers(notebook: &Notebook, key: &RecordKey) -> Registers {
    let values = notebook.view(key).values();
    values.into_iter().filter_map(|(name, value)| Some((name, value.register()?))).collect()
}

fn finish(notebook: &mut Notebook, draft: &Draft) -> Result<Writes, Trouble> {
    let form = visit_form();
    let mut writes = Writes::default();
    let mut answers = draft.answers.clone();
    let refused = form.is_refused(&answers);
    if let Some(new) = draft.initiative.as_ref().filter(|_| !refused)
        && draft.initiative_id() == Some(new.created.id)
    {
        writes.append(create_initiative(notebook, new)?);
    }
    let key = visit_key(draft.id);
    if draft.created.is_some() && !refused {
        let seconds = clock::now().saturating_sub(draft.begun_at) / 1000;
        answers.insert("form_seconds".into(), Answer::Int(seconds.min(7200) as i64));
        answers.insert("schema_version".into(), Answer::Int(1));
    }
    let before = registers(notebook, &key);
    let known = to_registers(form, &from_registers(form, &before).answers);
    let edits = register_edits(&known, &to_registers(form, &answers));
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    match notebook.save(&key, draft.created.as_ref(), desired(edits), now, rng) {
        Ok(saved) => writes.append(saved),
        // A correction that corrects nothing is no change.
        Err(SaveError::Nothing) => {}
        Err(SaveError::Erased) => return Err(Trouble::Rule("erased")),
        Err(SaveError::Retired) => return Err(Trouble::Rule("retired")),
        Err(SaveError::Bad(_)) => return Err(Trouble::Rule("internal")),
    }
    writes.append(notebook.drop_draft(draft.id));
    Ok(writes)
}

fn create_initiative(notebook: &mut Notebook, new: &NewInitiative) -> Result<Writes, Trouble> {
    let rng = &mut BrowserRandom;
    let mut answers = new.answers.clone();
    answers.insert("code".into(), Answer::Text(collective_code(random(rng))));
    answers.entry("state".into()).or_insert_with(|| Answer::Code("active".into()));
    let edits = register_edits(&Registers::new(), &to_registers(initiative_form(), &answers));
    let key = initiative_key(new.created.id);
    notebook
        .save(&key, Some(&new.created), desired(edits), clock::now(), rng)
        .map_err(|_| Trouble::Rule("internal"))
}
