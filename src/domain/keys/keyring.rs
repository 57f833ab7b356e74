//! The keys one device holds, and what they open.

use std::collections::BTreeMap;

use super::{DeviceKeys, KexSecret, NetworkKey, NetworkKeys, PublicKeys, Reader, Wrap, WrapUse};
use crate::bundle::Bundle;
use crate::ids::{CampaignId, DeviceId};
use crate::roster::{Generation, Line};

/// A device's own keys, and the generations of team and network keys that were wrapped to it.
///
/// Only the device's keys and the network keys of its invitation need storing: the rest is learnt from the
/// roster, again and again, with the same result.
#[derive(Clone)]
pub struct Keyring {
    device: DeviceKeys,
    // Deriving these costs two scalar multiplications; every view of a record asks for them.
    public: PublicKeys,
    id: DeviceId,
    team: BTreeMap<u32, KexSecret>,
    network: BTreeMap<u32, [u8; 32]>,
}

/// Why wraps give no bundle's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoBundleKey {
    /// None of them opens: a grant may bring one.
    #[error("no wrap is for this device")]
    NoWrap,
    /// Those that open hold another key.
    #[error("the wraps hold another key")]
    Forged,
}

impl Keyring {
    /// A ring with a device's own keys only.
    pub fn new(device: DeviceKeys) -> Self {
        let public = device.public();
        let id = public.device();
        Self { device, public, id, team: BTreeMap::new(), network: BTreeMap::new() }
    }

    /// The device's own keys.
    pub fn device(&self) -> &DeviceKeys {
        &self.device
    }

    /// The public half of the device's own keys.
    pub fn public(&self) -> &PublicKeys {
        &self.public
    }

    /// The device.
    pub fn id(&self) -> DeviceId {
        self.id
    }

    /// The team's secret key of a generation, on a coordinator's device.
    pub fn team(&self, generation: u32) -> Option<&KexSecret> {
        self.team.get(&generation)
    }

    /// The network key of a generation.
    pub fn network(&self, generation: u32) -> Option<&[u8; 32]> {
        self.network.get(&generation)
    }

    /// Every network key it holds: what an invitation hands over.
    pub fn network_keys(&self) -> NetworkKeys {
        let key = |(generation, key): (&u32, &[u8; 32])| NetworkKey {
            generation: *generation,
            key: *key,
        };
        NetworkKeys(self.network.iter().map(key).collect())
    }

    /// Takes the network keys of an invitation in.
    pub fn learn_network(&mut self, keys: &NetworkKeys) {
        self.network.extend(keys.0.iter().map(|key| (key.generation, key.key)));
    }

    /// Opens everything in the roster that is wrapped to this device, or to a key it so learnt.
    pub fn learn(&mut self, line: &Line) {
        let device = self.id;
        let me = Reader::Device(device);
        for generation in line.generations() {
            let wraps = generation.team_wraps.iter().chain(&generation.network_wraps);
            wraps.filter(|wrap| wrap.reader == me).for_each(|wrap| {
                self.take(wrap, line.campaign(), generation);
            });
        }
        let mine = line.confirmations().iter().filter(|c| c.keys.device() == device);
        // Which generation a confirmation's wraps are of is in their label: only the right one opens.
        for wrap in mine.flat_map(|confirmation| &confirmation.wraps) {
            line.generations()
                .iter()
                .for_each(|generation| self.take(wrap, line.campaign(), generation));
        }
        self.learn_older(line);
    }

    /// The key of a bundle: the first that a wrap opens to and that the bundle's own check accepts. Wraps
    /// are not signed, and anybody can seal any key to a public one: a forged wrap hides no good one.
    ///
    /// # Errors
    /// [`NoBundleKey`].
    pub fn bundle_key(&self, bundle: &Bundle, wraps: &[Wrap]) -> Result<[u8; 32], NoBundleKey> {
        let (campaign, id) = (&bundle.header().campaign, bundle.id());
        let usage = WrapUse { purpose: "bundle key", campaign, subject: &id.0 };
        let mut opened = wraps.iter().filter_map(|wrap| self.open_one(wrap, usage)).peekable();
        let none = if opened.peek().is_none() { NoBundleKey::NoWrap } else { NoBundleKey::Forged };
        opened.find(|key| bundle.has_key(key)).ok_or(none)
    }

    fn open_one(&self, wrap: &Wrap, usage: WrapUse<'_>) -> Option<[u8; 32]> {
        match wrap.reader {
            Reader::Device(id) if id == self.id => wrap.open(self.device.kex(), usage).ok(),
            Reader::Team(g) => self.team.get(&g).and_then(|key| wrap.open(key, usage).ok()),
            Reader::Network(g) => {
                self.network.get(&g).and_then(|key| wrap.open_shared(key, usage).ok())
            }
            _ => None,
        }
    }

    /// A wrap counts as the team's only when it opens to the secret of the announced public key.
    fn take(&mut self, wrap: &Wrap, campaign: CampaignId, generation: &Generation) {
        let number = generation.generation;
        let subject = number.to_le_bytes();
        let open = |purpose| {
            wrap.open(
                self.device.kex(),
                WrapUse { purpose, campaign: &campaign, subject: &subject },
            )
        };
        if let Ok(key) = open("team key") {
            let secret = KexSecret::from_bytes(key);
            if secret.public() == generation.team {
                self.team.insert(number, secret);
            }
        } else if let Ok(key) = open("network key") {
            self.network.insert(number, key);
        }
    }

    /// From the newest team key to the older ones, and from each to its network key.
    fn learn_older(&mut self, line: &Line) {
        let campaign = line.campaign();
        for generation in line.generations().iter().rev() {
            let number = generation.generation;
            let Some(secret) = self.team.get(&number).cloned() else { continue };
            let subject = number.to_le_bytes();
            let usage = WrapUse { purpose: "network key", campaign: &campaign, subject: &subject };
            if let Ok(key) = generation.network_for_team.open(&secret, usage) {
                self.network.insert(number, key);
            }
            let (Some(wrap), Some(older)) = (
                &generation.older_team,
                line.generations().iter().find(|g| g.generation + 1 == number),
            ) else {
                continue;
            };
            let subject = older.generation.to_le_bytes();
            let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
            if let Ok(key) = wrap.open(&secret, usage) {
                let secret = KexSecret::from_bytes(key);
                if secret.public() == older.team {
                    self.team.insert(older.generation, secret);
                }
            }
        }
    }
}
