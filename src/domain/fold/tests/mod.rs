//! Tests of the merge.

mod authority;
mod closing;
mod consent;
mod erasing;
mod formats;
mod laws;
mod listing;
mod reading;
mod revoked;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;
use crate::change::{Change, Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::ids::{ChangeId, DeviceId, EntryId, RecordId};
use crate::keys::random;
use crate::roster::Role;
use crate::testing::{Camp, Person, SeededRandom};

/// One campaign for all these tests: two coordinators, two volunteers, one guest.
struct Cast {
    camp: Camp,
    second: Person,
    mina: Person,
    omar: Person,
    guest: Person,
}

static CAST: LazyLock<Cast> = LazyLock::new(|| {
    let mut camp = Camp::new(100);
    let second = camp.join(Role::Coordinator);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let guest = camp.guest(Role::Volunteer).person;
    Cast { camp, second, mina, omar, guest }
});

static NONE_REJECTED: BTreeSet<EntryId> = BTreeSet::new();

impl Cast {
    fn devices(&self) -> [DeviceId; 5] {
        let coordinators = [self.camp.founder.device(), self.second.device()];
        let [founder, second] = coordinators;
        [founder, second, self.mina.device(), self.omar.device(), self.guest.device()]
    }

    /// What a coordinator sees.
    fn view(&self, history: &History) -> View {
        View::of(history, &Authority::new(&self.camp.line, None, &NONE_REJECTED))
    }

    fn view_as(&self, person: &Person, history: &History) -> View {
        let me = Some((person.device(), person.member));
        View::of(history, &Authority::new(&self.camp.line, me, &NONE_REJECTED))
    }
}

const SALT: [u8; 16] = [8; 16];

/// A record that Mina created.
fn minas() -> RecordKey {
    RecordKey { kind: "visit".into(), id: RecordId::of(&CAST.mina.member, &SALT) }
}

fn source(person: &Person) -> Source {
    Source::own(person.device(), None)
}

fn edit(field: &str, value: &str, replaces: &[ChangeId]) -> Edit {
    Edit { field: field.into(), value: Some(value.into()), replaces: replaces.to_vec() }
}

fn created(salt: [u8; 16]) -> Edit {
    let value = Some(Value::Bytes(salt.to_vec()));
    Edit { field: CREATED.into(), value, replaces: vec![] }
}

fn change(salt: u8, key: &RecordKey, millis: u64, edits: Vec<Edit>) -> Change {
    Change::new([salt; 16], key.clone(), Hlc { millis, counter: 0 }, edits).unwrap()
}

/// A record with Mina's proof and one alias, and the change that says so.
fn begun() -> (History, ChangeId) {
    let first = change(1, &minas(), 10, vec![created(SALT), edit("alias", "Le perron", &[])]);
    let id = first.id();
    let mut history = History::new(minas());
    history.insert(first, source(&CAST.mina));
    (history, id)
}

fn texts(view: &View, field: &str) -> Vec<Option<String>> {
    let values = view.registers.get(field).map(Register::values).unwrap_or_default();
    values.into_iter().map(|v| v.and_then(Value::as_text).map(str::to_owned)).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

/// Every change of a history with every source of it, in an order that the seed decides.
fn arrivals(history: &History, seed: u64) -> Vec<(Change, Source)> {
    let sources = history.changes().values();
    let mut arrivals: Vec<(Change, Source)> = sources
        .flat_map(|held| held.sources.iter().map(|source| (held.change.clone(), *source)))
        .collect();
    let mut rng = SeededRandom::new(seed);
    for index in (1..arrivals.len()).rev() {
        let other = u64::from_le_bytes(random(&mut rng)) as usize % (index + 1);
        arrivals.swap(index, other);
    }
    arrivals
}
