//! The laws of the merge, over random histories of several devices.

use proptest::prelude::*;

use super::*;

const FIELDS: &[&str] = &["alias", "state", "effects/fatigue", "review_state", "consent_listing"];
const VALUES: &[Option<&str>] = &[Some("one"), Some("two"), Some("no"), None];
const DEVICES: usize = 5;

/// What happens on or between devices.
#[derive(Debug, Clone)]
enum Step {
    /// A device edits one or two fields of what it sees.
    Edit { device: usize, fields: [usize; 2], value: usize },
    /// A device deletes what it sees, or takes a deletion back.
    Delete { device: usize },
    /// One device's history reaches another.
    Merge { from: usize, to: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fields = (0..FIELDS.len(), 0..FIELDS.len()).prop_map(|(a, b)| [a, b]);
    let step = prop_oneof![
        4 => (0..DEVICES, fields, 0..VALUES.len())
            .prop_map(|(device, fields, value)| Step::Edit { device, fields, value }),
        1 => (0..DEVICES).prop_map(|device| Step::Delete { device }),
        3 => (0..DEVICES, 0..DEVICES).prop_map(|(from, to)| Step::Merge { from, to }),
    ];
    prop::collection::vec(step, 0..24)
}

/// Plays the steps; `clock` says when a device believes that a step happens.
fn play(steps: &[Step], clock: impl Fn(usize, usize) -> u64) -> Vec<History> {
    let mut rng = SeededRandom::new(1);
    let mut histories = vec![begun().0; DEVICES];
    for (index, step) in steps.iter().enumerate() {
        let (device, edits) = match step {
            Step::Merge { from, to } => {
                let other = histories[*from].clone();
                histories[*to].merge(&other);
                continue;
            }
            Step::Edit { device, fields, value } => {
                let view = CAST.view(&histories[*device]);
                let fields: BTreeSet<&str> = fields.iter().map(|field| FIELDS[*field]).collect();
                let edit = |field: &str| Edit {
                    field: field.to_owned(),
                    value: VALUES[*value].map(Value::from),
                    replaces: view.heads(field),
                };
                (*device, fields.into_iter().map(edit).collect())
            }
            Step::Delete { device } => {
                let view = CAST.view(&histories[*device]);
                let mut edit = view.delete_edit();
                if view.deletion != Deletion::Kept {
                    edit.value = Some(Value::Bool(false));
                }
                (*device, vec![edit])
            }
        };
        let at = Hlc { millis: clock(device, index), counter: 0 };
        let change = Change::new(random(&mut rng), minas(), at, edits).unwrap();
        let source = Source::own(CAST.devices()[device], None);
        histories[device].insert(change, source);
    }
    histories
}

fn honest(_: usize, index: usize) -> u64 {
    1_000_000 + index as u64
}

fn merged(histories: &[History]) -> History {
    let mut all = History::new(minas());
    histories.iter().for_each(|history| all.merge(history));
    all
}

/// Everything that a view says but for who was when: nothing in it may depend on a clock.
type Timeless = (
    BTreeMap<String, Vec<Option<Value>>>,
    Vec<String>,
    Deletion,
    Vec<(DeviceId, String, Option<Value>)>,
);

fn timeless(view: &View) -> Timeless {
    let values = |register: &Register| {
        let mut values: Vec<_> = register.survivors.iter().map(|s| s.value.clone()).collect();
        values.sort();
        values
    };
    let registers = view.registers.iter().map(|(f, r)| (f.clone(), values(r))).collect();
    let conflicts = view.conflicts().map(|(field, _)| field.to_owned()).collect();
    let proposal = |p: &Proposal| (p.device, p.field.clone(), p.value.clone());
    let mut proposals: Vec<_> = view.proposals.iter().map(proposal).collect();
    proposals.sort();
    (registers, conflicts, view.deletion, proposals)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(steps in steps()) {
        let histories = play(&steps, honest);
        let [a, b, c] = [&histories[0], &histories[2], &histories[4]];
        let join = |a: &History, b: &History| {
            let mut both = a.clone();
            both.merge(b);
            both
        };
        prop_assert_eq!(join(a, b), join(b, a));
        prop_assert_eq!(join(&join(a, b), c), join(a, &join(b, c)));
        prop_assert_eq!(&join(a, a), a);
        prop_assert_eq!(join(&join(a, b), b), join(a, b));
        prop_assert_eq!(join(a, b).to_bytes(), join(b, a).to_bytes());
    }

    #[test]
    fn every_order_of_arrival_shows_the_same(steps in steps(), seed: u64) {
        let all = merged(&play(&steps, honest));
        let mut other = History::new(minas());
        for (change, source) in &arrivals(&all, seed) {
            prop_assert!(other.insert(change.clone(), *source));
            prop_assert!(!other.insert(change.clone(), *source));
        }
        prop_assert_eq!(&other, &all);
        prop_assert_eq!(CAST.view(&other), CAST.view(&all));
        prop_assert_eq!(History::from_bytes(&all.to_bytes()).unwrap(), all);
    }

    #[test]
    fn a_value_goes_only_when_an_edit_that_counts_replaces_it(steps in steps()) {
        let all = merged(&play(&steps, honest));
        let view = CAST.view(&all);
        let proposed: BTreeSet<(ChangeId, &str)> =
            view.proposals.iter().map(|p| (p.change, p.field.as_str())).collect();
        let edits = || {
            let edits = all.changes().iter();
            edits.flat_map(|(id, held)| held.change.edits().map(move |edit| (*id, edit)))
        };
        for (id, edit) in edits() {
            let field = edit.field.as_str();
            let shown = view.heads(field).contains(&id);
            let replaced = edits().any(|(by, other)| {
                other.field == edit.field
                    && other.replaces.contains(&id)
                    && !proposed.contains(&(by, field))
            });
            let states = [shown, replaced, proposed.contains(&(id, field))];
            prop_assert_eq!(states.iter().filter(|state| **state).count(), 1, "{}", field);
        }
        for register in view.registers.values() {
            prop_assert!(!register.survivors.is_empty());
        }
    }

    #[test]
    fn equal_values_are_no_conflict_and_different_ones_always_are(steps in steps()) {
        let view = CAST.view(&merged(&play(&steps, honest)));
        for register in view.registers.values() {
            let distinct: BTreeSet<_> = register.survivors.iter().map(|s| &s.value).collect();
            prop_assert_eq!(register.in_conflict(), distinct.len() > 1);
            prop_assert_eq!(register.values().len(), distinct.len());
            prop_assert_eq!(register.agreed().is_some(), distinct.len() == 1);
        }
    }

    #[test]
    fn clocks_have_no_power(
        steps in steps(),
        skews in prop::collection::vec(0_u64..600_000_000_000, DEVICES),
        jumps in prop::collection::vec(0_u64..1_000_000_000_000, 24),
    ) {
        let right = CAST.view(&merged(&play(&steps, honest)));
        let skewed = CAST.view(&merged(&play(&steps, |device, index| skews[device] + index as u64)));
        let jumping = CAST.view(&merged(&play(&steps, |_, index| jumps[index])));
        prop_assert_eq!(timeless(&right), timeless(&skewed));
        prop_assert_eq!(timeless(&right), timeless(&jumping));
    }

    #[test]
    fn an_edit_made_by_who_saw_everything_ends_every_conflict(steps in steps()) {
        let mut all = merged(&play(&steps, honest));
        let view = CAST.view(&all);
        let desired: BTreeMap<String, Option<Value>> =
            FIELDS.iter().map(|field| ((*field).to_owned(), Some("settled".into()))).collect();
        let edits = edits_towards(&view, &desired);
        let change = Change::new([77; 16], minas(), Hlc::default(), edits).unwrap();
        all.insert(change, source(&CAST.second));
        let view = CAST.view(&all);
        for field in FIELDS {
            prop_assert_eq!(texts(&view, field), some(&["settled"]));
        }
        prop_assert!(edits_towards(&view, &desired).is_empty());
    }
}
