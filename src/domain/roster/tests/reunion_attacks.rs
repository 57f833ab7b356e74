//! Who was put out, together with a server that shows each device another branch, gets nothing back.

use super::*;

/// The founder put Maud out; before that entry she and the server go on by themselves.
struct Fork {
    camp: Camp,
    honest: Person,
    maud: Person,
    /// With Maud's revocation.
    right: Line,
    /// Without it.
    forged: Line,
}

fn fork(seed: u64) -> Fork {
    let mut camp = Camp::new(seed);
    let honest = camp.join(Role::Coordinator);
    let maud = camp.join(Role::Coordinator);
    let forged = camp.line.clone();
    let mut right = camp.line.clone();
    sign(&mut right, &camp.founder, revocation(maud.device(), &[1])).unwrap();
    Fork { camp, honest, maud, right, forged }
}

#[test]
fn neither_she_nor_whom_she_takes_in_joins_the_branches() {
    let Fork { camp, maud, right, mut forged, .. } = fork(90);
    let evil = Person { keys: stranger(1), ..maud.clone() };
    sign(&mut forged, &maud, confirmation(&evil.keys.public(), Role::Coordinator)).unwrap();
    assert!(forged.is_coordinator(&evil.device()));
    let lost: Vec<Vec<u8>> = forged.lacks(&right).map(<[u8]>::to_vec).collect();
    for person in [&maud, &evil] {
        let act = Act::Reunion(Reunion { lost: lost.clone(), renewal: None });
        assert_eq!(sign(&mut forged.clone(), person, act), Err(RosterRefusal::NotAllowed));
        assert!(reunite(&mut forged.clone(), &right, person).is_err());
    }
    // Nor by carrying only what suits her, in pieces or inside another's.
    let forged_lost: Vec<Vec<u8>> = right.lacks(&forged).map(<[u8]>::to_vec).collect();
    let act = Act::Reunion(Reunion { lost: forged_lost, renewal: None });
    for person in [&maud, &evil] {
        assert_eq!(sign(&mut right.clone(), person, act.clone()), Err(RosterRefusal::NotAllowed));
    }
    // A device with the revocation never follows a line without it.
    assert!(!forged.covers(&right));
    let mut longer = forged.clone();
    for seed in 2..6 {
        sign(&mut longer, &evil, confirmation(&stranger(seed).public(), Role::Coordinator))
            .unwrap();
        assert!(!longer.covers(&right));
    }
    assert!(camp.line.is_coordinator(&maud.device()));
}

#[test]
fn what_she_took_in_beside_her_revocation_is_without_effect_whichever_branch_was_lost() {
    let Fork { honest, maud, right, mut forged, .. } = fork(91);
    let (evil, crony) = (stranger(11), stranger(12));
    let evil = Person { keys: evil, ..maud.clone() };
    sign(&mut forged, &maud, confirmation(&evil.keys.public(), Role::Coordinator)).unwrap();
    sign(&mut forged, &evil, confirmation(&crony.public(), Role::Coordinator)).unwrap();
    let (mut one, mut other) = (right.clone(), forged.clone());
    sign(&mut one, &honest, confirmation(&stranger(13).public(), Role::Volunteer)).unwrap();
    reunite(&mut one, &forged, &honest).unwrap();
    reunite(&mut other, &right, &honest).unwrap();
    for mut line in [one, other] {
        assert!(line.device(&maud.device()).unwrap().revoked.is_some());
        assert_eq!(line.device(&evil.device()), None);
        assert_eq!(line.device(&crony.id()), None);
        for keys in [&maud.keys, &evil.keys, &crony] {
            let act = confirmation(&stranger(14).public(), Role::Coordinator);
            let entry = line.sign_next(Signer::Device(keys.id()), act, keys);
            assert_eq!(line.append(&entry), Err(RosterRefusal::NotAllowed));
        }
        // Somebody who is in may take the same device in, and then it is.
        let act = confirmation(&evil.keys.public(), Role::Volunteer);
        sign(&mut line, &honest, act).unwrap();
        assert_eq!(line.device(&evil.device()).unwrap().role, Role::Volunteer);
    }
}

#[test]
fn whom_she_took_in_before_stays_in() {
    let mut camp = Camp::new(92);
    let (honest, maud) = (camp.join(Role::Coordinator), camp.join(Role::Coordinator));
    let before = stranger(21).public();
    sign(&mut camp.line, &maud, confirmation(&before, Role::Volunteer)).unwrap();
    let mut lost = camp.line.clone();
    sign(&mut lost, &camp.founder, revocation(maud.device(), &[])).unwrap();
    sign(&mut camp.line, &honest, confirmation(&stranger(22).public(), Role::Volunteer)).unwrap();
    reunite(&mut camp.line, &lost, &honest).unwrap();
    assert!(camp.line.device(&before.device()).is_some());
    assert!(camp.line.device(&maud.device()).unwrap().revoked.is_some());
}

