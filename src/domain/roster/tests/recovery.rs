//! What the holder of a lone recovery code may do: take one device in.

use super::*;
use crate::keys::RecoveryCode;

#[test]
fn the_code_takes_a_coordinator_in_and_signs_nothing_else() {
    let mut camp = Camp::new(20);
    let code: RecoveryCode = camp.code.to_string().parse().unwrap();
    let keys = code.keys();
    let forbidden = [
        Act::Revocation(Revocation { device: camp.founder.device(), accepted: vec![] }),
        Act::Generation(camp.line.generation().unwrap().clone()),
        Act::Recovery(camp.line.recovery().unwrap().clone()),
    ];
    for act in forbidden {
        let entry = camp.line.sign_next(Signer::Recovery, act, &keys);
        assert_eq!(camp.line.append(&entry), Err(RosterRefusal::NotAllowed));
    }
    let device = stranger(1);
    let act = confirmation(&device.public(), Role::Coordinator);
    let forged = camp.line.sign_next(Signer::Recovery, act.clone(), &stranger(2));
    assert_eq!(camp.line.append(&forged), Err(RosterRefusal::Signature));
    let entry = camp.line.sign_next(Signer::Recovery, act, &keys);
    assert!(camp.line.append(&entry).is_ok());
    assert!(camp.line.is_coordinator(&device.id()));
}

#[test]
fn a_new_code_ends_the_old_one() {
    let mut camp = Camp::new(21);
    let new = RecoveryCode::new(random(&mut camp.rng));
    let team_wrap = camp.line.recovery().unwrap().team_wrap.clone();
    let old = camp.code.keys();
    camp.act(Act::Recovery(Recovery { keys: new.keys().public(), team_wrap })).unwrap();
    let act = confirmation(&stranger(3).public(), Role::Coordinator);
    let entry = camp.line.sign_next(Signer::Recovery, act.clone(), &old);
    assert_eq!(camp.line.append(&entry), Err(RosterRefusal::Signature));
    let entry = camp.line.sign_next(Signer::Recovery, act, &new.keys());
    assert!(camp.line.append(&entry).is_ok());
}
