//! Tests of the roster: what continues it, and everything that does not.

mod formats;
mod recovery;
mod refusals;
mod reunion;
mod reunion_attacks;
mod reunion_keys;

use super::*;
use crate::ids::{EntryId, MemberId};
use crate::keys::{DeviceKeys, PublicKeys, Reader, random};
use crate::testing::{Camp, Person, SeededRandom};

/// A confirmation of new keys, without wraps.
fn confirmation(keys: &PublicKeys, role: Role) -> Act {
    let (keys, member) = (*keys, MemberId([9; 16]));
    Act::Confirmation(Confirmation { member, role, keys, invite: None, wraps: Vec::new() })
}

fn revocation(device: crate::ids::DeviceId, accepted: &[u8]) -> Act {
    let accepted = accepted.iter().map(|byte| EntryId([*byte; 32])).collect();
    Act::Revocation(Revocation { device, accepted })
}

/// Appends an act that this person's device signs.
fn sign(line: &mut Line, person: &Person, act: Act) -> Result<EntryId, RosterRefusal> {
    let entry = line.sign_next(Signer::Device(person.device()), act, &person.keys);
    line.append(&entry)
}

/// Joins to `line` what `other` has more, signed by this person's device with the real code.
fn reunite(line: &mut Line, other: &Line, person: &Person) -> Result<EntryId, RosterRefusal> {
    let lost: Vec<Vec<u8>> = line.lacks(other).map(<[u8]>::to_vec).collect();
    let ring = person.ring(other);
    let entry = crate::campaign::reunite(line, &lost, &ring, &mut SeededRandom::new(99))?;
    line.append(&entry)
}

fn stranger(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&mut SeededRandom::new(seed))
}

#[test]
fn founding_names_the_founder_one_generation_and_the_recovery_code() {
    let camp = Camp::new(1);
    let line = &camp.line;
    assert_eq!(line.entries().count(), 3);
    let first = line.entries().next().unwrap();
    assert_eq!(line.campaign().0, EntryId::of(first).0);
    assert!(line.is_coordinator(&camp.founder.device()));
    assert_eq!(line.device(&camp.founder.device()).unwrap().member, camp.founder.member);
    assert_eq!(line.generations().len(), 1);
    assert_eq!(line.recovery().unwrap().keys, camp.code.keys().public());
    assert_ne!(Camp::new(2).line.campaign(), line.campaign());
}

#[test]
fn the_same_entries_read_again_say_the_same() {
    let mut camp = Camp::new(3);
    let (volunteer, coordinator) = (camp.join(Role::Volunteer), camp.join(Role::Coordinator));
    camp.revoke(volunteer.device(), vec![EntryId([4; 32])]);
    camp.rotate();
    let again = Line::read(camp.line.entries()).unwrap();
    assert_eq!(again.newest(), camp.line.newest());
    assert_eq!(again.devices(), camp.line.devices());
    assert_eq!(again.generations(), camp.line.generations());
    assert_eq!(again.confirmations(), camp.line.confirmations());
    assert!(again.is_coordinator(&coordinator.device()));
    let standing = again.device(&volunteer.device()).unwrap();
    assert_eq!(standing.revoked, Some(vec![EntryId([4; 32])]));
    assert_eq!(again.active().count(), 2);
    assert_eq!(again.devices_of(&volunteer.member).count(), 0);
}

#[test]
fn an_entry_it_holds_already_changes_nothing() {
    let mut camp = Camp::new(4);
    camp.join(Role::Volunteer);
    let entries: Vec<Vec<u8>> = camp.line.entries().map(<[u8]>::to_vec).collect();
    for bytes in &entries {
        assert_eq!(camp.line.append(bytes), Ok(EntryId::of(bytes)));
    }
    assert_eq!(camp.line.entries().count(), entries.len());
}

#[test]
fn of_two_that_race_the_first_wins_and_the_second_decides_again() {
    let mut camp = Camp::new(5);
    let second = camp.join(Role::Coordinator);
    let (one, other) = (stranger(51), stranger(52));
    let mut theirs = camp.line.clone();
    let winner = Signer::Device(camp.founder.device());
    let winner = camp.line.sign_next(
        winner,
        confirmation(&one.public(), Role::Volunteer),
        &camp.founder.keys,
    );
    let act = confirmation(&other.public(), Role::Volunteer);
    let loser = theirs.sign_next(Signer::Device(second.device()), act.clone(), &second.keys);
    theirs.append(&winner).unwrap();
    assert_eq!(theirs.append(&loser), Err(RosterRefusal::Moved));
    let again = theirs.sign_next(Signer::Device(second.device()), act, &second.keys);
    assert!(theirs.append(&again).is_ok());
    assert_eq!(theirs.confirmations().len(), 3);
}

#[test]
fn a_server_that_leaves_an_entry_out_or_swaps_two_is_refused() {
    let mut camp = Camp::new(6);
    camp.join(Role::Volunteer);
    camp.join(Role::Volunteer);
    let entries: Vec<Vec<u8>> = camp.line.entries().map(<[u8]>::to_vec).collect();
    for left_out in 0..entries.len() - 1 {
        let rest = entries.iter().enumerate().filter(|(index, _)| *index != left_out);
        let read = Line::read(rest.map(|(_, bytes)| bytes.as_slice()));
        assert_eq!(read.unwrap_err(), RosterRefusal::Moved, "without {left_out}");
    }
    for first in 0..entries.len() - 1 {
        let mut swapped = entries.clone();
        swapped.swap(first, first + 1);
        let read = Line::read(swapped.iter().map(Vec::as_slice));
        assert_eq!(read.unwrap_err(), RosterRefusal::Moved, "{first} swapped");
    }
    assert_eq!(Line::read([]).unwrap_err(), RosterRefusal::Moved);
}

#[test]
fn every_flipped_byte_and_every_cut_is_refused_and_changes_nothing() {
    let mut camp = Camp::new(7);
    let act = confirmation(&stranger(71).public(), Role::Volunteer);
    let signer = Signer::Device(camp.founder.device());
    let entry = camp.line.sign_next(signer, act, &camp.founder.keys);
    let newest = camp.line.newest();
    for position in 0..entry.len() {
        let mut altered = entry.clone();
        altered[position] ^= 1;
        assert!(camp.line.append(&altered).is_err(), "byte {position}");
        assert!(camp.line.append(&entry[..position]).is_err(), "cut at {position}");
    }
    assert_eq!((camp.line.newest(), camp.line.devices().len()), (newest, 1));
    assert!(camp.line.append(&entry).is_ok());
}
