//! Enrolling a device by an invitation.

use domain::campaign::Enrolment;
use domain::keys::InviteSecret;
use domain::protocol::{Code, Enrol, Enrolled, INVITE_DAYS};
use domain::roster::Line;

use super::Service;
use crate::clock::DAY;
use crate::ledger::{Invite, Ledger};

impl<L: Ledger> Service<L> {
    /// Enrols a device. Repeated by the same device it is answered the same until its first sign-in.
    ///
    /// # Errors
    /// [`Code::UnknownInvite`], also for a wrong token; [`Code::InviteUsed`]; [`Code::InviteExpired`];
    /// [`Code::Revoked`]; [`Code::NotAllowed`] for a device that is in already by another way.
    pub async fn enrol(&self, enrol: &Enrol, now: u64) -> Result<Enrolled, Code> {
        let line = self.line(&enrol.campaign).await?;
        let invite = self.invite_of(enrol).await?;
        let device = enrol.keys.device();
        let repeated = invite.used_by == Some(device);
        if let Some(standing) = line.device(&device).filter(|_| !repeated) {
            return Err(if standing.revoked.is_some() { Code::Revoked } else { Code::NotAllowed });
        }
        if invite.used_by.is_some() && !repeated {
            return Err(Code::InviteUsed);
        }
        if is_void(&invite, repeated, &line, now) {
            return Err(Code::InviteExpired);
        }
        // The wrap is destroyed by the first sign-in: from then on the invitation is spent.
        let network = invite.network.ok_or(Code::InviteUsed)?;
        if repeated {
            self.repeats(enrol).await?;
        } else {
            self.claim(enrol, invite.terms, invite.generation).await?;
        }
        Ok(Enrolled { network, roster: line.entries().map(<[u8]>::to_vec).collect() })
    }

    async fn invite_of(&self, enrol: &Enrol) -> Result<Invite, Code> {
        let invite = self.ledger.invite(&enrol.campaign, &enrol.invite).await?;
        // Hashes are compared, so that the time tells nothing of the token.
        let right = InviteSecret::token_hash(&enrol.token);
        invite.filter(|invite| invite.token_hash == right).ok_or(Code::UnknownInvite)
    }

    async fn repeats(&self, enrol: &Enrol) -> Result<(), Code> {
        let first = self.ledger.enrolment(&enrol.campaign, &enrol.keys.device()).await?;
        let same = first.is_some_and(|first| first.proof == enrol.proof);
        if same { Ok(()) } else { Err(Code::InviteUsed) }
    }

    async fn claim(&self, enrol: &Enrol, terms: Vec<u8>, generation: u32) -> Result<(), Code> {
        let Enrol { invite, keys, proof, .. } = *enrol;
        let enrolment = Enrolment { invite, terms, generation, keys, proof };
        if self.ledger.enrol(&enrol.campaign, &enrolment).await? {
            return Ok(());
        }
        // Another device came first, or this one is enrolled by another invitation.
        let now = self.ledger.invite(&enrol.campaign, &invite).await?;
        match now.and_then(|invite| invite.used_by) {
            Some(device) if device == keys.device() => self.repeats(enrol).await,
            Some(_) => Err(Code::InviteUsed),
            None => Err(Code::NotAllowed),
        }
    }
}

/// An invitation is open for some days, and until the next generation of keys.
fn is_void(invite: &Invite, used: bool, line: &Line, now: u64) -> bool {
    let old = now.saturating_sub(invite.opened_at) > INVITE_DAYS * DAY;
    let rotated = line.generation().is_none_or(|newest| newest.generation != invite.generation);
    old || (rotated && !used)
}
