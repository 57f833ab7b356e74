//! A coordinator's device that takes its own successor in: the new keys of a phone restored from a backup.

use super::confirm::wraps_for;
use super::rotate::sign;
use crate::keys::{Keyring, PublicKeys};
use crate::roster::{Act, Confirmation, Line};

/// Why there is no successor: this is no coordinator's device, or it lacks the newest keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no coordinator's device")]
pub struct NoSuccessor;

/// Signs the entry that takes `keys` in as a further device of this device's member, with its role. No
/// invitation is needed: a lone coordinator could make none that anybody else confirms.
///
/// # Errors
/// [`NoSuccessor`].
pub fn succeed(
    line: &Line,
    ring: &Keyring,
    keys: &PublicKeys,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, NoSuccessor> {
    let standing = line.device(&ring.id()).filter(|_| line.is_coordinator(&ring.id()));
    let standing = standing.ok_or(NoSuccessor)?;
    let (member, role, keys) = (standing.member, standing.role, *keys);
    // What was before them, the device holds already.
    let newest = line.generation().ok_or(NoSuccessor)?.generation;
    let wraps = wraps_for(line, ring, &keys, role, newest, rng).map_err(|_| NoSuccessor)?;
    let confirmation = Confirmation { member, role, keys, invite: None, wraps };
    Ok(sign(line, Act::Confirmation(confirmation), ring.device()))
}
