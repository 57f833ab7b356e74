//! One history: devices, a server, and what happens between them.

use std::collections::BTreeMap;

use domain::campaign::Enrolment;
use domain::change::{RecordKey, Value};
use domain::fold::{LISTING, View};
use domain::ids::ChangeId;
use domain::keys::{InviteSecret, random};
use domain::notebook::{NewRecord, Notebook, SaveError, Writes};
use domain::protocol::{Enrol, EnrolAgain, OpenInvite};
use domain::roster::Role;
use domain::testing::SeededRandom;

use super::cast::{Cast, begun, cast};
use super::device::Device;
use super::dice::Dice;
use super::mix::Mix;
use super::plant::Plant;
use super::server::Server;
use super::truth::{Saved, Truth};
use super::wire::{Cut, Late};

/// 2027-01-15, in milliseconds since 1970.
const BEGIN: u64 = 1_800_000_000_000;
const MINUTE: u64 = 60_000;
const TEN_YEARS: u64 = 10 * 365 * 24 * 60 * MINUTE;

/// How the devices' clocks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clocks {
    /// As the history's mix says: right, or off by a constant for some.
    AsDrawn,
    /// Every reading is off by up to ten years either way.
    Random(u64),
}

/// Everything in one history.
pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) mix: Mix,
    pub(super) plant: Option<Plant>,
    pub(super) server: Server,
    pub(super) devices: Vec<Device>,
    pub(super) late: Vec<Late>,
    pub(super) truth: Truth,
    /// No more faults: everybody can talk to everybody.
    pub(super) peace: bool,
    pub(super) ignored: usize,
    pub(super) refused: usize,
    pub(super) resets: usize,
    pub(super) restores: usize,
    pub(super) forks: usize,
    pub(super) grants: usize,
    clocks: Clocks,
    step: u64,
    tells: bool,
}

impl World {
    pub(super) fn new(seed: u64, plant: Option<Plant>, clocks: Clocks) -> Self {
        let mut dice = Dice::new(seed);
        dice.number();
        let mut mix = Mix::draw(&mut dice);
        if seed % 3 == 1 {
            mix.retires();
        }
        let cast = cast(&mix);
        let server = Server::found(&cast.camp.line, mix.page, BEGIN);
        let mut world = Self {
            dice,
            plant,
            server,
            clocks,
            devices: Vec::new(),
            late: Vec::new(),
            truth: Truth::default(),
            peace: false,
            ignored: 0,
            refused: 0,
            resets: 0,
            restores: 0,
            forks: 0,
            grants: 0,
            step: 0,
            tells: std::env::var_os("SIMULATION_TELL").is_some(),
            mix,
        };
        // Before the guests enrol, and after.
        world.server.back_up();
        world.gather(cast);
        world.server.back_up();
        world
    }

    fn gather(&mut self, cast: Cast) {
        let Cast { mut camp, devices, volunteer } = cast;
        for mut device in devices {
            device.skew = self.skew();
            self.devices.push(device);
        }
        for _ in 0..self.mix.guests {
            camp.rng = SeededRandom::new(self.dice.number());
            let role = if self.dice.percent(30) { Role::Coordinator } else { Role::Volunteer };
            let guest = match self.mix.new_phone {
                true => camp.new_phone(&volunteer, Role::Volunteer),
                false => camp.guest(role),
            };
            let role = if self.mix.new_phone { Role::Volunteer } else { role };
            let Enrolment { invite, terms, generation, keys, proof } = guest.enrolment.clone();
            let token = guest.secret.token();
            let open = OpenInvite {
                invite,
                token_hash: InviteSecret::token_hash(&token),
                network: guest.secret.seal_network(&guest.person.network),
                terms,
                generation,
            };
            let enrol = Enrol { campaign: camp.line.campaign(), invite, token, keys, proof };
            let mut device = begun(guest.person, role, &camp.line);
            device.skew = self.skew();
            let (campaign, founder) = (camp.line.campaign(), camp.founder.device());
            device.enrolled = Some(EnrolAgain { campaign, enrolment: guest.enrolment });
            self.devices.push(device);
            self.server.open_invite(founder, &open, BEGIN).expect("the founder invites");
            self.server.enrol(&enrol, BEGIN).expect("a guest enrols");
        }
    }

    fn skew(&mut self) -> i64 {
        let years = self.dice.number() % (2 * TEN_YEARS);
        let third = self.dice.percent(33);
        if self.mix.skewed && third { years as i64 - TEN_YEARS as i64 } else { 0 }
    }

