//! Sizes: what fits, what does not, what the length tells.

use miniz_oxide::deflate;

use super::super::body::{pack, unpack};
use super::super::padding::padded_length;
use super::*;
use crate::codec;

#[test]
fn changes_up_to_the_limit_always_fit_however_badly_they_compress() {
    let mut rng = SeededRandom::new(10);
    let mut noise = vec![0; MAX_CHANGES];
    rand_core::Rng::fill_bytes(&mut rng, &mut noise);
    let one = [item(&noise)];
    let many: Vec<BodyItem> = noise.chunks(100).map(item).collect();
    for items in [&one[..], &many] {
        let body = pack(items).unwrap();
        assert!(body.len() <= MAX_BODY);
        assert_eq!(unpack(&body).unwrap(), items);
    }
    let (_, bundle) = sealed(&many, &mut rng);
    assert!(bundle.bytes.len() <= MAX_BUNDLE, "{}", bundle.bytes.len());
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_sealed() {
    let mut rng = SeededRandom::new(11);
    let mut noise = vec![0; MAX_BODY];
    rand_core::Rng::fill_bytes(&mut rng, &mut noise);
    assert_eq!(pack(&[item(&noise)]), Err(BadBody::TooLarge));
    let keys = DeviceKeys::generate(&mut rng);
    let refused = seal(&keys, &plan(&[]), &[item(&noise)], &mut rng);
    assert_eq!(refused.unwrap_err(), BadBundle::Body(BadBody::TooLarge));
}

#[test]
fn a_body_made_to_exhaust_a_phone_is_refused() {
    let bomb = deflate::compress_to_vec(&vec![0; 64 * 1024 * 1024], 9);
    assert!(bomb.len() < MAX_BODY);
    let body = [(bomb.len() as u32).to_le_bytes().to_vec(), bomb].concat();
    assert_eq!(unpack(&body), Err(BadBody::Malformed(Malformed::Shape)));
    // A length that asks for memory it does not bring.
    let plain = codec::encode(1, &u64::MAX);
    let packed = deflate::compress_to_vec(&plain, 6);
    let body = [(packed.len() as u32).to_le_bytes().to_vec(), packed].concat();
    assert_eq!(unpack(&body), Err(BadBody::Malformed(Malformed::Shape)));
    for body in [&[][..], &[1, 2, 3], &[255; 4], &[0; 4], &[4, 0, 0, 0, 9, 9, 9, 9]] {
        assert!(unpack(body).is_err());
    }
}

#[test]
fn short_bodies_all_look_alike_and_long_ones_tell_only_their_class() {
    let mut rng = SeededRandom::new(12);
    let mut length = |text: &[u8]| sealed(&[item(text)], &mut rng).1.bytes.len();
    let shortest = length(b"");
    assert_eq!(length(b"un mot"), shortest);
    assert_eq!(length("Une soirée calme, trois matelas, de bonnes soupes.".as_bytes()), shortest);
    for padded in [256, 272, 1024, MAX_BODY] {
        assert_eq!(padded_length(padded), padded, "a padded length is its own class");
    }
}
