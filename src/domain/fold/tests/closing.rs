//! When a review closes a record to its author.

use proptest::prelude::*;

use super::*;

fn with(history: &mut History, person: &Person, salt: u8, edits: Vec<Edit>) -> ChangeId {
    let change = change(salt, &minas(), u64::from(salt), edits);
    let id = change.id();
    assert!(history.insert(change, source(person)));
    id
}

fn decide(history: &mut History, person: &Person, salt: u8, state: &str) -> ChangeId {
    let desired = [(REVIEW_STATE.to_owned(), Some(state.into()))].into();
    let edits = edits_towards(&CAST.view(history), &desired);
    with(history, person, salt, edits)
}

fn write(history: &mut History, person: &Person, salt: u8, value: &str) -> ChangeId {
    let heads = CAST.view(history).heads("alias");
    with(history, person, salt, vec![edit("alias", value, &heads)])
}

fn proposed(view: &View) -> Vec<Option<&str>> {
    view.proposals.iter().map(|p| p.value.as_ref().and_then(Value::as_text)).collect()
}

#[test]
fn the_author_corrects_until_the_record_is_validated() {
    let (mut history, _) = begun();
    for (salt, state) in [(2, "in_review"), (4, "needs_info"), (6, "submitted")] {
        decide(&mut history, &CAST.second, salt, state);
        write(&mut history, &CAST.mina, salt + 1, state);
        let view = CAST.view(&history);
        assert_eq!(
            (view.closed, view.text("alias"), view.proposals.len()),
            (false, Some(state), 0)
        );
    }
    for (salt, state) in [(10, "validated"), (20, "rejected"), (30, "merged"), (40, "withdrawn")] {
        let mut history = history.clone();
        decide(&mut history, &CAST.second, salt, state);
        write(&mut history, &CAST.mina, salt + 1, "late");
        let view = CAST.view(&history);
        assert_eq!((view.closed, view.text("alias")), (true, Some("submitted")), "{state}");
        assert_eq!(proposed(&view), [Some("late")]);
        assert_eq!(view.proposals[0].standing, Standing::Member(CAST.mina.member));
        assert_eq!(CAST.view_as(&CAST.mina, &history), view, "the author sees the same");
        // A coordinator's word counts as before.
        write(&mut history, &CAST.camp.founder, salt + 2, "cleaned");
        assert_eq!(CAST.view(&history).text("alias"), Some("cleaned"));
    }
}

#[test]
fn a_correction_made_apart_is_a_proposal_whatever_came_first() {
    let (base, first) = begun();
    let (mut office, mut phone) = (base.clone(), base.clone());
    decide(&mut office, &CAST.second, 9, "validated");
    // An earlier stamp: no clock decides.
    let correction = change(2, &minas(), 1, vec![edit("alias", "Le seuil", &[first])]);
    phone.insert(correction, source(&CAST.mina));
    assert_eq!(CAST.view(&phone).text("alias"), Some("Le seuil"));
    let (mut a, mut b) = (office.clone(), phone.clone());
    a.merge(&phone);
    b.merge(&office);
    let view = CAST.view(&a);
    assert_eq!(view, CAST.view(&b));
    assert_eq!((view.text("alias"), proposed(&view)), (Some("Le perron"), vec![Some("Le seuil")]));
    assert_eq!(view.creator, Some(CAST.mina.member));
}

#[test]
fn reopening_lets_the_correction_in_and_a_settled_one_stays_settled() {
    let (mut history, _) = begun();
    decide(&mut history, &CAST.second, 2, "validated");
    write(&mut history, &CAST.mina, 3, "late");
    let proposal = CAST.view(&history).proposals[0].clone();
    for (accept, value) in [(true, "late"), (false, "Le perron")] {
        let mut history = history.clone();
        let settled = CAST.view(&history).settling_edit(&proposal, accept);
        with(&mut history, &CAST.second, 4, vec![settled.clone()]);
        let view = CAST.view(&history);
        assert_eq!((view.text("alias"), proposed(&view)), (Some(value), vec![]));
        assert_eq!(view.conflicts().count(), 0);
        decide(&mut history, &CAST.second, 5, "in_review");
        assert_eq!(
            (CAST.view(&history).closed, CAST.view(&history).text("alias")),
            (false, Some(value))
        );
        // What the author says of it settles nothing.
        let mut own = begun().0;
        own.merge(&history);
        with(&mut own, &CAST.omar, 6, vec![edit("alias", "x", &[])]);
        let omars = CAST.view(&own).proposals[0].clone();
        let settled = CAST.view(&own).settling_edit(&omars, true);
        with(&mut own, &CAST.omar, 7, vec![settled]);
        assert_eq!(CAST.view(&own).proposals.len(), 2);
    }
    decide(&mut history, &CAST.second, 8, "in_review");
    let view = CAST.view(&history);
    assert_eq!((view.closed, view.text("alias"), proposed(&view)), (false, Some("late"), vec![]));
}

