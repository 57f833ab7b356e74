//! Invitations: the link, the proof, what is sealed for whom.

use proptest::prelude::*;

use super::*;
use crate::codec::Malformed;
use crate::ids::{EntryId, InviteId, MemberId};
use crate::roster::Role;
use crate::testing::Camp;

fn link(rng: &mut SeededRandom) -> InviteLink {
    InviteLink {
        invite: InviteId(random(rng)),
        secret: InviteSecret(random(rng)),
        campaign: CampaignId(random(rng)),
        newest: EntryId(random(rng)),
        role: Role::Volunteer,
        member: Some(MemberId(random(rng))).filter(|member| member.0[0] & 1 == 0),
    }
}

proptest! {
    #[test]
    fn a_link_is_read_back_alone_or_pasted_whole(seed: u64) {
        let link = link(&mut SeededRandom::new(seed));
        let fragment = link.to_fragment();
        prop_assert!(fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        let whole = format!(" https://perron.example/enter?lang=nl#{fragment}\n");
        prop_assert!(InviteLink::from_fragment(&fragment) == Ok(link.clone()));
        let hashed = ["#", &fragment].concat();
        prop_assert!(InviteLink::from_fragment(&hashed) == Ok(link.clone()));
        prop_assert!(InviteLink::from_fragment(&whole) == Ok(link));
    }

    #[test]
    fn no_text_makes_reading_a_link_fail_otherwise_than_by_saying_so(text: String) {
        prop_assert!(InviteLink::from_fragment(&text).is_err());
    }
}

#[test]
fn a_cut_link_is_refused() {
    let fragment = link(&mut SeededRandom::new(7)).to_fragment();
    for end in 0..fragment.len() {
        assert!(InviteLink::from_fragment(&fragment[..end]).is_err(), "{end}");
    }
    assert!(InviteLink::from_fragment(&format!("{fragment}AAAA")) == Err(Malformed::Shape));
    assert!(InviteLink::from_fragment(&format!("{fragment}=")) == Err(Malformed::Shape));
}

#[test]
fn the_proof_is_of_these_keys_and_this_invitation() {
    let mut rng = SeededRandom::new(8);
    let (secret, other) = (InviteSecret(random(&mut rng)), InviteSecret(random(&mut rng)));
    let (mine, swapped) = (DeviceKeys::generate(&mut rng), DeviceKeys::generate(&mut rng));
    let proof = secret.proof(&mine.public());
    assert!(secret.proves(&mine.public(), &proof));
    assert!(!secret.proves(&swapped.public(), &proof));
    assert!(!other.proves(&mine.public(), &proof));
    let mixed = PublicKeys { kex: swapped.public().kex, ..mine.public() };
    assert!(!secret.proves(&mixed, &proof));
}

#[test]
fn everything_a_secret_derives_is_different() {
    let secret = InviteSecret([3; 16]);
    let token = secret.token();
    assert_ne!(token[..16], secret.member().0);
    assert_ne!(token, InviteSecret::token_hash(&token));
    assert_ne!(secret.member(), InviteSecret([4; 16]).member());
}

#[test]
fn network_keys_open_for_the_guest_only() {
    let mut rng = SeededRandom::new(9);
    let (secret, other) = (InviteSecret(random(&mut rng)), InviteSecret(random(&mut rng)));
    let keys = NetworkKeys(vec![NetworkKey { generation: 2, key: random(&mut rng) }]);
    let sealed = secret.seal_network(&keys);
    assert_eq!(secret.open_network(&sealed).unwrap().0[0].key, keys.0[0].key);
    assert!(other.open_network(&sealed).is_err());
}

#[test]
fn terms_open_for_the_team_only_and_only_a_coordinator_s_are_believed() {
    let mut camp = Camp::new(10);
    let (second, mina) = (camp.join(Role::Coordinator), camp.join(Role::Volunteer));
    let (invite, another) = (InviteId(random(&mut camp.rng)), InviteId(random(&mut camp.rng)));
    let (secret, role) = (InviteSecret(random(&mut camp.rng)), Role::Coordinator);
    let terms = InviteTerms { secret, role, name: "Noor".into(), member: Some(mina.member) };
    let line = camp.line.clone();
    let team = camp.founder.ring(&line).team(1).unwrap().clone();
    let outsider = KexSecret::generate(&mut camp.rng);
    let sealed = terms.seal(&line, &second.keys, &invite, &mut camp.rng).unwrap();
    let opened = InviteTerms::open(&sealed, &team, &line, &invite).unwrap();
    assert!(opened.secret == terms.secret && opened.role == role);
    assert_eq!(opened.member(), mina.member);
    assert!(InviteTerms::open(&sealed, &team, &line, &another).is_err());
    assert!(InviteTerms::open(&sealed, &outsider, &line, &invite).is_err());
    assert!(InviteTerms::open(&sealed, &team, &Camp::new(11).line, &invite).is_err());
    // Anybody can seal to the team's public key: a member, and a server that makes keys up.
    for keys in [&mina.keys, &DeviceKeys::generate(&mut camp.rng)] {
        let forged = terms.seal(&line, keys, &invite, &mut camp.rng).unwrap();
        assert!(InviteTerms::open(&forged, &team, &line, &invite).is_err());
    }
    // What a coordinator offered ends with their right to offer it.
    camp.revoke(second.device(), vec![]);
    assert!(InviteTerms::open(&sealed, &team, &camp.line, &invite).is_err());
}
