//! Signing in with a device's key.

use domain::digest;
use domain::protocol::{Challenge, Code, Nonce, SIGN_IN, SignIn, SignedIn};

use super::caller::Standing;
use super::{Caller, Service};
use crate::clock::DAY;
use crate::ledger::{Expiry, Ledger, OpenedSession};

/// A session ends after so many days without a call.
pub const SESSION_DAYS: u64 = 90;
/// A nonce is good for two minutes.
const CHALLENGE_MILLIS: u64 = 2 * 60 * 1000;
/// That a session is in use is noted once an hour, to spare the disk.
const NOTE_MILLIS: u64 = 60 * 60 * 1000;

impl<L: Ledger> Service<L> {
    /// Gives a device a nonce to sign; `nonce` is 32 fresh random bytes.
    ///
    /// # Errors
    /// [`Code::UnknownCampaign`], [`Code::UnknownDevice`], [`Code::Revoked`].
    pub async fn challenge(
        &self,
        challenge: &Challenge,
        nonce: [u8; 32],
        now: u64,
    ) -> Result<Nonce, Code> {
        let Challenge { campaign, device } = challenge;
        let line = self.line(campaign).await?;
        self.known(&line, device).await?;
        self.ledger.put_challenge(campaign, device, nonce, now).await?;
        Ok(Nonce(nonce))
    }

    /// Opens a session under `token`, 32 fresh random bytes of which only a hash is stored.
    ///
    /// # Errors
    /// [`Code::BadSignIn`], [`Code::UnknownCampaign`], [`Code::UnknownDevice`], [`Code::Revoked`].
    pub async fn sign_in(
        &self,
        sign_in: &SignIn,
        token: &[u8; 32],
        now: u64,
    ) -> Result<SignedIn, Code> {
        let SignIn { campaign, device, nonce, signature } = sign_in;
        let line = self.line(campaign).await?;
        let known = self.known(&line, device).await?;
        let made_at = self.ledger.take_challenge(campaign, device, nonce.0).await?;
        let fresh = made_at.is_some_and(|at| now.saturating_sub(at) <= CHALLENGE_MILLIS);
        let parts: [&[u8]; 3] = [&campaign.0, &device.0, &nonce.0];
        if !fresh || !known.keys.signed(SIGN_IN, &parts, signature) {
            return Err(Code::BadSignIn);
        }
        let token_hash = token_hash(token);
        let opened = OpenedSession { token_hash, campaign: *campaign, device: *device };
        self.ledger.open_session(&opened, now).await?;
        let confirmed = matches!(known.standing, Standing::Confirmed(_));
        Ok(SignedIn { confirmed, server_time: now })
    }

    /// Whose session a token is.
    ///
    /// # Errors
    /// [`Code::SignInNeeded`].
    pub async fn caller(&self, token: &[u8; 32], now: u64) -> Result<Caller, Code> {
        let hash = token_hash(token);
        let session = self.ledger.session(hash).await?.ok_or(Code::SignInNeeded)?;
        let idle = now.saturating_sub(session.seen_at);
        if idle > SESSION_DAYS * DAY {
            return Err(Code::SignInNeeded);
        }
        if idle > NOTE_MILLIS {
            // A disk that takes nothing must not keep anybody from reading.
            if let Err(error) = self.ledger.touch_session(hash, now).await {
                tracing::warn!(%error, "a session's use was not noted");
            }
        }
        Ok(Caller { campaign: session.campaign, device: session.device })
    }

    /// Removes what is too old: nonces, sessions, and the network wraps of old invitations.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn expire(&self, now: u64) -> Result<(), Code> {
        let expiry = Expiry {
            challenges: now.saturating_sub(CHALLENGE_MILLIS),
            sessions: now.saturating_sub(SESSION_DAYS * DAY),
            invites: now.saturating_sub(domain::protocol::INVITE_DAYS * DAY),
        };
        Ok(self.ledger.expire(expiry).await?)
    }
}

/// What is stored of a session's token.
pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    digest::plain(token)
}
