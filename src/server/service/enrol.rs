//! Enrolling a device by an invitation.

use domain::campaign::Enrolment;
use domain::keys::InviteSecret;
use domain::protocol::{Code, Enrol, EnrolAgain, Enrolled, INVITE_DAYS};
use domain::roster::Line;

use super::Service;
use super::invites::MAX_TERMS;
use crate::clock::DAY;
use crate::ledger::{Invite, Ledger};

/// Who offers an enrolment again has proved nothing to the server: so many wait, and no more.
const MOST_WAITING: usize = 500;

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
        let Invite { terms, generation, .. } = invite;
        if repeated {
            self.repeats(enrol).await?;
        } else {
            self.claim(enrol, terms.clone(), generation).await?;
        }
        let roster = line.entries().map(<[u8]>::to_vec).collect();
        Ok(Enrolled { network, terms, generation, roster })
    }

    /// Lists a device again that a restore forgot. What it offers is for a coordinator's device to check: its
    /// terms open only with the team key, and prove its keys. It may do nothing until it is confirmed.
    ///
    /// # Errors
    /// [`Code::Revoked`]; [`Code::TooLarge`]; [`Code::TooMany`] while too many wait already.
    pub async fn enrol_again(&self, again: &EnrolAgain) -> Result<(), Code> {
        let EnrolAgain { campaign, enrolment } = again;
        let line = self.line(campaign).await?;
        let device = enrolment.keys.device();
        if let Some(standing) = line.device(&device) {
            return if standing.revoked.is_some() { Err(Code::Revoked) } else { Ok(()) };
        }
        if enrolment.terms.len() > MAX_TERMS {
            return Err(Code::TooLarge);
        }
        let mut waiting = self.ledger.enrolments(campaign).await?;
        waiting.retain(|one| line.device(&one.keys.device()).is_none());
        if waiting.iter().any(|one| one == enrolment) {
            return Ok(());
        }
        if waiting.len() >= MOST_WAITING {
            return Err(Code::TooMany);
        }
        Ok(self.ledger.offer_enrolment(campaign, enrolment).await?)
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
