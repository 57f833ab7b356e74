//! Every refusal there is, each reached on purpose.

use super::*;
use crate::codec::Malformed;
use crate::ledger::{Kind, Signed};

fn signed(camp: &Camp, signer: Signer, act: Act, keys: &DeviceKeys) -> Vec<u8> {
    camp.line.sign_next(signer, act, keys)
}

fn founder_signs(camp: &mut Camp, act: Act) -> Result<EntryId, RosterRefusal> {
    camp.act(act)
}

#[test]
fn malformed() {
    let mut camp = Camp::new(10);
    assert_eq!(camp.line.append(b""), Err(RosterRefusal::Malformed(Malformed::Shape)));
    assert_eq!(camp.line.append(&[3, 9]), Err(RosterRefusal::Malformed(Malformed::Version(9))));
    assert_eq!(camp.line.append(&[9, 1]), Err(RosterRefusal::Malformed(Malformed::Version(9))));
    assert!(matches!(Line::found(b"x"), Err(RosterRefusal::Malformed(_))));
}

#[test]
fn campaign() {
    let (mut camp, other) = (Camp::new(11), Camp::new(12));
    let foreign = other.line.sign_next(
        Signer::Device(other.founder.device()),
        confirmation(&stranger(1).public(), Role::Volunteer),
        &other.founder.keys,
    );
    assert_eq!(camp.line.append(&foreign), Err(RosterRefusal::Campaign));
    let founding = other.line.entries().next().unwrap().to_vec();
    assert_eq!(camp.line.append(&founding), Err(RosterRefusal::Campaign));
}

#[test]
fn a_founder_s_entry_is_the_first_and_only_the_first() {
    let mut camp = Camp::new(13);
    let founder =
        Founder { member: MemberId([1; 16]), keys: camp.founder.keys.public(), salt: [1; 16] };
    assert_eq!(founder_signs(&mut camp, Act::Founder(founder.clone())), Err(RosterRefusal::Moved));
    // A first entry that is no founder's.
    let second = camp.line.entries().nth(1).unwrap().to_vec();
    assert_eq!(Line::found(&second).unwrap_err(), RosterRefusal::Moved);
    // A founder's entry signed by another, or naming another signer, or with something before it.
    let other = stranger(2);
    let entry = |signer, previous, keys: &DeviceKeys| {
        let act = Act::Founder(founder.clone());
        Signed::sign(Kind::Roster, RosterEntry { campaign: None, previous, signer, act }, keys).1
    };
    let me = Signer::Device(camp.founder.device());
    assert!(Line::found(&entry(me, None, &camp.founder.keys)).is_ok());
    let bad = [
        entry(me, None, &other),
        entry(Signer::Device(other.id()), None, &camp.founder.keys),
        entry(Signer::Recovery, None, &camp.founder.keys),
        entry(me, Some(camp.line.newest()), &camp.founder.keys),
    ];
    for bytes in bad {
        assert_eq!(Line::found(&bytes).unwrap_err(), RosterRefusal::Signature);
    }
}

#[test]
fn signature() {
    let mut camp = Camp::new(14);
    let act = confirmation(&stranger(3).public(), Role::Volunteer);
    let forged = signed(&camp, Signer::Device(camp.founder.device()), act, &stranger(4));
    assert_eq!(camp.line.append(&forged), Err(RosterRefusal::Signature));
}

#[test]
fn a_volunteer_a_partner_a_stranger_and_a_revoked_coordinator_may_not_sign() {
    let mut camp = Camp::new(15);
    let (volunteer, partner) = (camp.join(Role::Volunteer), camp.join(Role::Partner));
    let former = camp.join(Role::Coordinator);
    camp.revoke(former.device(), vec![]);
    let unknown = stranger(5);
    for keys in [&volunteer.keys, &partner.keys, &former.keys, &unknown] {
        let acts = [
            confirmation(&stranger(6).public(), Role::Coordinator),
            Act::Revocation(Revocation { device: camp.founder.device(), accepted: vec![] }),
            Act::Generation(camp.line.generation().unwrap().clone()),
            Act::Recovery(camp.line.recovery().unwrap().clone()),
        ];
        for act in acts {
            let entry = signed(&camp, Signer::Device(keys.id()), act, keys);
            assert_eq!(camp.line.append(&entry), Err(RosterRefusal::NotAllowed));
        }
    }
}

