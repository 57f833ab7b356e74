//! Answering a question of the coordination; what is half written is kept until it is sent.

use domain::change::RecordKey;
use domain::fold::Deletion;
use domain::ids::RecordId;
use domain::notebook::{Notebook, Writes};
use domain::review::{Question, Review, answer};
use domain::{codec, digest};
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::records::save;
use super::{App, Trouble};

/// Version of the document: other ones are drafts of records.
const FORMAT: u8 = 3;

/// An answer that is being written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerDraft {
    /// About which record.
    pub record: RecordKey,
    /// To which of its questions.
    pub question: String,
    /// What is written so far.
    pub text: String,
}

impl AnswerDraft {
    /// As it is stored.
    pub fn document(&self) -> Document {
        let id = document_id(&self.record, &self.question);
        Document { id, bytes: codec::encode(FORMAT, self) }
    }
}

impl App {
    /// What was written of an answer and not sent yet.
    pub fn half_answer(&self, record: &RecordKey, question: &str) -> Option<String> {
        let id = document_id(record, question);
        let bytes = self.peek(|notebook| notebook.drafts().get(&id).cloned()).flatten()?;
        codec::decode::<AnswerDraft>(FORMAT, &bytes).ok().map(|draft| draft.text)
    }

    /// Gives up an answer that was begun, whatever page is open then.
    pub fn forget_answer(&self, record: &RecordKey, question: &str) {
        self.forget(document_id(record, question));
    }

    /// Drops answers that were begun and cannot be given any more: what they say must not stay longer than what they
    /// are about.
    pub(super) async fn drop_orphaned_answers(&self) {
        for document in self.peek(orphans).unwrap_or_default() {
            // One that stays is dropped at the next quiet moment.
            let _ = self.give_up(document).await;
        }
    }

    /// Answers a question about a record. One that says what was said before changes nothing.
    ///
    /// # Errors
    /// `bad_answer` for one that is blank or too long; [`Trouble`].
    pub async fn answer_question(&self, written: AnswerDraft) -> Result<(), Trouble> {
        let AnswerDraft { record, question, text } = &written;
        let desired = answer(question, text).ok_or(Trouble::Rule("bad_answer"))?;
        self.act(|notebook| {
            let mut writes = match save(notebook, record, desired) {
                // It was said already.
                Err(Trouble::Rule("nothing")) => Writes::default(),
                saved => saved?,
            };
            writes.append(notebook.drop_draft(document_id(record, question)));
            Ok(writes)
        })
        .await?;
        self.try_sync();
        Ok(())
    }
}

/// The answers that are being written to what nobody can answer here any more: the record has left this phone, or its
/// question was taken back.
/// A record that is not here yet, or not any more by a loss, says nothing of that.
fn orphans(notebook: &Notebook) -> Vec<Document> {
    let is_orphan = |bytes: &[u8]| {
        let Ok(draft) = codec::decode::<AnswerDraft>(FORMAT, bytes) else { return false };
        let view = notebook.view(&draft.record);
        let review = Review::of(&view);
        let is_it = |question: &Question| question.key == draft.question;
        if view.deletion == Deletion::Deleted {
            true
        } else if notebook.retired(&draft.record).is_some() {
            !review.open_questions().any(is_it)
        } else {
            let is_known = !view.registers.is_empty() && !notebook.is_copy();
            is_known && !review.questions.iter().any(is_it)
        }
    };
    let drafts = notebook.drafts().iter().filter(|(_, bytes)| is_orphan(bytes));
    drafts.map(|(id, bytes)| Document { id: *id, bytes: bytes.clone() }).collect()
}

/// No record has it: it is drawn from the question's own name.
fn document_id(record: &RecordKey, question: &str) -> RecordId {
    let parts = [record.kind.as_bytes(), record.id.0.as_slice(), question.as_bytes()];
    let drawn = digest::labelled("answer draft", &parts);
    let mut id = [0; 16];
    id.copy_from_slice(&drawn[..16]);
    RecordId(id)
}
