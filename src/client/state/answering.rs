//! Answering a question of the coordination; what is half written is kept until it is sent.

use domain::change::RecordKey;
use domain::ids::RecordId;
use domain::review::answer;
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

    /// Answers a question about a record.
    ///
    /// # Errors
    /// `bad_answer` for one that is blank or too long; [`Trouble`].
    pub async fn answer_question(&self, written: AnswerDraft) -> Result<(), Trouble> {
        let AnswerDraft { record, question, text } = &written;
        let desired = answer(question, text).ok_or(Trouble::Rule("bad_answer"))?;
        self.act(|notebook| {
            let mut writes = save(notebook, record, desired)?;
            writes.append(notebook.drop_draft(document_id(record, question)));
            Ok(writes)
        })
        .await?;
        self.try_sync();
        Ok(())
    }
}

/// No record has it: it is drawn from the question's own name.
fn document_id(record: &RecordKey, question: &str) -> RecordId {
    let parts = [record.kind.as_bytes(), record.id.0.as_slice(), question.as_bytes()];
    let drawn = digest::labelled("answer draft", &parts);
    let mut id = [0; 16];
    id.copy_from_slice(&drawn[..16]);
    RecordId(id)
}
