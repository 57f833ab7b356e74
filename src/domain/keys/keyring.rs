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
    // A number that two branches of the roster took has a key of each.
    team: BTreeMap<u32, Vec<KexSecret>>,
    network: BTreeMap<u32, Vec<[u8; 32]>>,
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
        self.team_keys(generation).first()
    }

    /// The team's secret keys of a generation: one, or one of each branch that took the number.
    pub fn team_keys(&self, generation: u32) -> &[KexSecret] {
        self.team.get(&generation).map(Vec::as_slice).unwrap_or_default()
    }

    /// The secret of this generation's team key.
    pub fn team_of(&self, generation: &Generation) -> Option<&KexSecret> {
        let keys = self.team_keys(generation.generation).iter();
        keys.into_iter().find(|secret| secret.public() == generation.team)
    }

    /// The network key of a generation.
    pub fn network(&self, generation: u32) -> Option<&[u8; 32]> {
        self.network_keys_of(generation).first()
    }

    /// The network keys of a generation: one, or one of each branch that took the number.
    pub fn network_keys_of(&self, generation: u32) -> &[[u8; 32]] {
        self.network.get(&generation).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every network key it holds: what an invitation hands over.
    pub fn network_keys(&self) -> NetworkKeys {
        let keys = self.network.iter().flat_map(|(generation, keys)| {
            keys.iter().map(|key| NetworkKey { generation: *generation, key: *key })
        });
        NetworkKeys(keys.collect())
    }

    /// Takes the network keys of an invitation in.
    pub fn learn_network(&mut self, keys: &NetworkKeys) {
        keys.0.iter().for_each(|key| self.add_network(key.generation, key.key));
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
        let mut opened = wraps.iter().flat_map(|wrap| self.open_one(wrap, usage)).peekable();
        let none = if opened.peek().is_none() { NoBundleKey::NoWrap } else { NoBundleKey::Forged };
        opened.find(|key| bundle.has_key(key)).ok_or(none)
    }

    fn open_one(&self, wrap: &Wrap, usage: WrapUse<'_>) -> Vec<[u8; 32]> {
        let open = |key: &KexSecret| wrap.open(key, usage).ok();
        match wrap.reader {
            Reader::Device(id) if id == self.id => open(self.device.kex()).into_iter().collect(),
            Reader::Team(g) => self.team_keys(g).iter().filter_map(open).collect(),
            Reader::Network(g) => {
                let keys = self.network_keys_of(g).iter();
                keys.filter_map(|key| wrap.open_shared(key, usage).ok()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A wrap counts as the team's only when it opens to the secret of the announced public key.
    fn take(&mut self, wrap: &Wrap, campaign: CampaignId, generation: &Generation) {
        let number = generation.generation;
        let subject = number.to_le_bytes();
        let open = |purpose| wrap.open(self.device.kex(), usage(purpose, &campaign, &subject));
        if let Ok(key) = open("team key") {
            self.add_team(generation, key);
        } else if let Ok(key) = open("network key") {
            self.add_network(number, key);
        }
    }

    /// From the newest keys to the older ones: from each team key to its network key and to the team key
    /// before it, and from the keys of a reunion to those of both its branches.
    fn learn_older(&mut self, line: &Line) {
        let campaign = line.campaign();
        let generations = line.generations();
        for (place, generation) in generations.iter().enumerate().rev() {
            let (number, before) = (generation.generation, &generations[..place]);
            let handed_on = |reader| {
                let all = generation.older_team.iter().chain(line.older_keys());
                all.filter(move |wrap| wrap.reader == reader)
            };
            if let Some(secret) = self.team_of(generation).cloned() {
                let wrap = &generation.network_for_team;
                let subject = number.to_le_bytes();
                if let Ok(key) = wrap.open(&secret, usage("network key", &campaign, &subject)) {
                    self.add_network(number, key);
                }
                for wrap in handed_on(Reader::Team(number)) {
                    for older in before.iter().rev() {
                        let subject = older.generation.to_le_bytes();
                        let usage = usage("team key", &campaign, &subject);
                        // Two branches took one number: the key itself says of which it is.
                        if wrap.open(&secret, usage).is_ok_and(|key| self.add_team(older, key)) {
                            break;
                        }
                    }
                }
            }
            let shared: Vec<[u8; 32]> = self.network_keys_of(number).to_vec();
            for wrap in handed_on(Reader::Network(number)) {
                for older in before {
                    let subject = older.generation.to_le_bytes();
                    let usage = usage("network key", &campaign, &subject);
                    let keys = shared.iter().filter_map(|key| wrap.open_shared(key, usage).ok());
                    keys.for_each(|key| self.add_network(older.generation, key));
                }
            }
        }
    }

    /// Whether it is this generation's.
    fn add_team(&mut self, generation: &Generation, key: [u8; 32]) -> bool {
        let secret = KexSecret::from_bytes(key);
        let right = secret.public() == generation.team;
        if right && self.team_of(generation).is_none() {
            self.team.entry(generation.generation).or_default().push(secret);
        }
        right
    }

    fn add_network(&mut self, generation: u32, key: [u8; 32]) {
        let keys = self.network.entry(generation).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
}

fn usage<'a>(purpose: &'a str, campaign: &'a CampaignId, subject: &'a [u8]) -> WrapUse<'a> {
    WrapUse { purpose, campaign, subject }
}
