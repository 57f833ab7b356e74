//! A wrap opens for its reader, its purpose and its subject, and for nothing else.

use proptest::prelude::*;

use super::*;
use crate::ids::DeviceId;

fn usage<'a>(purpose: &'a str, campaign: &'a CampaignId, subject: &'a [u8]) -> WrapUse<'a> {
    WrapUse { purpose, campaign, subject }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sealing_then_opening_gives_the_text_back(
        seed: u64, plain: Vec<u8>, info: Vec<u8>, flip in any::<prop::sample::Index>(), bit in 0..8_u32,
    ) {
        let mut rng = SeededRandom::new(seed);
        let secret = KexSecret::generate(&mut rng);
        let sealed = seal_for(&secret.public(), &info, &plain, &mut rng).unwrap();
        prop_assert_eq!(open_for(&secret, &info, &sealed), Ok(plain.clone()));
        let mut altered = sealed.clone();
        altered[flip.index(sealed.len())] ^= 1_u8 << bit;
        prop_assert_eq!(open_for(&secret, &info, &altered), Err(Unopened));
        prop_assert_eq!(open_for(&KexSecret::generate(&mut rng), &info, &sealed), Err(Unopened));

        let key: [u8; 32] = random(&mut rng);
        let sealed = seal_with_nonce(&key, random(&mut rng), &info, &plain);
        prop_assert_eq!(open_with_nonce(&key, &info, &sealed), Ok(plain.clone()));
        let mut altered = sealed.clone();
        altered[flip.index(sealed.len())] ^= 1_u8 << bit;
        prop_assert_eq!(open_with_nonce(&key, &info, &altered), Err(Unopened));
        prop_assert_eq!(open_with_key(&key, &info, &seal_with_key(&key, &info, &plain)), Ok(plain));
    }
}

#[test]
fn every_flipped_bit_of_a_wrap_closes_it() {
    let mut rng = SeededRandom::new(3);
    let secret = KexSecret::generate(&mut rng);
    let (reader, shared, key) = (Reader::Network(1), random(&mut rng), random(&mut rng));
    let usage = usage("bundle key", &CAMPAIGN, b"subject");
    let public = Wrap::to_public(reader, &secret.public(), usage, &key, &mut rng).unwrap();
    let under = Wrap::under_shared(reader, &shared, usage, &key);
    assert_eq!(public.open(&secret, usage), Ok(key));
    assert_eq!(under.open_shared(&shared, usage), Ok(key));
    for position in 0..public.sealed.len() {
        let mut altered = public.clone();
        altered.sealed[position] ^= 1;
        assert_eq!(altered.open(&secret, usage), Err(Unopened), "byte {position}");
    }
    for position in 0..under.sealed.len() {
        let mut altered = under.clone();
        altered.sealed[position] ^= 1;
        assert_eq!(altered.open_shared(&shared, usage), Err(Unopened), "byte {position}");
    }
    for end in 0..public.sealed.len() {
        let cut = Wrap { reader, sealed: public.sealed[..end].to_vec() };
        assert_eq!(cut.open(&secret, usage), Err(Unopened));
        assert_eq!(cut.open_shared(&shared, usage), Err(Unopened));
    }
}

#[test]
fn a_wrap_cannot_be_moved_to_another_use_or_reader() {
    let mut rng = SeededRandom::new(4);
    let (secret, shared, key) = (KexSecret::generate(&mut rng), random(&mut rng), random(&mut rng));
    let here = usage("bundle key", &CAMPAIGN, b"subject");
    let other_campaign = CampaignId([8; 32]);
    let elsewhere = [
        usage("team key", &CAMPAIGN, b"subject"),
        usage("bundle key", &other_campaign, b"subject"),
        usage("bundle key", &CAMPAIGN, b"subjecu"),
        usage("bundle keys", &CAMPAIGN, b"ubject"),
    ];
    let reader = Reader::Device(DeviceId([1; 16]));
    let public = Wrap::to_public(reader, &secret.public(), here, &key, &mut rng).unwrap();
    let under = Wrap::under_shared(reader, &shared, here, &key);
    for usage in elsewhere {
        assert_eq!(public.open(&secret, usage), Err(Unopened));
        assert_eq!(under.open_shared(&shared, usage), Err(Unopened));
    }
    let readers =
        [Reader::Device(DeviceId([2; 16])), Reader::Team(1), Reader::Network(1), Reader::Recovery];
    for reader in readers {
        let moved = Wrap { reader, ..public.clone() };
        assert_eq!(moved.open(&secret, here), Err(Unopened));
        let moved = Wrap { reader, ..under.clone() };
        assert_eq!(moved.open_shared(&shared, here), Err(Unopened));
    }
}

#[test]
fn a_wrap_of_something_that_is_no_key_does_not_open() {
    let mut rng = SeededRandom::new(5);
    let secret = KexSecret::generate(&mut rng);
    let (reader, usage) = (Reader::Recovery, usage("team key", &CAMPAIGN, b"1"));
    let sealed = seal_for(&secret.public(), &usage.label(&reader), b"short", &mut rng).unwrap();
    assert_eq!(Wrap { reader, sealed }.open(&secret, usage), Err(Unopened));
}
