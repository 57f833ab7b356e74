//! Keys when both branches began some: none is lost, and new ones follow.

use super::*;
use crate::campaign::rotate;
use crate::keys::Wrap;

fn rotated(line: &mut Line, person: &Person, seed: u64) {
    let entry = rotate(line, &person.ring(line), &mut SeededRandom::new(seed)).unwrap();
    line.append(&entry).unwrap();
}

/// Both branches rotate, one of them twice, and take a coordinator and a volunteer in each.
fn both() -> (Camp, Line, Line, Vec<Person>) {
    let camp = Camp::new(100);
    let (mut one, mut other) = (camp.clone(), camp.clone());
    one.rng = SeededRandom::new(101);
    other.rng = SeededRandom::new(102);
    one.rotate();
    let mut people = vec![one.join(Role::Coordinator), one.join(Role::Volunteer)];
    one.rotate();
    people.extend([one.join(Role::Coordinator), one.join(Role::Volunteer)]);
    people.extend([other.join(Role::Coordinator), other.join(Role::Volunteer)]);
    other.rotate();
    (camp, one.line, other.line, people)
}

#[test]
fn a_number_taken_twice_keeps_both_keys_and_everybody_gets_all() {
    let (camp, one, other, people) = both();
    for (mut line, lost) in [(one.clone(), other.clone()), (other, one)] {
        reunite(&mut line, &lost, &camp.founder).unwrap();
        let numbers: Vec<u32> = line.generations().iter().map(|it| it.generation).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [1, 2, 2, 3, 4]);
        assert_eq!(line.generation().unwrap().generation, 4);
        assert_eq!(line.next_generation(), 5);
        let founder = camp.founder.ring(&line);
        for person in people.iter().chain([&camp.founder]) {
            let ring = person.ring(&line);
            let coordinator = line.is_coordinator(&person.device());
            for generation in line.generations() {
                let held = ring.team_of(generation).is_some();
                assert_eq!(held, coordinator, "{:?}", generation.generation);
            }
            for number in 2..=4 {
                let known = founder.network_keys_of(number);
                assert_eq!(known.len(), if number == 2 { 2 } else { 1 });
                let mine = ring.network_keys_of(number);
                assert!(known.iter().all(|key| mine.contains(key)) && mine.len() == known.len());
            }
        }
        // The next generation goes on from there.
        rotated(&mut line, &people[4], 103);
        let ring = people[0].ring(&line);
        assert!(line.generations().iter().all(|it| ring.team_of(it).is_some()));
    }
}

#[test]
fn new_keys_are_there_exactly_when_the_branches_have_not_the_same() {
    let (camp, one, other, _) = both();
    let mut line = camp.line.clone();
    sign(&mut line, &camp.founder, confirmation(&stranger(5).public(), Role::Volunteer)).unwrap();
    for lost in [&one, &other] {
        let entries: Vec<Vec<u8>> = line.lacks(lost).map(<[u8]>::to_vec).collect();
        let act = Act::Reunion(Reunion { lost: entries, renewal: None });
        let refused = sign(&mut line.clone(), &camp.founder, act);
        assert_eq!(refused, Err(RosterRefusal::Generation));
    }
    let mut joined = line.clone();
    reunite(&mut joined, &one, &camp.founder).unwrap();
    let Act::Reunion(reunion) = act_of(&joined) else { panic!("no reunion") };
    let renewal = reunion.renewal.unwrap();
    // Where nobody rotated, invitations stay open: no new keys.
    let mut plain = camp.line.clone();
    sign(&mut plain, &camp.founder, confirmation(&stranger(6).public(), Role::Volunteer)).unwrap();
    let entries: Vec<Vec<u8>> = plain.lacks(&line).map(<[u8]>::to_vec).collect();
    let act = Act::Reunion(Reunion { lost: entries, renewal: Some(renewal.clone()) });
    assert_eq!(sign(&mut plain, &camp.founder, act), Err(RosterRefusal::Generation));

    // Wrong in every other way.
    let wraps = |keep: fn(&Wrap) -> bool| {
        let mut renewal = renewal.clone();
        renewal.generation.team_wraps.retain(keep);
        renewal
    };
    let mut lower = renewal.clone();
    lower.generation.generation = 3;
    let first = renewal.generation.team_wraps[0].reader;
    let mut without_one = renewal.clone();
    without_one.generation.team_wraps.retain(|wrap| wrap.reader != first);
    for bad in [lower, without_one, wraps(|wrap| wrap.reader != Reader::Recovery)] {
        let act = Act::Reunion(Reunion { lost: reunion.lost.clone(), renewal: Some(bad) });
        let refused = sign(&mut line.clone(), &camp.founder, act);
        assert_eq!(refused, Err(RosterRefusal::Generation));
    }
    let act = Act::Reunion(Reunion { lost: reunion.lost, renewal: Some(renewal) });
    assert!(sign(&mut line, &camp.founder, act).is_ok());
}

#[test]
fn who_is_put_out_by_either_branch_gets_no_new_key() {
    let mut camp = Camp::new(110);
    let (mina, omar) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let mut lost = camp.line.clone();
    sign(&mut lost, &camp.founder, revocation(mina.device(), &[])).unwrap();
    rotated(&mut lost, &camp.founder, 111);
    let mut line = camp.line.clone();
    sign(&mut line, &camp.founder, revocation(omar.device(), &[])).unwrap();
    rotated(&mut line, &camp.founder, 112);
    assert!(mina.ring(&line).network(2).is_some() && omar.ring(&lost).network(2).is_some());
    reunite(&mut line, &lost, &camp.founder).unwrap();
    for out in [&mina, &omar] {
        assert!(out.ring(&line).network(3).is_none());
    }
    assert!(camp.founder.ring(&line).network(3).is_some());
}

#[test]
fn a_lone_branch_with_new_keys_brings_them_to_those_who_only_know_the_other() {
    let camp = Camp::new(120);
    let mut lost = camp.clone();
    lost.rotate();
    let mut line = camp.clone();
    line.rng = SeededRandom::new(121);
    let (second, mina) = (line.join(Role::Coordinator), line.join(Role::Volunteer));
    reunite(&mut line.line, &lost.line, &camp.founder).unwrap();
    let line = line.line;
    let ring = second.ring(&line);
    assert!(line.generations().iter().all(|it| ring.team_of(it).is_some()));
    let key = camp.founder.ring(&lost.line).network_keys_of(2).to_vec();
    assert_eq!(mina.ring(&line).network_keys_of(2), key);
}

fn act_of(line: &Line) -> Act {
    let bytes = line.entries().last().unwrap();
    let entry = crate::ledger::Signed::<RosterEntry>::read(crate::ledger::Kind::Roster, bytes);
    entry.unwrap().body.act
}