    /// One step of the history.
    pub(super) fn step(&mut self) {
        self.step += 1;
        let device = self.dice.below(self.devices.len());
        match self.dice.below(100) {
            roll if roll < self.mix.governs => self.govern(),
            0..45 => self.edit(device),
            45..80 => self.sync(device),
            80..96 => self.deliver_late(),
            _ => self.server.back_up(),
        }
        if self.dice.percent(self.mix.restores) {
            self.restore();
        }
        if self.dice.percent(self.mix.deaths) {
            self.lose(device);
        }
        if self.dice.percent(self.mix.clones) && self.devices.len() < 7 {
            let copy = self.devices[device].cloned();
            self.tell(|| format!("device {device} is copied as {}", self.devices.len()));
            self.devices.push(copy);
        }
    }

    /// Tells what happens, for whoever looks into one history.
    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        if self.tells {
            println!("{:>3} {}", self.step, what());
        }
    }

    pub(super) fn tick(&mut self) {
        self.step += 1;
    }

    /// Whether a fault of this kind happens now.
    pub(super) fn fault(&mut self, share: impl Fn(&Mix) -> usize) -> bool {
        let share = share(&self.mix);
        let happens = self.dice.percent(share);
        happens && !self.peace
    }

    pub(super) fn now(&self, device: usize) -> u64 {
        let right = BEGIN + self.step * MINUTE;
        match self.clocks {
            Clocks::AsDrawn => right.saturating_add_signed(self.devices[device].skew),
            Clocks::Random(seed) => {
                let mut dice = Dice::new(seed ^ (self.step << 8) ^ device as u64);
                right - TEN_YEARS + dice.number() % (2 * TEN_YEARS)
            }
        }
    }

    pub(super) fn server_now(&self) -> u64 {
        BEGIN + self.step * MINUTE
    }

    /// A device is lost, once in a history and never the founder's. What it wrote is owed as far as another
    /// device holds it.
    fn lose(&mut self, device: usize) {
        let lost = self.devices[device].id();
        if lost == self.devices[0].id() || !self.truth.gone.is_empty() {
            return;
        }
        self.devices.iter_mut().filter(|one| one.id() == lost).for_each(|one| one.out = true);
        let held = |saved: &Saved, id: &ChangeId| {
            let live = self.devices.iter().filter(|one| !one.out);
            let histories = live.filter_map(|one| one.notebook.history(saved.change.record()));
            histories.into_iter().any(|history| history.changes().contains_key(id))
        };
        let saved = self.truth.saved.iter().filter(|(_, saved)| saved.device == lost);
        let seen = saved.filter(|(id, saved)| held(saved, id)).map(|(id, _)| *id).collect();
        self.tell(|| format!("device {device} is lost; of it others hold {seen:?}"));
        self.truth.gone.insert(lost, seen);
    }

    fn restore(&mut self) {
        let which = self.dice.below(self.server.backups());
        let epoch: [u8; 16] = random(&mut self.dice);
        let careless = self.dice.percent(self.mix.careless);
        let silent = careless || self.plant == Some(Plant::NoEpochAfterRestore);
        self.restores += 1;
        self.tell(|| format!("backup {which} is put back, silently: {silent}"));
        let now = self.server_now();
        self.server.restore(which, (!silent).then_some(epoch), now);
    }

    /// A device that a restore forgot offers what it enrolled with.
    pub(super) fn enrol_again(&mut self, device: usize) {
        if let Some(again) = &self.devices[device].enrolled {
            let _ = self.server.enrol_again(again);
        }
    }

    fn edit(&mut self, device: usize) {
        if self.devices[device].out {
            return;
        }
        let notebook = &self.devices[device].notebook;
        // Rows are nobody's to edit. A coordinator's device keeps them; what another writes is a proposal.
        let rows = |key: &RecordKey| key.kind == LISTING && notebook.is_coordinator();
        let knows = |key: &&RecordKey| notebook.history(key).is_some() && !rows(key);
        let known: Vec<RecordKey> = self.truth.records.iter().filter(knows).cloned().collect();
        let key = match known.is_empty() || self.dice.percent(25) {
            true => return self.create(device),
            false => known[self.dice.below(known.len())].clone(),
        };
        let view = self.devices[device].notebook.view(&key);
        if self.dice.percent(10) {
            let now = self.now(device);
            let one = &mut self.devices[device];
            let saved = one.notebook.delete(&key, now, &mut self.dice);
            return self.saved(device, &key, saved);
        }
        let mut desired = self.desired(&view);
        if key.kind == "initiative" && self.dice.percent(20) {
            let answer = self.dice.pick(&["none", "anonymous", "named"]);
            desired.insert("consent_listing".to_owned(), Some(answer.into()));
        }
        self.save(device, &key, None, desired);
        if key.kind == "initiative" {
            self.update_row(device, &key);
        }
    }

    fn create(&mut self, device: usize) {
        let new = self.devices[device].notebook.new_record(&mut self.dice);
        let restricted = self.dice.percent(self.mix.restricted);
        let kind =
            if restricted { self.dice.pick(&["visit", "visit", "alert"]) } else { "initiative" };
        let key = RecordKey { kind: kind.to_owned(), id: new.id };
        let mut desired = self.desired(&self.devices[device].notebook.view(&key));
        if kind == "initiative" {
            desired.insert("consent_listing".to_owned(), Some("named".into()));
        }
        self.save(device, &key, Some(&new), desired);
        if kind == "initiative" {
            self.update_row(device, &key);
        }
    }

    fn desired(&mut self, view: &View) -> BTreeMap<String, Option<Value>> {
        let words = ["open", "closed", "unknown", "paused", "moved"];
        let mut desired = BTreeMap::new();
        // Half of the people who see a conflict pick one of its values, by what it says and not by when.
        let conflict = view.conflicts().next().filter(|_| self.dice.percent(50));
        if let Some((field, register)) = conflict {
            let mut values: Vec<Option<Value>> =
                register.values().into_iter().map(|value| value.cloned()).collect();
            values.sort();
            desired.insert(field.to_owned(), values.swap_remove(self.dice.below(values.len())));
            return desired;
        }
        for _ in 0..=self.dice.below(2) {
            let field = self.dice.pick(&["state", "alias", "effects/fatigue", "review_state"]);
            let value = match self.dice.below(6) {
                0 if self.mix.retires && field == "review_state" => {
                    desired.insert("review_question/a1".to_owned(), Some("how many?".into()));
                    Some("needs_info".into())
                }
                0 => None,
                1 => Some(Value::Bool(true)),
                word => Some(words[word - 2].into()),
            };
            desired.insert(field.to_owned(), value);
        }
        desired
    }

    fn save(
        &mut self,
        device: usize,
        key: &RecordKey,
        new: Option<&NewRecord>,
        desired: BTreeMap<String, Option<Value>>,
    ) {
        let now = self.now(device);
        let notebook = &mut self.devices[device].notebook;
        let saved = notebook.save(key, new, desired, now, &mut self.dice);
        self.saved(device, key, saved);
    }

    /// A coordinator's correction brings the row for all up to date at once.
    fn update_row(&mut self, device: usize, key: &RecordKey) {
        let now = self.now(device);
        let one = &mut self.devices[device];
        let row = RecordKey { kind: LISTING.to_owned(), id: key.id };
        let saved = one.notebook.save_listing(key, now, &mut self.dice);
        self.saved(device, &row, saved);
    }

    /// Stores what was saved; from then on it is promised.
    fn saved(&mut self, device: usize, key: &RecordKey, saved: Result<Writes, SaveError>) {
        let Ok(writes) = saved else { return };
        let stored = match self.commit(device, &writes) {
            Ok(()) => true,
            Err(Cut::Crashed) => self.devices[device].notebook.history(key).is_some(),
            Err(_) => false,
        };
        if stored {
            self.promise(device, key);
        }
    }

    /// Promises every change of a record that this device made and that is new.
    pub(super) fn promise(&mut self, device: usize, key: &RecordKey) {
        let one = &mut self.devices[device];
        let Some(history) = one.notebook.history(key) else { return };
        let (mine, mut new) = (one.notebook.device(), Vec::new());
        for (id, held) in history.changes() {
            let here = held.sources.iter().any(|s| s.device == mine && s.bundle.is_none());
            if !here || self.truth.saved.contains_key(id) {
                continue;
            }
            new.push(*id);
            one.counter += 1;
            let audience = Notebook::audience(&key.kind);
            let (change, counter) = (held.change.clone(), one.counter);
            self.truth.saved.insert(*id, Saved { change, device: mine, audience, counter });
        }
        if new.is_empty() {
            return;
        }
        self.tell(|| format!("device {device} saved {new:?} of {} {}", key.kind, key.id));
        let member = self.devices[device].member();
        self.truth.begin(key, member);
    }
}