#[test]
fn while_coordinators_disagree_the_author_may_still_help() {
    let (base, _) = begun();
    let (mut a, mut b) = (base.clone(), base);
    decide(&mut a, &CAST.second, 2, "validated");
    decide(&mut b, &CAST.camp.founder, 3, "needs_info");
    write(&mut b, &CAST.mina, 4, "answered");
    a.merge(&b);
    let view = CAST.view(&a);
    assert_eq!((view.text(REVIEW_STATE), view.closed), (Some("needs_info"), false));
    assert_eq!(view.text("alias"), Some("answered"));
    // Once they agree that it is validated, both decisions' sight counts.
    decide(&mut a, &CAST.second, 5, "validated");
    let view = CAST.view(&a);
    assert_eq!(
        (view.closed, view.text("alias"), view.proposals.len()),
        (true, Some("answered"), 0)
    );
}

#[test]
fn only_coordinators_close_and_a_decision_that_names_nothing_closes_nothing() {
    let (mut history, _) = begun();
    with(&mut history, &CAST.mina, 2, vec![edit(REVIEW_STATE, "validated", &[])]);
    with(&mut history, &CAST.omar, 3, vec![edit(REVIEW_STATE, "validated", &[])]);
    for (salt, person) in [(8, &CAST.mina), (9, &CAST.omar)] {
        let mut forged = begun().0;
        decide(&mut forged, person, salt, "validated");
        assert!(!CAST.view(&forged).closed, "a volunteer who names everything");
    }
    assert!(!CAST.view(&history).closed);
    let blind = with(&mut history, &CAST.second, 4, vec![edit(REVIEW_STATE, "validated", &[])]);
    let view = CAST.view(&history);
    assert_eq!((view.closed, view.text("alias")), (false, Some("Le perron")));
    with(&mut history, &CAST.second, 5, vec![edit(REVIEW_STATE, "validated", &[blind])]);
    assert!(!CAST.view(&history).closed);
    decide(&mut history, &CAST.second, 6, "in_review");
    decide(&mut history, &CAST.second, 7, "validated");
    assert!(CAST.view(&history).closed);
}

#[test]
fn an_alert_s_follow_up_is_the_coordinators_and_a_follow_up_s_is_not() {
    let status = |kind: &str| {
        let key = RecordKey { kind: kind.into(), ..minas() };
        let edits = vec![created(SALT), edit("status", "acting", &[])];
        let mut history = History::new(key.clone());
        history.insert(change(1, &key, 1, edits), source(&CAST.mina));
        CAST.view(&history).text("status").map(str::to_owned)
    };
    assert_eq!(status("alert"), None);
    assert_eq!(status("follow_up").as_deref(), Some("acting"));
}

const STATES: &[&str] = &["in_review", "needs_info", "validated", "validated", "rejected", "newer"];
const FIELDS: &[&str] = &["alias", "effects/fatigue", "clarification/a"];

#[derive(Debug, Clone)]
enum Step {
    Write { device: usize, field: usize, value: u8 },
    Decide { device: usize, state: usize },
    Merge { from: usize, to: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        // Mina's device is the third; the first two are coordinators'.
        4 => (prop_oneof![3 => Just(2_usize), 1 => 0..4_usize], 0..FIELDS.len(), 0..3_u8)
            .prop_map(|(device, field, value)| Step::Write { device, field, value }),
        2 => (0..2_usize, 0..STATES.len()).prop_map(|(device, state)| Step::Decide { device, state }),
        4 => (0..4_usize, 0..4_usize).prop_map(|(from, to)| Step::Merge { from, to }),
    ];
    prop::collection::vec(step, 4..28)
}

/// What a decision's device held and showed when it was made.
struct Sight {
    decision: ChangeId,
    held: BTreeSet<ChangeId>,
    heads: BTreeSet<ChangeId>,
}

