//! Invitations: the link, the proof, what is sealed for whom.

use proptest::prelude::*;

use super::*;
use crate::codec::Malformed;
use crate::ids::{EntryId, InviteId};
use crate::roster::Role;

fn link(rng: &mut SeededRandom) -> InviteLink {
    InviteLink {
        invite: InviteId(random(rng)),
        secret: InviteSecret(random(rng)),
        campaign: CampaignId(random(rng)),
        newest: EntryId(random(rng)),
        role: Role::Volunteer,
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
fn network_keys_and_terms_open_for_the_guest_and_the_team_only() {
    let mut rng = SeededRandom::new(9);
    let (secret, other) = (InviteSecret(random(&mut rng)), InviteSecret(random(&mut rng)));
    let keys = NetworkKeys(vec![NetworkKey { generation: 2, key: random(&mut rng) }]);
    let sealed = secret.seal_network(&keys);
    assert_eq!(secret.open_network(&sealed).unwrap().0[0].key, keys.0[0].key);
    assert!(other.open_network(&sealed).is_err());

    let (team, outsider) = (KexSecret::generate(&mut rng), KexSecret::generate(&mut rng));
    let (invite, another) = (InviteId(random(&mut rng)), InviteId(random(&mut rng)));
    let terms = InviteTerms { secret, role: Role::Coordinator, name: "Noor".into() };
    let sealed = terms.seal(&team.public(), &CAMPAIGN, &invite, &mut rng).unwrap();
    let opened = InviteTerms::open(&sealed, &team, &CAMPAIGN, &invite).unwrap();
    assert!(opened.secret == terms.secret && opened.role == Role::Coordinator);
    assert!(InviteTerms::open(&sealed, &team, &CAMPAIGN, &another).is_err());
    assert!(InviteTerms::open(&sealed, &team, &CampaignId([8; 32]), &invite).is_err());
    assert!(InviteTerms::open(&sealed, &outsider, &CAMPAIGN, &invite).is_err());
}
