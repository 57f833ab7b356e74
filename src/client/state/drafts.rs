//! Half-filled records: sealed documents overwritten in place, and what becomes of them.

use domain::change::RecordKey;
use domain::codec;
use domain::forms::{
    Answer, Answers, CivilDate, Form, form_for, from_registers, initial_answers, initiative_form,
    repeated_answers, visit_form,
};
use domain::ids::RecordId;
use domain::notebook::{NewRecord, Notebook, Seen, VisitOutline};
use domain::order;
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::finishing::finish;
use super::records::keeps_nothing;
use super::{App, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::{clock, storage};

/// Version of a draft's document.
const FORMAT: u8 = 2;

/// A record that is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The record's id: final from the first tap.
    pub id: RecordId,
    /// Its kind: there is a built-in form of it.
    pub kind: String,
    /// Set for a new record, none when a saved one is corrected.
    pub created: Option<NewRecord>,
    /// What the record held when its correction began; none for a new one, and for corrections begun before
    /// this was kept.
    pub seen: Option<Seen>,
    /// What is answered so far.
    pub answers: Answers,
    /// A collective that is created together with a visit.
    pub initiative: Option<NewInitiative>,
    /// When it was begun, in milliseconds since 1970.
    pub begun_at: u64,
    /// When it was last written, in milliseconds since 1970.
    pub written_at: u64,
}

/// Drafts as they were stored when all were visits.
#[derive(Serialize, Deserialize)]
struct VisitDraft {
    id: RecordId,
    created: Option<NewRecord>,
    answers: Answers,
    initiative: Option<NewInitiative>,
    begun_at: u64,
    written_at: u64,
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
    /// Reads a draft's document; none for one that this app has no form for: it stays as it is stored.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let draft = codec::decode(FORMAT, bytes)
            .or_else(|_| codec::decode::<VisitDraft>(1, bytes).map(Self::from));
        draft.ok().filter(|draft| form_for(&draft.kind).is_some())
    }

    /// As it is stored, written now.
    pub fn document(self) -> Document {
        let draft = Self { written_at: clock::now(), ..self.kept() };
        Document { id: draft.id, bytes: codec::encode(FORMAT, &draft) }
    }

    /// Its form.
    pub fn form(&self) -> &'static Form {
        form_for(&self.kind).unwrap_or_else(visit_form)
    }

    /// The record it will be, or is.
    pub fn key(&self) -> RecordKey {
        RecordKey { kind: self.kind.clone(), id: self.id }
    }

    /// The collective it is about.
    pub fn initiative_id(&self) -> Option<RecordId> {
        match self.answers.get("initiative_id") {
            Some(Answer::Reference(id)) => RecordId::parse(id).ok(),
            _ => None,
        }
    }

    /// The collective that is created with the visit, as long as the visit names it.
    pub fn newcomer(&self) -> Option<&NewInitiative> {
        let id = self.initiative_id();
        self.initiative.as_ref().filter(|new| id == Some(new.created.id))
    }

    /// The day of the visit.
    pub fn visited_on(&self) -> Option<CivilDate> {
        match self.answers.get("visited_on") {
            Some(Answer::Text(day)) => day.parse().ok(),
            _ => None,
        }
    }

    /// Whether consent was refused for a record that does not even keep the refusal: a new one is not saved,
    /// one that was saved before is deleted.
    pub fn is_nothing(&self) -> bool {
        keeps_nothing(self.form(), &self.answers)
    }

    /// What of it may lie on the disk: once nothing is to be kept, the refusal alone. What was typed before
    /// is on the page still, should the answer change.
    fn kept(mut self) -> Self {
        if self.is_nothing() {
            let refusal = self.form().refusal.as_ref();
            let refusing = refusal.map(|refusal| refusal.when.fields()).unwrap_or_default();
            self.answers.retain(|key, _| refusing.contains(&key.as_str()));
        }
        self
    }
}

impl From<VisitDraft> for Draft {
    fn from(draft: VisitDraft) -> Self {
        let VisitDraft { id, created, answers, initiative, begun_at, written_at } = draft;
        let (kind, seen) = ("visit".into(), None);
        Self { id, kind, created, seen, answers, initiative, begun_at, written_at }
    }
}

