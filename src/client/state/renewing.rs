//! A copy from a backup, or one of two that a copied profile made, becomes a device of its own: a volunteer's by an invitation for a further phone of
//! theirs, a coordinator's by itself, for it may be the only one.

use domain::campaign;
use domain::ids::{EntryId, InviteId};
use domain::keys::{InviteLink, NetworkKeys};
use domain::notebook::{ENROLLING, Identity, Notebook, Row, Table, Writes};
use domain::protocol::{Outcome, Push, PushItem, Receipt};

use super::joining::ENROLLED;
use super::{App, Trouble};
use crate::browser::random::BrowserRandom;
use crate::sync::{Fault, sign_in};

/// A row beside the identity: the browser's session may be the one of the device before.
pub(super) const SIGN_IN: &[u8] = b"sign in";

/// Under this the keys of a successor are kept until the roster names them; no invitation is random zeros.
const SUCCESSOR: InviteId = InviteId([0; 16]);

/// Whether these rows say that the session may be another device's.
pub(super) fn stale_session(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.table == Table::Identity && row.key == SIGN_IN)
}

impl App {
    /// Whether this device is a copy from a backup, and not one of its own yet.
    pub fn is_copy(&self) -> bool {
        self.read(Notebook::is_copy).unwrap_or_default()
    }

    /// Whether an invitation makes this device one of its own: it is a copy, or has a twin.
    pub fn is_to_renew(&self) -> bool {
        self.read(Notebook::is_to_renew).unwrap_or_default()
    }

    /// Whether somebody else seals under this device's name: its profile was copied.
    pub fn has_twin(&self) -> bool {
        self.read(Notebook::has_twin).unwrap_or_default()
    }

    /// Lets a coordinator's device that has a twin become one of its own, at the next sync.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn part_from_twin(&self) -> Result<(), Trouble> {
        self.act(|notebook| Ok(notebook.part_from_twin())).await?;
        self.try_sync();
        Ok(())
    }

    /// Renews a copy, or a device that has a twin, by an invitation for a further phone of its member.
    pub(super) async fn renew_by(&self, link: &InviteLink) -> Result<(), Trouble> {
        // What the copy can still send and fetch as the device before, it does first.
        let _ = self.sync_now().await;
        let allowed = self.peek(|notebook| {
            let same = notebook.line().campaign() == link.campaign;
            let may = notebook.may_renew(link.member()).map_err(|not| Trouble::Rule(not.code()));
            if same { may } else { Err(Trouble::Rule("bad_invite")) }
        });
        allowed.ok_or(Trouble::Rule("no_notebook"))??;
        let (identity, _, enrolment) = self.enrol(&*self.store()?, link).await?;
        self.renew(identity, Some(enrolment)).await
    }

    /// Renews a coordinator's copy: as the device before it takes its own new keys into the roster.
    pub(super) async fn succeed(&self) -> Result<(), Trouble> {
        let store = self.store()?;
        let keys = self.enrolling_keys(&store, SUCCESSOR).await?;
        let public = keys.public();
        // After a lost answer the roster names them already.
        let entry = self.peek(|notebook| match notebook.line().device(&public.device()) {
            Some(_) => Ok(None),
            None => {
                let (line, ring) = (notebook.line(), notebook.ring());
                campaign::succeed(line, ring, &public, &mut BrowserRandom).map(Some)
            }
        });
        let entry = entry.ok_or(Trouble::Rule("no_notebook"))?;
        if let Some(bytes) = entry.map_err(|_| Trouble::Rule("not_allowed"))? {
            self.append(bytes).await?;
            let synced = self.sync_once().await;
            if !self.went_through(&synced) {
                return synced;
            }
        }
        let who = self.peek(|notebook| (notebook.member(), notebook.role()));
        let (member, role) = who.ok_or(Trouble::Rule("no_notebook"))?;
        self.renew(Identity { keys, member, role, network: NetworkKeys(Vec::new()) }, None).await
    }

    /// Appends an entry to the server's roster.
    pub(super) async fn append(&self, bytes: Vec<u8>) -> Result<(), Trouble> {
        let id = EntryId::of(&bytes);
        let items = vec![PushItem { bytes, wraps: Vec::new() }];
        let receipts: Vec<Receipt> = self.ask("push", &Push { items }).await?;
        match receipts.into_iter().find(|receipt| receipt.id == id).map(|receipt| receipt.outcome) {
            Some(Outcome::Accepted(_) | Outcome::Known(_)) => Ok(()),
            Some(Outcome::Refused(code)) => Err(Fault::Refused(code).into()),
            _ => Err(Fault::Inconsistent.into()),
        }
    }

    /// Signs in where the browser's session may be the one of the device before: its cookie says nothing.
    pub(super) async fn sign_in_anew(&self) -> Result<(), Trouble> {
        let parts = self.parts();
        if !parts.stale_session.get() {
            return Ok(());
        }
        let (store, keys) = (self.store()?, self.peek(|n| n.ring().device().clone()));
        let campaign = self.peek(|notebook| notebook.line().campaign());
        let (campaign, keys) = campaign.zip(keys).ok_or(Trouble::Rule("no_notebook"))?;
        sign_in(self.wire()?, campaign, &keys).await?;
        // A copy that became a device of its own meanwhile signs in once more.
        if self.peek(|notebook| notebook.device()) == Some(keys.id()) {
            let writes = Writes(vec![(Table::Identity, SIGN_IN.to_vec(), None)]);
            store.commit(writes, &mut BrowserRandom).await?;
            parts.stale_session.set(false);
        }
        Ok(())
    }

    /// `enrolment` is what it enrolled with: none for one that took itself in.
    async fn renew(&self, identity: Identity, enrolment: Option<Vec<u8>>) -> Result<(), Trouble> {
        self.act(|notebook| {
            let renewed = notebook.renew(identity);
            let mut writes = renewed.map_err(|not| Trouble::Rule(not.code()))?;
            writes.0.push((Table::Identity, ENROLLED.to_vec(), enrolment));
            writes.0.push((Table::Identity, ENROLLING.to_vec(), None));
            writes.0.push((Table::Identity, SIGN_IN.to_vec(), Some(vec![1])));
            self.parts().stale_session.set(true);
            Ok(writes)
        })
        .await?;
        self.tell_loss();
        self.try_sync();
        Ok(())
    }
}
