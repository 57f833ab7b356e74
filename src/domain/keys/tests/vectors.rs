//! The primitives against published vectors, through the functions that the app uses.

use super::super::slot::stretch;
use super::*;

#[test]
fn chacha20_poly1305_is_rfc_8439() {
    // Section 2.8.2.
    let key = unhex32("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    let nonce: [u8; 12] = unhex("070000004041424344454647").try_into().unwrap();
    let aad = unhex("50515253c0c1c2c3c4c5c6c7");
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for \
                  the future, sunscreen would be it.";
    let sealed = seal_with_nonce(&key, nonce, &aad, plain);
    let expected = "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6
                    3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36
                    92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
                    3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691";
    assert_eq!(hex(&sealed), hex(&[nonce.to_vec(), unhex(expected)].concat()));
    assert_eq!(open_with_nonce(&key, &aad, &sealed).unwrap(), plain);
}

#[test]
fn ed25519_is_rfc_8032() {
    // Section 7.1, test 1.
    let seed = unhex32("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let public = DeviceKeys::from_seeds(seed, [0; 32]).public();
    let expected = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    assert_eq!(hex(&public.sign), expected);
}

#[test]
fn x25519_keys_are_derived_as_in_rfc_9180() {
    // Appendix A.2.1: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
    let seed = unhex32("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    let secret = KexSecret::from_seed(&seed);
    // The appendix prints it before RFC 7748's clamping, which clears the highest bit: there it ends in fb.
    let expected = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e07b";
    assert_eq!(hex(secret.as_bytes()), expected);
    let expected = "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
    assert_eq!(hex(&secret.public().0), expected);
}

#[test]
fn argon2id_is_the_reference_implementations() {
    // The vectors of RFC 9106 use a secret and associated data, which the app does not. This is the
    // reference implementation's: argon2id, version 0x13, 2 passes, 64 MiB, 1 lane.
    let key = stretch("password", b"somesalt", 64 * 1024, 2).unwrap();
    let expected = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7";
    assert_eq!(hex(&key), expected);
}

#[test]
fn a_point_of_small_order_is_no_reader() {
    let mut rng = SeededRandom::new(1);
    assert_eq!(seal_for(&KexPublic([0; 32]), b"", b"text", &mut rng), Err(Unopened));
    assert_eq!(open_for(&KexSecret::generate(&mut rng), b"", &[0; 48]), Err(Unopened));
    assert_eq!(open_for(&KexSecret::generate(&mut rng), b"", &[0; 12]), Err(Unopened));
}

#[test]
fn a_signature_is_of_one_purpose_one_message_and_one_device() {
    let mut rng = SeededRandom::new(2);
    let (keys, other) = (DeviceKeys::generate(&mut rng), DeviceKeys::generate(&mut rng));
    let signature = keys.sign("bundle", &[b"ab", b"c"]);
    assert!(keys.public().signed("bundle", &[b"ab", b"c"], &signature));
    assert!(!keys.public().signed("grant", &[b"ab", b"c"], &signature));
    assert!(!keys.public().signed("bundle", &[b"a", b"bc"], &signature));
    assert!(!other.public().signed("bundle", &[b"ab", b"c"], &signature));
    let no_point = PublicKeys { sign: [2; 32], ..keys.public() };
    assert!(!no_point.signed("bundle", &[b"ab", b"c"], &signature));
    assert_eq!(keys.id(), keys.public().device());
    assert_ne!(keys.id(), no_point.device());
}