#[test]
fn a_device_that_was_put_out_does_not_come_back_by_another_branch() {
    let Fork { camp, honest, maud, right, mut forged } = fork(93);
    let new = stranger(31).public();
    let mut right = right;
    sign(&mut right, &honest, confirmation(&new, Role::Volunteer)).unwrap();
    sign(&mut right, &honest, revocation(new.device(), &[])).unwrap();
    sign(&mut forged, &maud, confirmation(&new, Role::Coordinator)).unwrap();
    reunite(&mut forged, &right, &camp.founder).unwrap();
    assert!(forged.device(&new.device()).unwrap().revoked.is_some());
    assert!(!forged.is_coordinator(&new.device()));
    let again = sign(&mut forged, &honest, confirmation(&new, Role::Volunteer));
    assert_eq!(again, Err(RosterRefusal::Device));
}

#[test]
fn two_who_put_each_other_out_are_both_out_and_a_third_joins() {
    let Fork { camp, honest, maud, right, mut forged } = fork(94);
    sign(&mut forged, &maud, revocation(camp.founder.device(), &[])).unwrap();
    for person in [&maud, &camp.founder] {
        assert!(reunite(&mut right.clone(), &forged, person).is_err());
        assert!(reunite(&mut forged.clone(), &right, person).is_err());
    }
    let mut line = right;
    sign(&mut line, &honest, confirmation(&stranger(41).public(), Role::Volunteer)).unwrap();
    reunite(&mut line, &forged, &honest).unwrap();
    for out in [&maud, &camp.founder] {
        assert!(line.device(&out.device()).unwrap().revoked.is_some());
    }
    assert!(line.is_coordinator(&honest.device()));
}

#[test]
fn without_a_third_the_recovery_code_joins_unless_a_branch_replaced_it() {
    let mut camp = Camp::new(95);
    let maud = camp.join(Role::Coordinator);
    let code = camp.code.keys();
    let mut forged = camp.line.clone();
    sign(&mut forged, &maud, revocation(camp.founder.device(), &[])).unwrap();
    sign(&mut camp.line, &camp.founder, revocation(maud.device(), &[])).unwrap();
    let join = |line: &mut Line, forged: &Line| {
        let lost = line.lacks(forged).map(<[u8]>::to_vec).collect();
        let act = Act::Reunion(Reunion { lost, renewal: None });
        let entry = line.sign_next(Signer::Recovery, act, &code);
        line.append(&entry)
    };
    let mut line = camp.line.clone();
    join(&mut line, &forged).unwrap();
    assert_eq!(line.active().count(), 0);
    let device = stranger(51);
    let act = confirmation(&device.public(), Role::Coordinator);
    let entry = line.sign_next(Signer::Recovery, act, &code);
    line.append(&entry).unwrap();
    assert!(line.is_coordinator(&device.id()));

    let mut recovery = camp.line.recovery().unwrap().clone();
    recovery.keys = stranger(52).public();
    sign(&mut forged, &maud, Act::Recovery(recovery)).unwrap();
    assert_eq!(join(&mut camp.line, &forged), Err(RosterRefusal::NotAllowed));
}

#[test]
fn a_code_of_one_who_is_put_out_is_none_and_one_that_was_replaced_takes_nobody_in() {
    let Fork { camp, honest, maud, mut right, mut forged } = fork(96);
    let with_keys = |seed| {
        let keys = stranger(seed).public();
        Act::Recovery(Recovery { keys, ..camp.line.recovery().unwrap().clone() })
    };
    sign(&mut forged, &maud, with_keys(61)).unwrap();
    let mut line = right.clone();
    sign(&mut line, &honest, confirmation(&stranger(62).public(), Role::Volunteer)).unwrap();
    reunite(&mut line, &forged, &honest).unwrap();
    assert_eq!(line.recovery(), camp.line.recovery());
    // Honest new codes hold; of two the line's.
    sign(&mut right, &honest, with_keys(63)).unwrap();
    let mut line = camp.line.clone();
    sign(&mut line, &honest, confirmation(&stranger(64).public(), Role::Volunteer)).unwrap();
    let mut other = line.clone();
    sign(&mut other, &honest, with_keys(65)).unwrap();
    // Whoever stole the paper used it before he knew that it was replaced.
    let thief = stranger(66);
    let entry = line.sign_next(
        Signer::Recovery,
        confirmation(&thief.public(), Role::Coordinator),
        &camp.code.keys(),
    );
    line.append(&entry).unwrap();
    reunite(&mut line, &right, &honest).unwrap();
    reunite(&mut other, &right, &honest).unwrap();
    assert_eq!(line.recovery().unwrap().keys, stranger(63).public());
    assert_eq!(other.recovery().unwrap().keys, stranger(65).public());
    assert_eq!(line.device(&thief.id()), None);
}
