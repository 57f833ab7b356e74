//! Writing records and looking at them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Notebook;
use super::loading::record_row_key;
use super::rows::{Table, Writes};
use crate::bundle::Audience;
use crate::change::{BadChange, Change, Edit, RecordKey, Value};
use crate::fold::{CREATED, History, LISTING, Proposal, Source, View, edits_towards};
use crate::ids::RecordId;
use crate::keys::random;
use crate::review::Pen;

/// A record about to be created here: its id commits to this member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewRecord {
    /// Its id.
    pub id: RecordId,
    /// What proves who created it: the value of the field `created`.
    pub salt: [u8; 16],
}

/// Why nothing was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The record was erased by a coordinator's order: it cannot be written again.
    #[error("the record was erased")]
    Erased,
    /// The record's content left this device: what is not seen here cannot be edited here.
    #[error("the record's content left this device")]
    Retired,
    /// Nothing changed.
    #[error("nothing to save")]
    Nothing,
    /// The edits make no change.
    #[error(transparent)]
    Bad(#[from] BadChange),
}

impl Notebook {
    /// The id of a record that this device's member creates.
    pub fn new_record(&self, rng: &mut impl rand_core::CryptoRng) -> NewRecord {
        let salt = random(rng);
        NewRecord { id: RecordId::of(&self.member(), &salt), salt }
    }

    /// Saves what a person wants a record to be: one change with an edit for each field that differs.
    ///
    /// `created` is given once, with the first save of a record created here. `now` is the phone's clock in
    /// milliseconds since 1970.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn save(
        &mut self,
        key: &RecordKey,
        created: Option<&NewRecord>,
        mut desired: BTreeMap<String, Option<Value>>,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        if let Some(new) = created {
            desired.insert(CREATED.to_owned(), Some(Value::Bytes(new.salt.to_vec())));
        }
        let edits = edits_towards(&self.view(key), &desired);
        self.save_edits(key, edits, now, rng)
    }

    /// Deletes a record: an edit that names everything seen.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn delete(
        &mut self,
        key: &RecordKey,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        let edit = self.view(key).delete_edit();
        self.save_edits(key, vec![edit], now, rng)
    }

    /// Settles a proposal: accepted, the field holds what was proposed; declined, what it held. Counts on a
    /// coordinator's device.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn settle(
        &mut self,
        key: &RecordKey,
        proposal: &Proposal,
        accept: bool,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        let edit = self.view(key).settling_edit(proposal, accept);
        self.save_edits(key, vec![edit], now, rng)
    }

    /// What becomes of a correction of this record that is made here now.
    pub fn pen(&self, view: &View) -> Pen {
        let device = self.device();
        if self.line.device(&device).is_some_and(|standing| standing.revoked.is_some()) {
            return Pen::Nothing;
        }
        Pen::of(view, self.authority().standing(&Source::own(device, None)))
    }

    /// A record as this device sees it; empty when it knows nothing of it.
    pub fn view(&self, key: &RecordKey) -> Arc<View> {
        let authority = self.authority();
        let unknown = || Arc::new(View::of(&History::new(key.clone()), &authority));
        self.histories.view(key, &authority, &self.eyes()).unwrap_or_else(unknown)
    }

    /// The records of a kind, as this device sees them.
    pub fn views<'k>(&'k self, kind: &'k str) -> impl Iterator<Item = Arc<View>> {
        self.histories.views(kind, self.authority(), self.eyes())
    }

    /// All that is known of a record.
    pub fn history(&self, key: &RecordKey) -> Option<&History> {
        self.histories.get(key)
    }

    /// Keeps a half-filled form: overwritten in place, not a change.
    pub fn keep_draft(&mut self, id: RecordId, document: Vec<u8>) -> Writes {
        let mut writes = Writes::default();
        writes.put_bytes(Table::Drafts, id.0.to_vec(), document.clone());
        self.drafts.insert(id, document);
        writes
    }

    /// Drops a draft.
    pub fn drop_draft(&mut self, id: RecordId) -> Writes {
        let mut writes = Writes::default();
        writes.remove(Table::Drafts, id.0.to_vec());
        self.drafts.remove(&id);
        writes
    }

    /// The drafts.
    pub fn drafts(&self) -> &BTreeMap<RecordId, Vec<u8>> {
        &self.drafts
    }

    /// Who may receive what is written about a kind of record: rows of the register and what is public go
    /// to the network, all else is restricted.
    pub fn audience(kind: &str) -> Audience {
        match kind {
            LISTING | "campaign" | "actor" => Audience::Network,
            _ => Audience::Restricted,
        }
    }

    pub(super) fn save_edits(
        &mut self,
        key: &RecordKey,
        edits: Vec<Edit>,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        let erased = |edit: &Edit| self.erasures.field(&key.id, &edit.field);
        if self.erasures.record(&key.id) || edits.iter().any(erased) {
            return Err(SaveError::Erased);
        }
        if self.retired.contains_key(key) {
            return Err(SaveError::Retired);
        }
        if edits.is_empty() {
            return Err(SaveError::Nothing);
        }
        self.listing_kept = false;
        self.clock = self.clock.tick(now);
        let change = Change::new(random(rng), key.clone(), self.clock, edits)?;
        let audience = Self::audience(&key.kind);
        let mut writes = Writes::default();
        let source = Source::own(self.device(), None);
        let history = self.histories.open(key);
        history.insert(change.clone(), source);
        writes.put_bytes(Table::Histories, record_row_key(key), history.to_bytes());
        let owner = self.view(key).creator;
        self.queue(change, audience, owner, &mut writes);
        self.write_sync(&mut writes);
        Ok(writes)
    }
}