#[test]
fn device() {
    let mut camp = Camp::new(16);
    let volunteer = camp.join(Role::Volunteer);
    let again = confirmation(&volunteer.keys.public(), Role::Coordinator);
    assert_eq!(founder_signs(&mut camp, again.clone()), Err(RosterRefusal::Device));
    let revoke = |device| Act::Revocation(Revocation { device, accepted: vec![] });
    let unknown = stranger(7).id();
    assert_eq!(founder_signs(&mut camp, revoke(unknown)), Err(RosterRefusal::Device));
    assert!(founder_signs(&mut camp, revoke(volunteer.device())).is_ok());
    assert_eq!(founder_signs(&mut camp, revoke(volunteer.device())), Err(RosterRefusal::Device));
    // Who was put out does not come back under the same keys.
    assert_eq!(founder_signs(&mut camp, again), Err(RosterRefusal::Device));
}

#[test]
fn last_coordinator() {
    let mut camp = Camp::new(17);
    let (volunteer, founder) = (camp.join(Role::Volunteer), camp.founder.device());
    let revoke = |device| Act::Revocation(Revocation { device, accepted: vec![] });
    assert_eq!(founder_signs(&mut camp, revoke(founder)), Err(RosterRefusal::LastCoordinator));
    assert!(founder_signs(&mut camp, revoke(volunteer.device())).is_ok());
    let second = camp.join(Role::Coordinator);
    assert!(founder_signs(&mut camp, revoke(founder)).is_ok());
    let mut act = revoke(second.device());
    let entry = signed(&camp, Signer::Device(second.device()), act.clone(), &second.keys);
    assert_eq!(camp.line.append(&entry), Err(RosterRefusal::LastCoordinator));
    act = confirmation(&stranger(8).public(), Role::Coordinator);
    assert_eq!(founder_signs(&mut camp, act), Err(RosterRefusal::NotAllowed));
}

#[test]
fn a_generation_that_leaves_a_coordinator_the_code_or_the_past_behind() {
    let mut camp = Camp::new(18);
    let second = camp.join(Role::Coordinator);
    let mut good = {
        let mut fork = camp.clone();
        fork.rotate();
        fork.line.generation().unwrap().clone()
    };
    let mut bad = vec![good.clone(); 5];
    bad[0].generation = 3;
    bad[1].team_wraps.retain(|wrap| wrap.reader != Reader::Device(second.device()));
    bad[2].team_wraps.retain(|wrap| wrap.reader != Reader::Recovery);
    bad[3].older_team = None;
    bad[4] = camp.line.generation().unwrap().clone();
    for generation in bad {
        let refused = founder_signs(&mut camp, Act::Generation(generation));
        assert_eq!(refused, Err(RosterRefusal::Generation));
    }
    // A volunteer's wrap may be missing: it is granted again, or the device enrols again.
    good.network_wraps.clear();
    assert!(founder_signs(&mut camp, Act::Generation(good)).is_ok());
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let all = [
        RosterRefusal::Malformed(Malformed::Shape),
        RosterRefusal::Moved,
        RosterRefusal::Campaign,
        RosterRefusal::Signature,
        RosterRefusal::NotAllowed,
        RosterRefusal::Device,
        RosterRefusal::LastCoordinator,
        RosterRefusal::Generation,
        RosterRefusal::Reunion,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(RosterRefusal::code).collect();
    assert_eq!(codes.len(), all.len());
}
