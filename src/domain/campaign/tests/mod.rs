//! Tests of what a coordinator's device does: nothing a server says is believed.

use super::*;
use crate::ids::InviteId;
use crate::keys::{DeviceKeys, InviteSecret, InviteTerms, Reader, random};
use crate::roster::Role;
use crate::testing::{Camp, SeededRandom};

fn check(camp: &Camp, enrolment: &Enrolment) -> Result<Role, NotConfirmed> {
    let ring = camp.founder.ring(&camp.line);
    let confirmed = confirm(&camp.line, &ring, enrolment, &mut SeededRandom::new(1));
    confirmed.map(|(_, terms)| terms.role)
}

#[test]
fn an_honest_guest_gets_the_role_of_the_terms_and_the_member_of_the_secret() {
    let mut camp = Camp::new(1);
    for role in [Role::Volunteer, Role::Coordinator, Role::Partner] {
        let guest = camp.guest(role);
        camp.confirm(&guest);
        let standing = camp.line.device(&guest.person.device()).unwrap();
        assert_eq!((standing.role, standing.member), (role, guest.person.member));
    }
    assert_eq!(camp.line.confirmations()[0].wraps.len(), 1);
    assert_eq!(camp.line.confirmations()[1].wraps.len(), 2);
}

#[test]
fn a_server_that_swaps_keys_proof_terms_or_invitation_is_found_out() {
    let mut camp = Camp::new(2);
    let (guest, other) = (camp.guest(Role::Volunteer), camp.guest(Role::Coordinator));
    let honest = guest.enrolment.clone();
    assert_eq!(check(&camp, &honest), Ok(Role::Volunteer));
    let intruder = DeviceKeys::generate(&mut camp.rng).public();
    let altered = |alter: &dyn Fn(&mut Enrolment)| {
        let mut enrolment = honest.clone();
        alter(&mut enrolment);
        check(&camp, &enrolment)
    };
    assert_eq!(altered(&|e| e.keys = intruder), Err(NotConfirmed::Proof));
    assert_eq!(altered(&|e| e.proof[0] ^= 1), Err(NotConfirmed::Proof));
    assert_eq!(altered(&|e| e.terms[40] ^= 1), Err(NotConfirmed::Terms));
    assert_eq!(altered(&|e| e.invite = InviteId([0; 16])), Err(NotConfirmed::Terms));
    assert_eq!(altered(&|e| e.terms = other.enrolment.terms.clone()), Err(NotConfirmed::Terms));
    assert_eq!(altered(&|e| e.generation = 2), Err(NotConfirmed::NoTeamKey));
    // Another's terms with the other's invitation: the role is real, but the keys are not its guest's.
    let promoted = Enrolment {
        invite: other.enrolment.invite,
        terms: other.enrolment.terms.clone(),
        ..honest.clone()
    };
    assert_eq!(check(&camp, &promoted), Err(NotConfirmed::Proof));
    camp.confirm(&guest);
    assert_eq!(check(&camp, &guest.enrolment), Err(NotConfirmed::Known));
}

#[test]
fn an_invitation_takes_one_device_in_and_that_one_again_where_the_roster_lost_it() {
    let mut camp = Camp::new(8);
    let guest = camp.guest(Role::Coordinator);
    let before = camp.line.clone();
    let keys = DeviceKeys::generate(&mut camp.rng).public();
    let (proof, honest) = (guest.secret.proof(&keys), guest.enrolment.clone());
    // What whoever keeps the invitation's link can offer at any time.
    let second = Enrolment { keys, proof, ..honest.clone() };
    assert_eq!(check(&camp, &second), Ok(Role::Coordinator));
    camp.confirm(&guest);
    assert_eq!(check(&camp, &second), Err(NotConfirmed::Used));
    camp.revoke(guest.person.device(), Vec::new());
    assert_eq!(check(&camp, &second), Err(NotConfirmed::Used));
    camp.line = before;
    assert_eq!(check(&camp, &honest), Ok(Role::Coordinator));
}

#[test]
fn a_server_that_seals_terms_of_its_own_names_nobody() {
    let mut camp = Camp::new(6);
    let mina = camp.join(Role::Volunteer);
    // The team's key is public, and so is everything else that sealing needs.
    let intruder = DeviceKeys::generate(&mut camp.rng);
    let (secret, id) = (InviteSecret([1; 16]), InviteId([2; 16]));
    let (role, name) = (Role::Coordinator, "Mina".to_owned());
    let terms = InviteTerms { secret: secret.clone(), role, name, member: Some(mina.member) };
    let sealed = terms.seal(&camp.line, &intruder, &id, &mut camp.rng).unwrap();
    let (keys, proof) = (intruder.public(), secret.proof(&intruder.public()));
    let enrolment = Enrolment { invite: id, terms: sealed, generation: 1, keys, proof };
    assert_eq!(check(&camp, &enrolment), Err(NotConfirmed::Terms));
}

#[test]
fn a_new_phone_of_a_member_becomes_that_member_s() {
    let mut camp = Camp::new(7);
    let mina = camp.join(Role::Volunteer);
    let guest = camp.new_phone(&mina, Role::Volunteer);
    assert_eq!(guest.person.member, mina.member);
    camp.confirm(&guest);
    let devices: Vec<_> = camp.line.devices_of(&mina.member).map(|(id, _)| *id).collect();
    assert_eq!(devices.len(), 2);
    assert!(devices.contains(&mina.device()) && devices.contains(&guest.person.device()));
}

#[test]
fn only_who_holds_the_team_key_confirms_and_what_a_volunteer_signs_is_refused() {
    let mut camp = Camp::new(3);
    let (volunteer, guest) = (camp.join(Role::Volunteer), camp.guest(Role::Volunteer));
    let ring = volunteer.ring(&camp.line);
    let refused = confirm(&camp.line, &ring, &guest.enrolment, &mut SeededRandom::new(1));
    assert_eq!(refused.err(), Some(NotConfirmed::NoTeamKey));
    let second = camp.join(Role::Coordinator);
    let ring = second.ring(&camp.line);
    let entry = confirm(&camp.line, &ring, &guest.enrolment, &mut SeededRandom::new(1)).unwrap().0;
    assert!(camp.line.append(&entry).is_ok());
}

#[test]
fn a_guest_invited_before_a_rotation_is_confirmed_with_the_newest_keys() {
    let mut camp = Camp::new(4);
    let guest = camp.guest(Role::Coordinator);
    camp.rotate();
    camp.confirm(&guest);
    let ring = guest.person.ring(&camp.line);
    assert!(ring.team(1).is_some() && ring.team(2).is_some());
    assert!(ring.network(1).is_some() && ring.network(2).is_some());
}

#[test]
fn a_device_founds_two_campaigns_that_are_not_one() {
    let mut rng = SeededRandom::new(5);
    let keys = DeviceKeys::generate(&mut rng);
    let code = crate::keys::RecoveryCode::new(random(&mut rng));
    let (one, two) =
        (found(&keys, &code, &mut rng).unwrap(), found(&keys, &code, &mut rng).unwrap());
    assert_ne!(one.line.campaign(), two.line.campaign());
    assert_ne!(one.member, two.member);
    let generation = one.line.generation().unwrap();
    assert!(generation.team_wraps.iter().any(|wrap| wrap.reader == Reader::Recovery));
    assert_eq!(generation.generation, 1);
    assert!(one.line.is_coordinator(&keys.id()));
}