fn play(steps: &[Step], clock: impl Fn(usize, usize) -> u64) -> (History, Vec<Sight>) {
    let mut histories = vec![begun().0; 4];
    let mut sights = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let (device, desired) = match step {
            Step::Merge { from, to } => {
                let other = histories[*from].clone();
                histories[*to].merge(&other);
                continue;
            }
            Step::Write { device, field, value } => {
                let value = Some(Value::from(["one", "two", "three"][usize::from(*value)]));
                (*device, BTreeMap::from([(FIELDS[*field].to_owned(), value)]))
            }
            Step::Decide { device, state } => {
                let value = Some(Value::from(STATES[*state]));
                (*device, BTreeMap::from([(REVIEW_STATE.to_owned(), value)]))
            }
        };
        let view = CAST.view(&histories[device]);
        let edits = edits_towards(&view, &desired);
        if edits.is_empty() {
            continue;
        }
        let at = Hlc { millis: clock(device, index), counter: 0 };
        let mut salt = [7; 16];
        salt[0] = index as u8;
        let change = Change::new(salt, minas(), at, edits).unwrap();
        if matches!(step, Step::Decide { .. }) {
            let held = histories[device].changes().keys().copied().collect();
            let heads = view.registers.values().flat_map(Register::heads).collect();
            sights.push(Sight { decision: change.id(), held, heads });
        }
        let source = Source::own(CAST.devices()[device], None);
        histories[device].insert(change, source);
    }
    let mut all = History::new(minas());
    histories.iter().for_each(|history| all.merge(history));
    (all, sights)
}

fn honest(_: usize, index: usize) -> u64 {
    1_000_000 + index as u64
}

/// What a view says, without stamps and ids, which hash stamps.
fn timeless(view: &View) -> impl PartialEq + std::fmt::Debug + use<> {
    let values = |register: &Register| {
        let mut values: Vec<_> = register.survivors.iter().map(|s| s.value.clone()).collect();
        values.sort();
        values
    };
    let registers: BTreeMap<String, Vec<Option<Value>>> =
        view.registers.iter().map(|(field, register)| (field.clone(), values(register))).collect();
    let mut proposals: Vec<_> =
        view.proposals.iter().map(|p| (p.device, p.field.clone(), p.value.clone())).collect();
    proposals.sort();
    (registers, proposals, view.closed, view.value(REVIEW_STATE).cloned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_order_of_arrival_opens_or_closes_anything(steps in steps(), seed: u64) {
        let (all, _) = play(&steps, honest);
        let mut other = History::new(minas());
        for (change, source) in arrivals(&all, seed) {
            other.insert(change, source);
        }
        prop_assert_eq!(CAST.view(&other), CAST.view(&all));
    }

    #[test]
    fn no_clock_opens_or_closes_anything(steps in steps()) {
        let (honest, _) = play(&steps, honest);
        let (mad, _) = play(&steps, |device, index| [9, 4_000_000, 2, 77][device] * 1000 - index as u64);
        prop_assert_eq!(timeless(&CAST.view(&honest)), timeless(&CAST.view(&mad)));
    }

    #[test]
    fn a_closed_record_shows_what_its_decision_saw_and_nothing_later_of_its_author(steps in steps()) {
        let (all, sights) = play(&steps, honest);
        let view = CAST.view(&all);
        let deciding = view.heads(REVIEW_STATE);
        let deciding: Vec<&Sight> =
            sights.iter().filter(|sight| deciding.contains(&sight.decision)).collect();
        let authors = |change: &ChangeId| {
            all.changes()[change].sources.iter().all(|s| s.device == CAST.mina.device())
        };
        if view.closed {
            for survivor in view.registers.values().flat_map(|register| &register.survivors) {
                let seen = deciding.iter().any(|sight| sight.held.contains(&survivor.change));
                prop_assert!(!authors(&survivor.change) || seen);
            }
            let lost = view.proposals.iter().map(|proposal| proposal.change);
            let lost: Vec<_> = lost.filter(authors).collect();
            let closing = |sight: &&&Sight| {
                let mut edits = all.changes()[&sight.decision].change.edits();
                edits.any(|e| matches!(e.value.as_ref().and_then(Value::as_text), Some("validated" | "rejected")))
            };
            for sight in deciding.iter().filter(closing) {
                prop_assert!(lost.iter().all(|change| !sight.heads.contains(change)));
            }
        } else {
            prop_assert!(view.proposals.iter().all(|p| !authors(&p.change)));
        }
    }
}
