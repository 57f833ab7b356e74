//! A new generation of keys.

use crate::keys::{
    DeviceKeys, KexPublic, KexSecret, Keyring, Reader, Unopened, Wrap, WrapUse, random,
};
use crate::roster::{Act, Generation, Line, Role, RosterRefusal, Signer};

/// The entry that begins the next generation: new team and network keys for everyone who is still in.
///
/// # Errors
/// [`RosterRefusal::NotAllowed`] when this device does not hold the newest team key.
pub fn rotate(
    line: &Line,
    ring: &Keyring,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, RosterRefusal> {
    let newest = line.generation().ok_or(RosterRefusal::NotAllowed)?;
    let older = ring.team_of(newest).ok_or(RosterRefusal::NotAllowed)?;
    let recovery = line.recovery().map(|recovery| &recovery.keys.kex);
    let new = new_keys(line, Some((newest.generation, older)), recovery, rng)
        .map_err(|Unopened| RosterRefusal::Generation)?;
    Ok(sign(line, Act::Generation(new.generation), ring.device()))
}

pub(super) fn sign(line: &Line, act: Act, keys: &DeviceKeys) -> Vec<u8> {
    line.sign_next(Signer::Device(keys.id()), act, keys)
}

/// A generation and its secrets.
pub(super) struct NewKeys {
    pub(super) generation: Generation,
    pub(super) team: KexSecret,
    pub(super) network: [u8; 32],
}

/// The line's next generation, for all who are in; `older` is the team key before it and its number.
pub(super) fn new_keys(
    line: &Line,
    older: Option<(u32, &KexSecret)>,
    recovery: Option<&KexPublic>,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<NewKeys, Unopened> {
    let number = line.next_generation();
    let (secret, network): (_, [u8; 32]) = (KexSecret::generate(rng), random(rng));
    let (campaign, subject) = (line.campaign(), number.to_le_bytes());
    let usage = |purpose| WrapUse { purpose, campaign: &campaign, subject: &subject };
    let (mut team_wraps, mut network_wraps) = (Vec::new(), Vec::new());
    for (id, standing) in line.active() {
        let (reader, public) = (Reader::Device(*id), &standing.keys.kex);
        if standing.role == Role::Coordinator {
            let wrap = Wrap::to_public(reader, public, usage("team key"), secret.as_bytes(), rng)?;
            team_wraps.push(wrap);
        }
        network_wraps.push(Wrap::to_public(reader, public, usage("network key"), &network, rng)?);
    }
    if let Some(public) = recovery {
        let usage = usage("team key");
        team_wraps.push(Wrap::to_public(Reader::Recovery, public, usage, secret.as_bytes(), rng)?);
    }
    let team = secret.public();
    let for_team = Reader::Team(number);
    let network_for_team = Wrap::to_public(for_team, &team, usage("network key"), &network, rng)?;
    let older_team = older
        .map(|(number, older)| {
            let subject = number.to_le_bytes();
            let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
            Wrap::to_public(for_team, &team, usage, older.as_bytes(), rng)
        })
        .transpose()?;
    let generation = Generation {
        generation: number,
        team,
        team_wraps,
        network_wraps,
        network_for_team,
        older_team,
    };
    Ok(NewKeys { generation, team: secret, network })
}
