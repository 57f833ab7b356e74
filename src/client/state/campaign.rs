//! Founding, inviting, confirming.

use domain::campaign::{self, Enrolment, Guest, NotConfirmed};
use domain::change::{RecordKey, Value};
use domain::codec;
use domain::ids::{InviteId, MemberId, RecordId};
use domain::keys::{DeviceKeys, InviteTerms, NetworkKeys, RecoveryCode, random};
use domain::notebook::{FOUNDING, Identity, Notebook, Table, Writes};
use domain::order::Gather;
use domain::protocol::Found;
use domain::roster::{Line, Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::iter;

use super::{App, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::{clock, page, storage};
use crate::sync::{Fault, call, sign_in};
use crate::vault::Store;
use crate::vault::idb::IdbVault;

/// A row beside the identity: the recovery code until it was proven.
const UNPROVEN: &[u8] = b"recovery";

#[derive(Clone, Serialize, Deserialize)]
struct Founding {
    set_up: [u8; 16],
    identity: Identity,
    roster: Vec<Vec<u8>>,
    code: String,
}

/// An invitation, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// `https://…/join#…`: the part after `#` never reaches a server.
    pub link: String,
    /// What the guest will be.
    pub role: Role,
    /// The name in the coordinators' list.
    pub name: String,
}

/// An enrolment, with what the coordinator's device found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolling {
    /// The invitation.
    pub invite: InviteId,
    /// The name the inviter gave; none when the terms do not open.
    pub name: Option<String>,
    /// What the guest will be.
    pub role: Option<Role>,
}

impl App {
    /// Founds a campaign with the secret of the set-up link. The recovery code that is made here stays
    /// until it is proven: see [`recovery_code`](Self::recovery_code). Repeated after a lost answer it goes
    /// on where it was.
    ///
    /// # Errors
    /// [`Trouble`]; `bad_set_up` when the link was used.
    pub async fn found(&self, set_up: &str, name: &str) -> Result<(), Trouble> {
        let set_up = set_up.parse::<InviteId>().map_err(|_| Trouble::Rule("bad_set_up"))?.0;
        let store = self.begin_store().await?;
        let Founding { identity, roster, code, .. } = self.founding(&store, set_up).await?;
        let line =
            Line::read(roster.iter().map(Vec::as_slice)).map_err(|_| Trouble::Rule("internal"))?;
        call::<_, ()>(self.wire()?, "found", &Found { set_up, roster }).await?;
        let (mut notebook, mut writes) = Notebook::begin(identity, line);
        let unproven = Some(codec::encode(1, &code));
        writes.0.push((Table::Identity, UNPROVEN.to_vec(), unproven));
        writes.0.push((Table::Identity, FOUNDING.to_vec(), None));
        writes.append(name_campaign(&mut notebook, name)?);
        store.commit(writes, &mut BrowserRandom).await?;
        self.install(notebook);
        storage::ask_to_persist().await;
        Ok(())
    }

    /// The recovery code, as long as it was not typed back: 26 characters.
    pub async fn recovery_code(&self) -> Option<String> {
        let row = self.store().ok()?.row(Table::Identity, UNPROVEN).await.ok()??;
        codec::decode(1, &row.value).ok()
    }

    /// Proves that the code was written down: it is typed back, and opens the team's key.
    ///
    /// # Errors
    /// `recovery_code` when it is another code.
    pub async fn prove_recovery_code(&self, typed: &str) -> Result<(), Trouble> {
        let wrong = Trouble::Rule("recovery_code");
        let code: RecoveryCode = typed.parse().map_err(|_| wrong.clone())?;
        let opens = self.peek(|notebook| code.opens(notebook.line()));
        if opens != Some(true) {
            return Err(wrong);
        }
        let writes = Writes(vec![(Table::Identity, UNPROVEN.to_vec(), None)]);
        self.store()?.commit(writes, &mut BrowserRandom).await?;
        self.changed();
        Ok(())
    }

    /// Makes an invitation and opens it on the server; with a member, for a further phone of theirs.
    ///
    /// # Errors
    /// `recovery_first` before the recovery code was proven or a second coordinator exists; [`Trouble`].
    pub async fn invite(
        &self,
        role: Role,
        name: &str,
        member: Option<MemberId>,
    ) -> Result<Invitation, Trouble> {
        if self.recovery_code().await.is_some() && !self.has_second_coordinator() {
            return Err(Trouble::Rule("recovery_first"));
        }
        let guest = Guest { role, name: name.to_owned(), member };
        let made = self.peek(|notebook| {
            campaign::invite(notebook.line(), notebook.ring(), guest, &mut BrowserRandom).ok()
        });
        let (open, link) = made.flatten().ok_or(Trouble::Rule("no_key"))?;
        self.ask::<_, ()>("invites", &open).await?;
        let link = format!("{}/join#{}", page::origin(), link.to_fragment());
        Ok(Invitation { link, role, name: name.to_owned() })
    }

    /// New phones that wait for a coordinator.
    pub fn enrolments(&self) -> Vec<Enrolling> {
        self.enrolments.with(|known| {
            let row = |(enrolment, terms): &(Enrolment, Option<InviteTerms>)| Enrolling {
                invite: enrolment.invite,
                name: terms.as_ref().map(|terms| terms.name.clone()),
                role: terms.as_ref().map(|terms| terms.role),
            };
            known.iter().map(row).collect()
        })
    }

