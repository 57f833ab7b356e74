//! Taking an enrolled device into the roster.

use serde::{Deserialize, Serialize};

use super::rotate::sign;
use crate::ids::InviteId;
use crate::keys::{InviteTerms, Keyring, PublicKeys, Reader, Unopened, Wrap, WrapUse};
use crate::roster::{Act, Confirmation, Line, Role};

/// What a server says of a device that enrolled: nothing in it is believed before [`confirm`] checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The invitation it used.
    pub invite: InviteId,
    /// The inviter's terms, sealed to the team key of `generation`.
    pub terms: Vec<u8>,
    /// The generation of that team key.
    pub generation: u32,
    /// Its keys.
    pub keys: PublicKeys,
    /// The proof that the holder of the invitation made them.
    pub proof: [u8; 32],
}

/// Why an enrolment is not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotConfirmed {
    /// This device does not hold the team key.
    #[error("this device is no coordinator's")]
    NoTeamKey,
    /// The terms do not open: no device that is a coordinator's now made this invitation.
    #[error("the invitation is not a coordinator's of this campaign")]
    Terms,
    /// The keys are not the guest's: somebody in between swapped them.
    #[error("the keys were not made by the holder of the invitation")]
    Proof,
    /// The device is in the roster already.
    #[error("the device is confirmed already")]
    Known,
    /// The invitation took another device in already: a server that forgot that does not open it again.
    #[error("the invitation was used by another device")]
    Used,
}

/// The inviter's terms, from a coordinator's device.
///
/// # Errors
/// [`NotConfirmed`].
pub fn open_terms(
    line: &Line,
    ring: &Keyring,
    enrolment: &Enrolment,
) -> Result<InviteTerms, NotConfirmed> {
    let keys = ring.team_keys(enrolment.generation);
    let open = |key| InviteTerms::open(&enrolment.terms, key, line, &enrolment.invite);
    let none = if keys.is_empty() { NotConfirmed::NoTeamKey } else { NotConfirmed::Terms };
    keys.iter().find_map(|key| open(key).ok()).ok_or(none)
}

/// Checks an enrolment and signs the entry that takes the device in, with its key wraps.
///
/// # Errors
/// [`NotConfirmed`].
pub fn confirm(
    line: &Line,
    ring: &Keyring,
    enrolment: &Enrolment,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<(Vec<u8>, InviteTerms), NotConfirmed> {
    let terms = open_terms(line, ring, enrolment)?;
    if !terms.secret.proves(&enrolment.keys, &enrolment.proof) {
        return Err(NotConfirmed::Proof);
    }
    if line.device(&enrolment.keys.device()).is_some() {
        return Err(NotConfirmed::Known);
    }
    let (invite, device) = (Some(enrolment.invite), enrolment.keys.device());
    if line.confirmations().iter().any(|it| it.invite == invite && it.keys.device() != device) {
        return Err(NotConfirmed::Used);
    }
    // The invitation handed over what there was when it was made.
    let from = enrolment.generation;
    let wraps = wraps_for(line, ring, &enrolment.keys, terms.role, from, rng)?;
    let confirmation = Confirmation {
        member: terms.member(),
        role: terms.role,
        keys: enrolment.keys,
        invite: Some(enrolment.invite),
        wraps,
    };
    Ok((sign(line, Act::Confirmation(confirmation), ring.device()), terms))
}

/// The network's keys since generation `from` and, for a coordinator, the newest key of the team, wrapped to a
/// device that is taken in.
pub(super) fn wraps_for(
    line: &Line,
    ring: &Keyring,
    keys: &PublicKeys,
    role: Role,
    from: u32,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<Wrap>, NotConfirmed> {
    let campaign = line.campaign();
    let newest = line.generation().ok_or(NotConfirmed::NoTeamKey)?;
    let team = ring.team_of(newest).ok_or(NotConfirmed::NoTeamKey)?;
    let newest = newest.generation;
    let reader = Reader::Device(keys.device());
    let mut wrap = |purpose, number: u32, key| {
        let usage = WrapUse { purpose, campaign: &campaign, subject: &number.to_le_bytes() };
        Wrap::to_public(reader, &keys.kex, usage, key, rng).map_err(|Unopened| NotConfirmed::Proof)
    };
    let mut wraps = Vec::new();
    for number in from.min(newest)..=newest {
        for key in ring.network_keys_of(number) {
            wraps.push(wrap("network key", number, key)?);
        }
    }
    if role == Role::Coordinator {
        wraps.push(wrap("team key", newest, team.as_bytes())?);
    }
    Ok(wraps)
}
