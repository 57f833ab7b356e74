//! Founding: the roster's first three entries, made on the founder's device.

use super::rotate::new_keys;
use crate::ids::MemberId;
use crate::keys::{DeviceKeys, Reader, RecoveryCode, Unopened, Wrap, WrapUse, random};
use crate::ledger::{Kind, Signed};
use crate::roster::{Act, Founder, Line, Recovery, RosterEntry, RosterRefusal, Signer};

/// A new campaign.
pub struct Founded {
    /// Founder, first generation, recovery.
    pub line: Line,
    /// The founder's member.
    pub member: MemberId,
}

/// Begins a campaign with this device as its coordinator and this recovery code.
///
/// # Errors
/// [`RosterRefusal`] only if the entries made here contradict the roster's own rules.
pub fn found(
    keys: &DeviceKeys,
    code: &RecoveryCode,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Founded, RosterRefusal> {
    let member = MemberId(random(rng));
    let signer = Signer::Device(keys.id());
    let founder = Founder { member, keys: keys.public(), salt: random(rng) };
    let first = RosterEntry { campaign: None, previous: None, signer, act: Act::Founder(founder) };
    let mut line = Line::found(&Signed::sign(Kind::Roster, first, keys).1)?;

    let recovery = code.keys();
    let new = new_keys(&line, None, Some(&recovery.public().kex), rng)
        .map_err(|Unopened| RosterRefusal::Generation)?;
    line.append(&line.sign_next(signer, Act::Generation(new.generation), keys))?;

    let (campaign, subject) = (line.campaign(), 1_u32.to_le_bytes());
    let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
    let public = recovery.public();
    let team_wrap = Wrap::to_public(Reader::Recovery, &public.kex, usage, new.team.as_bytes(), rng)
        .map_err(|Unopened| RosterRefusal::Generation)?;
    let act = Act::Recovery(Recovery { keys: public, team_wrap });
    line.append(&line.sign_next(signer, act, keys))?;
    Ok(Founded { line, member })
}