    /// Takes a device into the roster, after its keys were checked against its invitation.
    ///
    /// # Errors
    /// [`Trouble`]; `roster_moved` when another coordinator was first: sync and look again.
    pub async fn confirm(&self, invite: InviteId) -> Result<(), Trouble> {
        let found: Vec<Enrolment> = self.enrolments.with_untracked(|known| {
            let of = known.iter().map(|(enrolment, _)| enrolment);
            of.filter(|enrolment| enrolment.invite == invite).cloned().collect()
        });
        if found.is_empty() {
            return Err(Trouble::Rule("unknown_invite"));
        }
        // A stranger that waits with another's invitation does not stand in that one's way.
        let signed = self.peek(|notebook| {
            let (line, ring, rng) = (notebook.line(), notebook.ring(), &mut BrowserRandom);
            found.iter().find_map(|one| campaign::confirm(line, ring, one, rng).ok())
        });
        let (bytes, terms) =
            signed.ok_or(Trouble::Rule("no_notebook"))?.ok_or(Trouble::Rule("not_confirmed"))?;
        self.append(bytes).await?;
        self.act(|notebook| name_member(notebook, &terms)).await?;
        self.sync_now().await
    }

    pub(super) async fn fetch_enrolments(&self) -> Result<(), Trouble> {
        let waiting: Vec<Enrolment> = self.ask("enrolments", &()).await?;
        let known = self.peek(|notebook| {
            let unknown = |e: &Enrolment| notebook.line().device(&e.keys.device()).is_none();
            let terms =
                |e: Enrolment| match campaign::open_terms(notebook.line(), notebook.ring(), &e) {
                    Err(NotConfirmed::NoTeamKey) => None,
                    terms => Some((e, terms.ok())),
                };
            waiting.into_iter().filter(unknown).filter_map(terms).collect::<Vec<_>>()
        });
        self.enrolments.set(known.unwrap_or_default());
        Ok(())
    }

    /// A call that signs in first when it must.
    pub(super) async fn ask<Q, A>(&self, name: &str, request: &Q) -> Result<A, Trouble>
    where
        Q: serde::Serialize,
        A: serde::Serialize + serde::de::DeserializeOwned,
    {
        let wire = self.wire()?;
        match call(wire, name, request).await {
            Err(Fault::Refused(code)) if code == "sign_in_needed" => {
                let keys = self.peek(|n| (n.line().campaign(), n.ring().device().clone()));
                let (campaign, keys) = keys.ok_or(Trouble::Rule("no_notebook"))?;
                sign_in(wire, campaign, &keys).await?;
                Ok(call(wire, name, request).await?.answer)
            }
            other => Ok(other?.answer),
        }
    }

    fn has_second_coordinator(&self) -> bool {
        let coordinators = self.peek(|notebook| {
            notebook.line().active().filter(|(_, s)| s.role == Role::Coordinator).count()
        });
        coordinators.unwrap_or_default() > 1
    }

    /// The store of a device that begins. The key is on the disk before anything else is.
    pub(super) async fn begin_store(&self) -> Result<std::rc::Rc<Store<IdbVault>>, Trouble> {
        if self.is_training() {
            return Err(Trouble::Rule("training"));
        }
        if self.parts().notebook.borrow().is_some() {
            return Err(Trouble::Rule("already_member"));
        }
        let key = self.begin_key().await?;
        let known = self.parts().store.borrow().clone();
        if let Some(store) = known {
            return Ok(store);
        }
        Ok(self.put_store(key).await.map_err(crate::vault::StoreError::from)?)
    }

    /// A founding with this link: made once and stored before it is sent, so that a lost answer does not
    /// leave a campaign that nobody holds the keys of.
    async fn founding(
        &self,
        store: &Store<IdbVault>,
        set_up: [u8; 16],
    ) -> Result<Founding, Trouble> {
        let known = store.row(Table::Identity, FOUNDING).await?;
        let known = known.and_then(|row| codec::decode(1, &row.value).ok());
        if let Some(founding) = known.filter(|known: &Founding| known.set_up == set_up) {
            return Ok(founding);
        }
        let rng = &mut BrowserRandom;
        let (keys, code) = (DeviceKeys::generate(rng), RecoveryCode::new(random(rng)));
        let founded = campaign::found(&keys, &code, rng).map_err(|_| Trouble::Rule("internal"))?;
        let (role, network) = (Role::Coordinator, NetworkKeys(Vec::new()));
        let identity = Identity { keys, member: founded.member, role, network };
        let roster = founded.line.entries().map(<[u8]>::to_vec).collect();
        let founding = Founding { set_up, identity, roster, code: code.to_string() };
        let row = Some(codec::encode(1, &founding));
        let writes = Writes(vec![(Table::Identity, FOUNDING.to_vec(), row)]);
        store.commit(writes, rng).await?;
        Ok(founding)
    }
}

fn name_campaign(notebook: &mut Notebook, name: &str) -> Result<Writes, Trouble> {
    let key = notebook.campaign_key();
    save_name(notebook, key, name)
}

/// Names live in records like everything else; coordinators read them. A further phone renames nobody.
fn name_member(notebook: &mut Notebook, terms: &InviteTerms) -> Result<Writes, Trouble> {
    let id = RecordId(terms.member().0);
    let named = notebook.view(&RecordKey { kind: "member".into(), id }).text("name").is_some();
    if terms.member.is_some() && named {
        return Ok(Writes::default());
    }
    save_name(notebook, RecordKey { kind: "member".to_owned(), id }, &terms.name)
}

fn save_name(notebook: &mut Notebook, key: RecordKey, name: &str) -> Result<Writes, Trouble> {
    let desired = iter::once(("name".to_owned(), Some(Value::from(name)))).gather();
    let saved = notebook.save(&key, None, desired, clock::now(), &mut BrowserRandom);
    match saved {
        Err(domain::notebook::SaveError::Nothing) => Ok(Writes::default()),
        other => other.map_err(|_| Trouble::Rule("internal")),
    }
}
