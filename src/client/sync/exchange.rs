//! A whole sync, step by step.
//!
//! roster and orders ► mend ► offer ► pack ► push ► pull ► check ► a coordinator's duties ► keep what is due.
//! Every step is stored before the next begins, so that a sync cut anywhere goes on where it was.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::ids::EntryId;
use domain::notebook::{EntryRow, Notebook, Verdict, Writes};
use domain::protocol::{MAX_HAVE, MAX_PUSH, Pulled, Push, PushItem, Receipt, Scope};
use serde::{Serialize, de::DeserializeOwned};

use super::call::{Fault, Wire, call};
use super::session::sign_in;
use crate::browser::{canary, clock, random::BrowserRandom};
use crate::vault::{Store, Vault};

/// Bytes of one push: small, so that a weak connection gets one through.
const PUSH_BYTES: usize = 256 * 1024;
/// A server that resets or contradicts itself more often than this in one sync is left alone.
const MAX_ROUNDS: usize = 5;

/// What a sync is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Asking for roster and orders.
    Asking,
    /// Sending.
    Sending,
    /// Receiving.
    Receiving,
}

/// How far a sync is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it does.
    pub step: Step,
    /// Entries done.
    pub done: usize,
    /// Entries in all, where known.
    pub total: Option<usize>,
}

/// Syncs once. `tell` hears of progress; it may be called any number of times.
///
/// # Errors
/// [`Fault`]: everything that was stored before it stays.
pub async fn sync<V: Vault>(
    notebook: &RefCell<Notebook>,
    store: &Store<V>,
    wire: Wire,
    tell: &dyn Fn(Progress),
) -> Result<(), Fault> {
    let talk = Talk { notebook, store, wire, tell };
    for _ in 0..MAX_ROUNDS {
        if let Round::Done = talk.round().await? {
            talk.check_stuck()?;
            return if talk.notebook.borrow().forked() { Err(Fault::Forked) } else { Ok(()) };
        }
    }
    Err(Fault::Inconsistent)
}

enum Round {
    Done,
    Again,
}

pub(super) struct Talk<'a, V> {
    pub(super) notebook: &'a RefCell<Notebook>,
    store: &'a Store<V>,
    wire: Wire,
    tell: &'a dyn Fn(Progress),
}

