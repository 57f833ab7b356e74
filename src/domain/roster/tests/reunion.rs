//! Joining a branch that a server lost: what both add up to, and what is no reunion.

use super::*;
use crate::ids::DeviceId;

/// A founder, a second and a third coordinator, and a volunteer.
struct Team {
    camp: Camp,
    second: Person,
    third: Person,
    mina: Person,
}

fn team(seed: u64) -> Team {
    let mut camp = Camp::new(seed);
    let second = camp.join(Role::Coordinator);
    let third = camp.join(Role::Coordinator);
    let mina = camp.join(Role::Volunteer);
    Team { camp, second, third, mina }
}

fn states(line: &Line) -> Vec<(DeviceId, Role, Option<Vec<EntryId>>)> {
    let devices = line.devices().iter();
    devices.map(|(id, it)| (*id, it.role, it.revoked.clone())).collect()
}

/// Whoever reads the line from its founder on, and whoever adds it up anew, finds the same.
fn reads_the_same(line: &Line) {
    let read = Line::read(line.entries()).unwrap();
    let summed = line.up_to(&line.newest()).unwrap();
    for other in [&read, &summed] {
        assert_eq!(other.newest(), line.newest());
        assert_eq!(states(other), states(line));
        assert_eq!(other.generations(), line.generations());
        assert_eq!(other.confirmations(), line.confirmations());
        assert_eq!(other.older_keys(), line.older_keys());
        assert_eq!(other.recovery(), line.recovery());
        assert!(other.covers(line) && line.covers(other));
    }
}

#[test]
fn who_is_taken_in_by_either_branch_is_in_and_who_is_put_out_by_either_is_out() {
    let Team { mut camp, second, third, mina } = team(40);
    let (one, two) = (stranger(1).public(), stranger(2).public());
    let mut lost = camp.line.clone();
    sign(&mut lost, &second, confirmation(&one, Role::Volunteer)).unwrap();
    sign(&mut lost, &second, revocation(mina.device(), &[7])).unwrap();
    sign(&mut camp.line, &third, confirmation(&two, Role::Coordinator)).unwrap();
    assert!(!camp.line.covers(&lost) && !lost.covers(&camp.line));
    assert_eq!(camp.line.lacks(&lost).count(), 2);
    let founder = camp.founder.clone();
    reunite(&mut camp.line, &lost, &founder).unwrap();
    let line = camp.line;
    assert!(line.covers(&lost) && !lost.covers(&line) && line.joins());
    assert_eq!(line.device(&one.device()).unwrap().role, Role::Volunteer);
    assert!(line.is_coordinator(&two.device()));
    let out = line.device(&mina.device()).unwrap().revoked.clone();
    assert_eq!(out, Some(vec![EntryId([7; 32])]));
    let carried: Vec<EntryId> = lost.entries().skip(6).map(EntryId::of).collect();
    assert!(carried.iter().all(|id| line.contains(id) && !line.passes(id)));
    assert_eq!(line.generations().len(), 1, "nobody began new keys");
    reads_the_same(&line);
}

#[test]
fn it_does_not_matter_which_branch_was_lost() {
    let Team { camp, second, third, mina } = team(41);
    let new = stranger(3).public();
    let (mut one, mut other) = (camp.line.clone(), camp.line);
    sign(&mut one, &second, confirmation(&new, Role::Coordinator)).unwrap();
    sign(&mut one, &second, revocation(third.device(), &[1])).unwrap();
    sign(&mut other, &third, confirmation(&new, Role::Volunteer)).unwrap();
    sign(&mut other, &third, revocation(mina.device(), &[2])).unwrap();
    let founder = camp.founder;
    let (mut first, mut second) = (one.clone(), other.clone());
    reunite(&mut first, &other, &founder).unwrap();
    reunite(&mut second, &one, &founder).unwrap();
    assert_eq!(states(&first), states(&second));
    // The one who would have made it a volunteer's is out, and this was said beside that.
    assert_eq!(first.device(&new.device()).unwrap().role, Role::Coordinator);
    reads_the_same(&first);
    reads_the_same(&second);
}

#[test]
fn with_two_roles_a_device_has_the_lesser() {
    let Team { mut camp, second, third, .. } = team(42);
    let new = stranger(4).public();
    let mut lost = camp.line.clone();
    sign(&mut lost, &second, confirmation(&new, Role::Coordinator)).unwrap();
    sign(&mut camp.line, &third, confirmation(&new, Role::Volunteer)).unwrap();
    let founder = camp.founder.clone();
    reunite(&mut camp.line, &lost, &founder).unwrap();
    assert_eq!(camp.line.device(&new.device()).unwrap().role, Role::Volunteer);
    reads_the_same(&camp.line);
}

#[test]
fn of_a_device_put_out_twice_counts_what_either_accepted() {
    let Team { mut camp, second, third, mina } = team(43);
    let mut lost = camp.line.clone();
    sign(&mut lost, &second, revocation(mina.device(), &[1, 2])).unwrap();
    sign(&mut camp.line, &third, revocation(mina.device(), &[2, 3])).unwrap();
    let founder = camp.founder.clone();
    reunite(&mut camp.line, &lost, &founder).unwrap();
    let accepted = camp.line.device(&mina.device()).unwrap().revoked.clone();
    assert_eq!(accepted, Some([2, 3, 1].map(|byte| EntryId([byte; 32])).to_vec()));
    reads_the_same(&camp.line);
}

