//! Opening invitations, and listing who came by them.

use domain::campaign::Enrolment;
use domain::protocol::{Code, OpenInvite};

use super::{Caller, Service};
use crate::ledger::{Invite, Ledger};

/// Room for the sealed network keys of some hundred generations.
const MAX_NETWORK: usize = 16 * 1024;
/// Room for sealed terms with a long name.
pub(super) const MAX_TERMS: usize = 4 * 1024;

impl<L: Ledger> Service<L> {
    /// Opens an invitation. The same call again is answered the same.
    ///
    /// # Errors
    /// [`Code::NotAllowed`]; [`Code::RosterMoved`] when it is sealed to an older team key than the newest;
    /// [`Code::InviteExists`]; [`Code::TooLarge`].
    pub async fn open_invite(
        &self,
        caller: &Caller,
        open: &OpenInvite,
        now: u64,
    ) -> Result<(), Code> {
        let line = self.coordinator(caller).await?;
        if open.network.len() > MAX_NETWORK || open.terms.len() > MAX_TERMS {
            return Err(Code::TooLarge);
        }
        let invite = Invite {
            id: open.invite,
            token_hash: open.token_hash,
            network: Some(open.network.clone()),
            terms: open.terms.clone(),
            generation: open.generation,
            opened_at: now,
            used_by: None,
        };
        if let Some(known) = self.ledger.invite(&caller.campaign, &open.invite).await? {
            return same(&known, &invite);
        }
        if line.generation().is_none_or(|newest| newest.generation != open.generation) {
            return Err(Code::RosterMoved);
        }
        if self.ledger.open_invite(&caller.campaign, &invite).await? {
            return Ok(());
        }
        let known = self.ledger.invite(&caller.campaign, &open.invite).await?;
        known.map_or(Err(Code::Internal), |known| same(&known, &invite))
    }

    /// The devices that enrolled and that the roster does not name.
    ///
    /// # Errors
    /// [`Code::NotAllowed`].
    pub async fn enrolments(&self, caller: &Caller) -> Result<Vec<Enrolment>, Code> {
        let line = self.coordinator(caller).await?;
        let mut waiting = self.ledger.enrolments(&caller.campaign).await?;
        waiting.retain(|enrolment| line.device(&enrolment.keys.device()).is_none());
        Ok(waiting)
    }
}

/// A destroyed network wrap cannot be compared any more; the rest says enough.
fn same(known: &Invite, invite: &Invite) -> Result<(), Code> {
    let network = known.network.is_none() || known.network == invite.network;
    let rest = known.token_hash == invite.token_hash
        && known.terms == invite.terms
        && known.generation == invite.generation;
    if network && rest { Ok(()) } else { Err(Code::InviteExists) }
}
