//! Tests of the review, over records that a volunteer made and coordinators decide about.

mod decisions;
mod hindrances;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;
use crate::change::{Change, Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::fold::{Authority, CREATED, History, Source, Standing, View, edits_towards};
use crate::ids::{EntryId, RecordId};
use crate::roster::Role;
use crate::testing::{Camp, Person};

struct Cast {
    camp: Camp,
    second: Person,
    mina: Person,
    omar: Person,
}

static CAST: LazyLock<Cast> = LazyLock::new(|| {
    let mut camp = Camp::new(200);
    let second = camp.join(Role::Coordinator);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    Cast { camp, second, mina, omar }
});
static NONE_REJECTED: BTreeSet<EntryId> = BTreeSet::new();
const SALT: [u8; 16] = [8; 16];

type Desired = BTreeMap<String, Option<Value>>;

/// A visit of Mina's, and everybody who writes in it.
#[derive(Clone)]
struct Visit {
    history: History,
    written: u8,
}

impl Visit {
    fn new(fields: &[(&str, &str)]) -> Self {
        let key = RecordKey { kind: "visit".into(), id: RecordId::of(&CAST.mina.member, &SALT) };
        let mut visit = Self { history: History::new(key), written: 0 };
        let mut desired: Desired = told(fields);
        desired.insert(CREATED.to_owned(), Some(Value::Bytes(SALT.to_vec())));
        visit.write(&CAST.mina, &desired);
        visit
    }

    fn view(&self) -> View {
        View::of(&self.history, &Authority::new(&CAST.camp.line, None, &NONE_REJECTED))
    }

    fn review(&self) -> Review {
        Review::of(&self.view())
    }

    fn write(&mut self, person: &Person, desired: &Desired) {
        let edits: Vec<Edit> = edits_towards(&self.view(), desired);
        self.written += 1;
        let key = self.history.key().clone();
        let at = Hlc { millis: self.written.into(), counter: 0 };
        let mut salt = [self.written; 16];
        salt[0] = person.device().0[0];
        let change = Change::new(salt, key, at, edits).unwrap();
        self.history.insert(change, Source::own(person.device(), None));
    }

    /// A coordinator decides, with nothing in the way.
    fn decide(&mut self, decision: &Decision) {
        let desired = decision.desired(&self.review(), vec![]).unwrap();
        self.write(&CAST.second, &desired);
    }
}

fn told(fields: &[(&str, &str)]) -> Desired {
    fields.iter().map(|(key, value)| ((*key).to_owned(), Some(Value::from(*value)))).collect()
}

fn ask(key: &str, text: &str) -> Decision {
    Decision::Ask { key: key.into(), text: text.into() }
}