impl<V: Vault> Talk<'_, V> {
    async fn round(&self) -> Result<Round, Fault> {
        self.progress(Step::Asking, 0, None);
        match self.pull(Scope::Orders).await? {
            Round::Done => {}
            other => return Ok(other),
        }
        let mended = self.notebook.borrow_mut().mend(&mut BrowserRandom);
        self.commit(mended).await?;
        if self.notebook.borrow().sync_state().offer {
            self.offer().await?;
        }
        self.pack().await?;
        match self.push().await? {
            Round::Done => {}
            other => return Ok(other),
        }
        match self.pull(Scope::All).await? {
            Round::Done => {}
            other => return Ok(other),
        }
        let round = self.duties().await?;
        if let Round::Done = round {
            self.keep_what_is_due().await?;
        }
        Ok(round)
    }

    /// What a coordinator's device does for others: it keeps the shared register, and grants what a record's
    /// creator cannot read. Both travel at once.
    async fn duties(&self) -> Result<Round, Fault> {
        let (listed, due) = {
            let mut notebook = self.notebook.borrow_mut();
            (notebook.keep_listing(clock::now(), &mut BrowserRandom), notebook.grants_due())
        };
        if listed.is_empty() && due.is_empty() {
            return Ok(Round::Done);
        }
        self.commit(listed).await?;
        let rows = self.rows(due.iter().map(|(bundle, _)| *bundle)).await?;
        let grants = self.notebook.borrow_mut().grant(&due, &rows, &mut BrowserRandom);
        self.commit(grants).await?;
        self.pack().await?;
        self.push().await
    }

    async fn pull(&self, scope: Scope) -> Result<Round, Fault> {
        let mut received = 0;
        loop {
            let request = self.notebook.borrow().sync_state().pull(scope);
            let waiting = self.notebook.borrow().waiting_entries();
            let waiting = self.rows(waiting.into_iter()).await?;
            let reply = self.ask::<_, Pulled>("pull", &request).await?;
            if let Pulled::Page(page) = &reply.answer {
                received += page.entries.len();
            }
            if scope == Scope::All {
                self.progress(Step::Receiving, received, None);
            }
            let incoming =
                self.notebook.borrow_mut().take_page(&request, &reply, &waiting, clock::now());
            self.commit(incoming.writes).await?;
            match incoming.verdict {
                Verdict::Applied { more: true } => {}
                Verdict::Applied { more: false } => {
                    // A confirmation begins the pull again from the start.
                    let again = scope == Scope::All
                        && self.notebook.borrow().sync_state().chain.is_none()
                        && received > 0;
                    return Ok(if again { Round::Again } else { Round::Done });
                }
                Verdict::Reset | Verdict::Again => return Ok(Round::Again),
                Verdict::Ignored => return Err(Fault::Inconsistent),
            }
        }
    }

    async fn rows(
        &self,
        ids: impl Iterator<Item = EntryId>,
    ) -> Result<BTreeMap<EntryId, EntryRow>, Fault> {
        let mut rows = BTreeMap::new();
        for id in ids {
            if let Some(row) = self.store.entry(&id).await? {
                rows.insert(id, row);
            }
        }
        Ok(rows)
    }

    async fn pack(&self) -> Result<(), Fault> {
        if self.notebook.borrow().unpacked() == 0 {
            return Ok(());
        }
        let writes = self.notebook.borrow_mut().pack(&mut BrowserRandom);
        self.commit(writes).await
    }

    /// Everything that could go went; what could not is told.
    fn check_stuck(&self) -> Result<(), Fault> {
        match self.notebook.borrow().stuck().values().next() {
            Some(why) => Err(Fault::Stuck(*why)),
            None => Ok(()),
        }
    }

    async fn push(&self) -> Result<Round, Fault> {
        let total = self.notebook.borrow().pending().len();
        let mut tried = std::collections::BTreeSet::new();
        loop {
            let left: Vec<EntryId> = self.notebook.borrow().pending();
            let left: Vec<EntryId> = left.into_iter().filter(|id| !tried.contains(id)).collect();
            if left.is_empty() {
                return Ok(Round::Done);
            }
            self.progress(Step::Sending, tried.len(), Some(total));
            let (ids, items) = self.batch(&left).await?;
            tried.extend(ids.iter().copied());
            if items.is_empty() {
                continue;
            }
            let (ticket, writes) = self.notebook.borrow_mut().mark_sent(&ids);
            self.commit(writes).await?;
            let reply = self.ask::<_, Vec<Receipt>>("push", &Push { items }).await?;
            let (verdict, writes) = self.notebook.borrow_mut().take_receipts(ticket, &ids, &reply);
            self.commit(writes).await?;
            if verdict == Verdict::Reset {
                return Ok(Round::Again);
            }
        }
    }

    /// As many of the first entries as one push carries; at least one. Those that are read, or are to be found in the
    /// roster, are at most [`MAX_PUSH`].
    async fn batch(&self, ids: &[EntryId]) -> Result<(Vec<EntryId>, Vec<PushItem>), Fault> {
        let (mut taken, mut items, mut size) = (Vec::new(), Vec::new(), 0);
        for id in ids.iter().take(MAX_PUSH) {
            let Some(row) = self.store.entry(id).await? else {
                taken.push(*id);
                continue;
            };
            size += row.bytes.len();
            if size > PUSH_BYTES && !items.is_empty() {
                break;
            }
            taken.push(*id);
            items.push(PushItem { bytes: row.bytes, wraps: row.wraps });
        }
        Ok((taken, items))
    }

    /// Gives a server that lost entries what this device holds of them.
    async fn offer(&self) -> Result<(), Fault> {
        let (ticket, offers) = {
            let notebook = self.notebook.borrow();
            (notebook.sync_state().ticket(), notebook.offers())
        };
        for ids in offers.chunks(MAX_HAVE) {
            let missing = self.ask::<_, Vec<EntryId>>("have", &ids.to_vec()).await?.answer;
            let missing: Vec<EntryId> =
                ids.iter().filter(|id| missing.contains(id)).copied().collect();
            let mut left = missing.as_slice();
            while !left.is_empty() {
                let (taken, mut items) = self.batch(left).await?;
                self.add_roster(&taken, &mut items);
                left = left.get(taken.len()..).unwrap_or_default();
                self.ask::<_, Vec<Receipt>>("push", &Push { items }).await?;
            }
        }
        let writes = self.notebook.borrow_mut().offered(ticket);
        self.commit(writes).await
    }

    /// Roster entries are kept with the roster, not with the other entries.
    fn add_roster(&self, taken: &[EntryId], items: &mut Vec<PushItem>) {
        let notebook = self.notebook.borrow();
        let entries = notebook.line().entries().filter(|bytes| taken.contains(&EntryId::of(bytes)));
        let roster = entries.map(|bytes| PushItem { bytes: bytes.to_vec(), wraps: Vec::new() });
        let roster: Vec<PushItem> = roster.collect();
        items.splice(0..0, roster);
    }

    /// Asks, and signs in first when the server does not know the session (any more).
    pub(super) async fn ask<Q, A>(
        &self,
        name: &str,
        request: &Q,
    ) -> Result<domain::protocol::Reply<A>, Fault>
    where
        Q: Serialize,
        A: Serialize + DeserializeOwned,
    {
        match call(self.wire, name, request).await {
            Err(Fault::Refused(code)) if code == "sign_in_needed" => {
                let (campaign, keys) = {
                    let notebook = self.notebook.borrow();
                    (notebook.line().campaign(), notebook.ring().device().clone())
                };
                sign_in(self.wire, campaign, &keys).await?;
                call(self.wire, name, request).await
            }
            other => other,
        }
    }

    pub(super) async fn commit(&self, writes: Writes) -> Result<(), Fault> {
        if writes.is_empty() {
            return Ok(());
        }
        canary::lower(writes.taken_away());
        Ok(self.store.commit(writes, &mut BrowserRandom).await?)
    }

    fn progress(&self, step: Step, done: usize, total: Option<usize>) {
        (self.tell)(Progress { step, done, total });
    }
}

