//! Joining a branch of the roster that a server lost.

use std::collections::BTreeSet;

use super::rotate::{new_keys, sign};
use crate::keys::{Keyring, Reader, Unopened, Wrap, WrapUse};
use crate::order::Gather;
use crate::roster::{Act, Line, Renewal, Reunion, RosterRefusal};

/// The entry that carries lost entries back into the line; where the branches have not the same keys, with
/// new ones for everyone who is in by either.
///
/// # Errors
/// [`RosterRefusal`]: the entries are no branch of this line, or this device is not a coordinator's by both.
pub fn reunite(
    line: &Line,
    lost: &[Vec<u8>],
    ring: &Keyring,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, RosterRefusal> {
    let branch = line.branch(lost)?;
    if !line.is_coordinator(&ring.id()) || !branch.is_coordinator(&ring.id()) {
        return Err(RosterRefusal::NotAllowed);
    }
    let renewal = match line.generations() == branch.generations() {
        true => None,
        false => {
            Some(renew(line, &branch, ring, rng).map_err(|Unopened| RosterRefusal::Generation)?)
        }
    };
    let reunion = Reunion { lost: lost.to_vec(), renewal };
    Ok(sign(line, Act::Reunion(reunion), ring.device()))
}

fn renew(
    line: &Line,
    branch: &Line,
    ring: &Keyring,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Renewal, Unopened> {
    let mut ring = ring.clone();
    ring.learn(line);
    ring.learn(branch);
    let united = line.united(branch);
    let before = line.generation().and_then(|it| Some((it.generation, ring.team_of(it)?)));
    let recovery = united.recovery().map(|recovery| &recovery.keys.kex);
    let new = new_keys(&united, before, recovery, rng)?;

    let (campaign, number) = (line.campaign(), new.generation.generation);
    let mut older = Vec::new();
    let lost = branch.generation().filter(|it| !line.generations().contains(it));
    if let Some((lost, key)) = lost.and_then(|it| Some((it, ring.team_of(it)?))) {
        let subject = lost.generation.to_le_bytes();
        let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
        let (reader, team) = (Reader::Team(number), &new.generation.team);
        older.push(Wrap::to_public(reader, team, usage, key.as_bytes(), rng)?);
    }
    let known = |of: &Line, it| of.generations().contains(it);
    let apart = united.generations().iter().filter(|it| !known(line, it) || !known(branch, it));
    let apart: BTreeSet<u32> = apart.map(|it| it.generation).gather();
    for apart in apart {
        let subject = apart.to_le_bytes();
        let usage = WrapUse { purpose: "network key", campaign: &campaign, subject: &subject };
        let keys = ring.network_keys_of(apart).iter();
        let wrap = |key| Wrap::under_shared(Reader::Network(number), &new.network, usage, key);
        older.extend(keys.map(wrap));
    }
    Ok(Renewal { generation: new.generation, older })
}