impl App {
    /// Begins a record of a kind that has a form; `given` is answered already. Nothing is stored before the
    /// first [`keep`](Self::keep).
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook, `unknown_form` for another kind.
    pub fn begin_record(&self, kind: &str, given: Answers) -> Result<Draft, Trouble> {
        let form = form_for(kind).ok_or(Trouble::Rule("unknown_form"))?;
        let created = self.new_record()?;
        let mut answers = initial_answers(form, clock::today());
        answers.extend(given);
        let now = clock::now();
        Ok(Draft {
            id: created.id,
            kind: form.record_kind.clone(),
            created: Some(created),
            seen: None,
            answers,
            initiative: None,
            begun_at: now,
            written_at: now,
        })
    }

    /// A draft that corrects a record saved before.
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook, `unknown_form` for a kind without a form.
    pub fn correct_draft(&self, key: &RecordKey) -> Result<Draft, Trouble> {
        let form = form_for(&key.kind).ok_or(Trouble::Rule("unknown_form"))?;
        let seen = self.peek(|notebook| notebook.seen(key)).ok_or(Trouble::Rule("no_notebook"))?;
        let now = clock::now();
        Ok(Draft {
            id: key.id,
            kind: key.kind.clone(),
            created: None,
            answers: from_registers(form, &seen.values).answers,
            seen: Some(seen),
            initiative: None,
            begun_at: now,
            written_at: now,
        })
    }

    /// A new visit that begins with what was chosen in one before: see [`repeated_answers`].
    ///
    /// # Errors
    /// [`Trouble::Rule`] without a notebook.
    pub fn repeat_visit(&self, id: RecordId) -> Result<Draft, Trouble> {
        let key = RecordKey { kind: "visit".to_owned(), id };
        let before = self.correct_draft(&key)?.answers;
        let answers = repeated_answers(visit_form(), &before, clock::today());
        Ok(Draft { answers, ..self.begin_record("visit", Answers::new())? })
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
        let drafts = self.read(|notebook| drafts_of(notebook).collect::<Vec<_>>());
        let mut drafts = drafts.unwrap_or_default();
        order::sort_by_key(&mut drafts, |draft| std::cmp::Reverse(draft.written_at));
        drafts
    }

    /// One draft.
    pub fn draft(&self, id: RecordId) -> Option<Draft> {
        self.peek(|notebook| notebook.drafts().get(&id).and_then(|bytes| Draft::from_bytes(bytes)))
            .flatten()
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
        self.try_sync();
        let own = |visit: &VisitOutline| visit.own && visit.shown;
        let is_first = |n: &Notebook| n.visit_outlines().filter(own).nth(1).is_none();
        if self.peek(is_first) == Some(true) {
            // From the first visit on there is something to lose, and something by which a browser judges.
            storage::ask_to_persist().await;
        }
        Ok(())
    }

    fn new_record(&self) -> Result<NewRecord, Trouble> {
        let made = self.peek(|notebook| notebook.new_record(&mut BrowserRandom));
        made.ok_or(Trouble::Rule("no_notebook"))
    }
}

/// The records that are being written in a notebook, in no order.
pub(super) fn drafts_of(notebook: &Notebook) -> impl Iterator<Item = Draft> {
    notebook.drafts().values().filter_map(|bytes| Draft::from_bytes(bytes))
}

pub(super) fn initiative_key(id: RecordId) -> RecordKey {
    RecordKey { kind: "initiative".to_owned(), id }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn drafts_of_before_there_were_other_kinds_are_visits() {
        let id = RecordId([7; 16]);
        let answers = Answers::from([("summary".to_owned(), Answer::Text("Une soupe".into()))]);
        let before = VisitDraft {
            id,
            created: None,
            answers: answers.clone(),
            initiative: None,
            begun_at: 1,
            written_at: 2,
        };
        let read = Draft::from_bytes(&codec::encode(1, &before)).unwrap();
        assert_eq!((read.id, read.kind.as_str(), &read.answers), (id, "visit", &answers));
        assert_eq!(Draft::from_bytes(&codec::encode(FORMAT, &read)), Some(read));
    }

    #[wasm_bindgen_test]
    fn a_draft_of_an_unknown_kind_is_not_shown() {
        let before = VisitDraft {
            id: RecordId([7; 16]),
            created: None,
            answers: Answers::new(),
            initiative: None,
            begun_at: 1,
            written_at: 2,
        };
        let draft = Draft { kind: "of_a_newer_app".into(), ..before.into() };
        assert_eq!(Draft::from_bytes(&codec::encode(FORMAT, &draft)), None);
    }
}