#[cfg(test)]
mod tests {
    use domain::keys::VaultKey;
    use domain::notebook::Table;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::vault::memory::MemoryVault;

    #[wasm_bindgen_test]
    async fn a_push_carries_no_more_entries_than_a_server_takes() {
        let store = Store::new(MemoryVault::default(), VaultKey::generate(&mut BrowserRandom));
        let ids: Vec<EntryId> = (0..MAX_PUSH + 5).map(|n| EntryId::of(&n.to_be_bytes())).collect();
        let row = domain::codec::encode(1, &EntryRow { bytes: vec![1; 8], wraps: Vec::new() });
        let rows = ids.iter().map(|id| (Table::Entries, id.0.to_vec(), Some(row.clone())));
        store.commit(Writes(rows.collect()), &mut BrowserRandom).await.unwrap();
        let notebook = RefCell::new(Notebook::train(&mut BrowserRandom).0);
        let talk = Talk { notebook: &notebook, store: &store, wire: Wire, tell: &|_| {} };
        let (taken, items) = talk.batch(&ids).await.unwrap();
        assert_eq!((taken.len(), items.len()), (MAX_PUSH, MAX_PUSH));
        let (taken, items) = talk.batch(&ids[MAX_PUSH..]).await.unwrap();
        assert_eq!((taken.len(), items.len()), (5, 5));
    }
}
