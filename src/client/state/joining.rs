//! Joining a campaign by an invitation.

use domain::campaign::Enrolment;
use domain::codec;
use domain::ids::{DeviceId, InviteId, RecordId};
use domain::keys::{DeviceKeys, InviteLink};
use domain::notebook::{ENROLLING, Identity, Notebook, Table, Writes};
use domain::protocol::{Enrol, EnrolAgain, Enrolled};
use domain::roster::Line;

use super::{App, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::storage;
use crate::sync::call;
use crate::vault::Store;
use crate::vault::idb::IdbVault;

/// A row beside the identity: what this device enrolled with, for a server that forgot it in a restore.
pub(super) const ENROLLED: &[u8] = b"enrolled";

impl App {
    /// Enrols this device by an invitation. Repeated after a lost answer it goes on where it was.
    ///
    /// # Errors
    /// `bad_invite` for a link that is none or is of another campaign; [`Trouble`].
    pub async fn join(&self, link: &str) -> Result<(), Trouble> {
        let bad = || Trouble::Rule("bad_invite");
        let link = InviteLink::from_fragment(link).map_err(|_| bad())?;
        if self.peek(Notebook::is_to_renew) == Some(true) {
            return self.renew_by(&link).await;
        }
        let store = self.begin_store().await?;
        let (identity, line, enrolment) = self.enrol(&store, &link).await?;
        let (notebook, mut writes) = Notebook::begin(identity, line);
        writes.0.push((Table::Identity, ENROLLED.to_vec(), Some(enrolment)));
        writes.0.push((Table::Identity, ENROLLING.to_vec(), None));
        store.commit(writes, &mut BrowserRandom).await?;
        self.install(notebook);
        storage::ask_to_persist().await;
        Ok(())
    }

    /// Enrols new keys by an invitation, and checks what the server answers. The last of what returns is the
    /// document of [`ENROLLED`].
    pub(super) async fn enrol(
        &self,
        store: &Store<IdbVault>,
        link: &InviteLink,
    ) -> Result<(Identity, Line, Vec<u8>), Trouble> {
        let bad = || Trouble::Rule("bad_invite");
        let keys = self.enrolling_keys(store, link.invite).await?;
        let public = keys.public();
        let request = Enrol {
            campaign: link.campaign,
            invite: link.invite,
            token: link.secret.token(),
            keys: public,
            proof: link.secret.proof(&public),
        };
        let enrolled: Enrolled = call(self.wire()?, "enrol", &request).await?.answer;
        let line = Line::read(enrolled.roster.iter().map(Vec::as_slice)).map_err(|_| bad())?;
        // The server could have left entries out: what the inviter saw must be there.
        if line.campaign() != link.campaign || !line.contains(&link.newest) {
            return Err(bad());
        }
        let network = link.secret.open_network(&enrolled.network).map_err(|_| bad())?;
        let identity = Identity { keys, member: link.member(), role: link.role, network };
        let enrolment = Enrolment {
            invite: link.invite,
            terms: enrolled.terms,
            generation: enrolled.generation,
            keys: public,
            proof: request.proof,
        };
        Ok((identity, line, codec::encode(1, &enrolment)))
    }

    /// Offers a server that forgot this device in a restore what it enrolled with: a coordinator's device
    /// checks it and takes this one in again.
    pub(super) async fn enrol_again(&self) -> Result<(), Trouble> {
        let stored = self.store()?.row(Table::Identity, ENROLLED).await?;
        let enrolment = stored.and_then(|row| codec::decode(1, &row.value).ok());
        let campaign = self.peek(|notebook| notebook.line().campaign());
        if let Some((enrolment, campaign)) = enrolment.zip(campaign) {
            let again = EnrolAgain { campaign, enrolment };
            call::<_, ()>(self.wire()?, "enrol/again", &again).await?;
        }
        Ok(())
    }

    /// The members that the roster ever named, each with one of their devices: this one's first.
    pub fn members(&self) -> Vec<(RecordId, DeviceId)> {
        let members = self.read(|notebook| {
            let mut members = vec![(RecordId(notebook.member().0), notebook.device())];
            for (device, standing) in notebook.line().devices() {
                let member = RecordId(standing.member.0);
                if members.iter().all(|(known, _)| *known != member) {
                    members.push((member, *device));
                }
            }
            members
        });
        members.unwrap_or_default()
    }

    /// The device keys for an invitation: made once and stored before they are sent, so that a lost answer
    /// does not use the invitation up.
    pub(super) async fn enrolling_keys(
        &self,
        store: &Store<IdbVault>,
        invite: InviteId,
    ) -> Result<DeviceKeys, Trouble> {
        let known = store.row(Table::Identity, ENROLLING).await?;
        let known: Option<(InviteId, DeviceKeys)> =
            known.and_then(|row| codec::decode(1, &row.value).ok());
        if let Some((_, keys)) = known.filter(|(of, _)| *of == invite) {
            return Ok(keys);
        }
        let keys = DeviceKeys::generate(&mut BrowserRandom);
        let row = Some(codec::encode(1, &(invite, keys.clone())));
        let writes = Writes(vec![(Table::Identity, ENROLLING.to_vec(), row)]);
        store.commit(writes, &mut BrowserRandom).await?;
        Ok(keys)
    }
}
