//! What a device's ring learns from the roster.

use super::*;
use crate::campaign::rotate;
use crate::ids::EntryId;
use crate::roster::{Line, Role};
use crate::testing::{Camp, Person};

fn knows(person: &Person, line: &Line) -> (Vec<bool>, Vec<bool>) {
    let ring = person.ring(line);
    let generations: Vec<u32> = (1..=line.generations().len() as u32).collect();
    let team = generations.iter().map(|g| ring.team(*g).is_some()).collect();
    (team, generations.iter().map(|g| ring.network(*g).is_some()).collect())
}

#[test]
fn a_confirmation_hands_over_what_the_role_needs() {
    let mut camp = Camp::new(20);
    let mut volunteer = camp.guest(Role::Volunteer);
    let mut coordinator = camp.guest(Role::Coordinator);
    volunteer.person.network.0.clear();
    coordinator.person.network.0.clear();
    assert_eq!(knows(&volunteer.person, &camp.line), (vec![false], vec![false]));
    camp.confirm(&volunteer);
    camp.confirm(&coordinator);
    assert_eq!(knows(&camp.founder, &camp.line), (vec![true], vec![true]));
    assert_eq!(knows(&volunteer.person, &camp.line), (vec![false], vec![true]));
    assert_eq!(knows(&coordinator.person, &camp.line), (vec![true], vec![true]));
}

#[test]
fn a_new_coordinator_reads_every_older_generation_and_a_volunteer_what_was_handed_over() {
    let mut camp = Camp::new(21);
    let early = camp.join(Role::Volunteer);
    camp.rotate();
    camp.rotate();
    let coordinator = camp.join(Role::Coordinator);
    let late = camp.join(Role::Volunteer);
    assert_eq!(knows(&coordinator, &camp.line), (vec![true; 3], vec![true; 3]));
    assert_eq!(knows(&early, &camp.line), (vec![false; 3], vec![true; 3]));
    assert_eq!(knows(&late, &camp.line), (vec![false; 3], vec![true; 3]));
    let ring = coordinator.ring(&camp.line);
    let line = camp.line.clone();
    for generation in line.generations() {
        let secret = ring.team(generation.generation).unwrap();
        assert_eq!(secret.public(), generation.team);
    }
}

#[test]
fn a_rotation_reaches_everyone_still_in_and_nobody_who_was_put_out() {
    let mut camp = Camp::new(22);
    let (stays, leaves) = (camp.join(Role::Volunteer), camp.join(Role::Volunteer));
    let (second, former) = (camp.join(Role::Coordinator), camp.join(Role::Coordinator));
    camp.revoke(leaves.device(), vec![]);
    camp.revoke(former.device(), vec![EntryId([1; 32])]);
    camp.rotate();
    assert_eq!(knows(&camp.founder, &camp.line), (vec![true; 2], vec![true; 2]));
    assert_eq!(knows(&second, &camp.line), (vec![true; 2], vec![true; 2]));
    assert_eq!(knows(&stays, &camp.line), (vec![false; 2], vec![true; 2]));
    assert_eq!(knows(&leaves, &camp.line), (vec![false; 2], vec![true, false]));
    assert_eq!(knows(&former, &camp.line), (vec![true, false], vec![true, false]));
    let ring = former.ring(&camp.line);
    let refused = rotate(&camp.line, &ring, &mut camp.rng).unwrap_err();
    assert_eq!(refused, crate::roster::RosterRefusal::NotAllowed);
}

#[test]
fn the_recovery_code_opens_every_team_key() {
    let mut camp = Camp::new(23);
    camp.rotate();
    let code: RecoveryCode = camp.code.to_string().parse().unwrap();
    let campaign = camp.line.campaign();
    for generation in camp.line.generations() {
        let subject = generation.generation.to_le_bytes();
        let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &subject };
        let wrap = generation.team_wraps.iter().find(|w| w.reader == Reader::Recovery).unwrap();
        let key = wrap.open(code.keys().kex(), usage).unwrap();
        assert_eq!(KexSecret::from_bytes(key).public(), generation.team);
    }
    let recovery = camp.line.recovery().unwrap();
    let usage = WrapUse { purpose: "team key", campaign: &campaign, subject: &1_u32.to_le_bytes() };
    assert!(recovery.team_wrap.open(code.keys().kex(), usage).is_ok());
    assert_eq!(recovery.keys, code.keys().public());
}

#[test]
fn learning_again_changes_nothing() {
    let mut camp = Camp::new(24);
    camp.rotate();
    let mut ring = camp.founder.ring(&camp.line);
    let before: Vec<_> = ring.network_keys().0.iter().map(|key| key.key).collect();
    ring.learn(&camp.line);
    let after: Vec<_> = ring.network_keys().0.iter().map(|key| key.key).collect();
    assert_eq!(before, after);
    assert_eq!(before.len(), 2);
}