#[test]
fn a_lost_reunion_is_carried_by_the_next_one() {
    let Team { camp, second, third, mina } = team(44);
    let news: Vec<_> = (0..4).map(|seed| stranger(50 + seed).public()).collect();
    let founder = camp.founder;
    let before = camp.line;
    let mut one = before.clone();
    sign(&mut one, &second, confirmation(&news[0], Role::Volunteer)).unwrap();
    let mut two = before.clone();
    sign(&mut two, &third, confirmation(&news[1], Role::Volunteer)).unwrap();
    reunite(&mut two, &one, &founder).unwrap();
    // The server is back at the first branch, which the reunion carries.
    let mut three = one.clone();
    sign(&mut three, &third, confirmation(&news[2], Role::Volunteer)).unwrap();
    reunite(&mut three, &two, &second).unwrap();
    // And once more before all of it.
    let mut four = before.clone();
    sign(&mut four, &third, revocation(mina.device(), &[])).unwrap();
    reunite(&mut four, &three, &founder).unwrap();
    sign(&mut four, &second, confirmation(&news[3], Role::Volunteer)).unwrap();
    for line in [&one, &two, &three] {
        assert!(four.covers(line));
    }
    assert!(news.iter().all(|new| four.device(&new.device()).is_some()));
    assert!(four.device(&mina.device()).unwrap().revoked.is_some());
    reads_the_same(&three);
    reads_the_same(&four);
    // A branch too long for one reunion is joined in parts.
    let mut parts = before.clone();
    sign(&mut parts, &third, confirmation(&news[3], Role::Volunteer)).unwrap();
    let lost: Vec<Vec<u8>> = parts.lacks(&three).map(<[u8]>::to_vec).collect();
    for part in lost.chunks(1) {
        let entry = crate::campaign::reunite(
            &parts,
            part,
            &founder.ring(&three),
            &mut SeededRandom::new(1),
        );
        parts.append(&entry.unwrap()).unwrap();
    }
    assert!(parts.covers(&three));
    reads_the_same(&parts);
}

#[test]
fn what_is_no_lost_branch_is_refused_and_changes_nothing() {
    let Team { mut camp, second, third, .. } = team(45);
    let founder = camp.founder.clone();
    let mut lost = camp.line.clone();
    for seed in 0..2 {
        sign(&mut lost, &second, confirmation(&stranger(60 + seed).public(), Role::Volunteer))
            .unwrap();
    }
    let entries: Vec<Vec<u8>> = camp.line.lacks(&lost).map(<[u8]>::to_vec).collect();
    let join = |line: &mut Line, lost: Vec<Vec<u8>>| {
        sign(line, &founder, Act::Reunion(Reunion { lost, renewal: None }))
    };
    // It is no branch while nothing took its place.
    assert_eq!(join(&mut camp.line, entries.clone()), Err(RosterRefusal::Reunion));
    sign(&mut camp.line, &third, confirmation(&stranger(70).public(), Role::Volunteer)).unwrap();
    let (newest, states_before) = (camp.line.newest(), states(&camp.line));
    let known = camp.line.entries().nth(1).unwrap().to_vec();
    let mut altered = entries.clone();
    *altered[1].last_mut().unwrap() ^= 1;
    let stray = Camp::new(46).line.entries().nth(1).unwrap().to_vec();
    let bad = [
        (vec![], RosterRefusal::Reunion),
        (vec![known], RosterRefusal::Reunion),
        (vec![entries[1].clone()], RosterRefusal::Reunion),
        (vec![entries[1].clone(), entries[0].clone()], RosterRefusal::Reunion),
        (vec![entries[0].clone(), entries[0].clone()], RosterRefusal::Reunion),
        (vec![stray], RosterRefusal::Reunion),
        (altered, RosterRefusal::Signature),
    ];
    for (lost, refusal) in bad {
        assert_eq!(join(&mut camp.line, lost), Err(refusal));
    }
    let damaged = join(&mut camp.line, vec![b"x".to_vec()]);
    assert!(matches!(damaged, Err(RosterRefusal::Malformed(_))));
    assert_eq!((camp.line.newest(), states(&camp.line)), (newest, states_before));
    assert!(join(&mut camp.line, entries.clone()).is_ok());
    assert_eq!(join(&mut camp.line, entries), Err(RosterRefusal::Reunion));
}

#[test]
fn reunions_within_reunions_end_somewhere() {
    let Team { camp, second, third, .. } = team(47);
    let founder = camp.founder;
    let mut carried = camp.line.clone();
    sign(&mut carried, &second, confirmation(&stranger(80).public(), Role::Volunteer)).unwrap();
    let mut refused = None;
    for seed in 0..20 {
        let mut line = camp.line.clone();
        let new = stranger(81 + seed).public();
        sign(&mut line, &third, confirmation(&new, Role::Volunteer)).unwrap();
        if let Err(refusal) = reunite(&mut line, &carried, &founder) {
            refused = Some((seed, refusal));
            break;
        }
        carried = line;
    }
    assert_eq!(refused, Some((12, RosterRefusal::Reunion)));
}
