//! The stored and sent forms of keys, pinned: a change here breaks every device in the field.

use super::*;
use crate::codec;
use crate::ids::{EntryId, InviteId, MemberId};
use crate::roster::Role;

#[test]
fn wraps_are_pinned() {
    let mut rng = SeededRandom::new(30);
    let secret = KexSecret::generate(&mut rng);
    let usage = WrapUse { purpose: "bundle key", campaign: &CAMPAIGN, subject: b"subject" };
    let key = [5; 32];
    let readers = [
        Reader::Team(1),
        Reader::Device(crate::ids::DeviceId([2; 16])),
        Reader::Network(3),
        Reader::Recovery,
    ];
    let public = readers
        .map(|reader| Wrap::to_public(reader, &secret.public(), usage, &key, &mut rng).unwrap());
    let shared = Wrap::under_shared(Reader::Network(3), &[6; 32], usage, &key);
    let lines = public.iter().chain([&shared]).map(|wrap| hex(&codec::encode(1, wrap)));
    insta::assert_snapshot!("wraps_v1", lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn device_keys_are_pinned() {
    let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
    let signature = keys.sign("purpose", &[b"part"]);
    let text = format!(
        "device    {}\npublic    {}\nsecret    {}\nsignature {}",
        keys.id(),
        hex(&codec::encode(1, &keys.public())),
        hex(&codec::encode(1, &keys)),
        hex(&codec::encode(1, &signature)),
    );
    insta::assert_snapshot!("device_keys_v1", text);
}

#[test]
fn invitations_are_pinned() {
    let secret = InviteSecret([2; 16]);
    let link = InviteLink {
        invite: InviteId([1; 16]),
        secret: secret.clone(),
        campaign: CAMPAIGN,
        newest: EntryId([4; 32]),
        role: Role::Coordinator,
        member: None,
    };
    let phone = InviteLink { member: Some(MemberId([6; 16])), ..link.clone() };
    let keys = NetworkKeys(vec![NetworkKey { generation: 1, key: [9; 32] }]);
    let (role, name) = (Role::Volunteer, "Noor".to_owned());
    let terms = InviteTerms { secret: secret.clone(), role, name, member: None };
    let further = InviteTerms { member: Some(MemberId([6; 16])), ..terms.clone() };
    let proof = secret.proof(&DeviceKeys::from_seeds([1; 32], [2; 32]).public());
    let text = format!(
        "link    {}\nphone   {}\ntoken   {}\nhash    {}\nmember  {}\nproof   {}\nnetwork {}\nterms   {}\nfurther {}",
        link.to_fragment(),
        phone.to_fragment(),
        hex(&secret.token()),
        hex(&InviteSecret::token_hash(&secret.token())),
        secret.member(),
        hex(&proof),
        hex(&secret.seal_network(&keys)),
        hex(&codec::encode(2, &terms)),
        hex(&codec::encode(2, &further)),
    );
    insta::assert_snapshot!("invitation_v2", text);
}

#[test]
fn recovery_codes_are_pinned() {
    let code = RecoveryCode::new([0x5a; 16]);
    let public = code.keys().public();
    let text = format!("{code}\n{}", hex(&codec::encode(1, &public)));
    insta::assert_snapshot!("recovery_code_v1", text);
}

#[test]
fn vault_key_slots_are_pinned() {
    let mut rng = SeededRandom::new(31);
    let key = VaultKey::generate(&mut rng);
    let slots = [
        key.raw_slot(),
        VaultKeySlot::Passphrase {
            salt: [1; 16],
            memory: 64 * 1024,
            passes: 3,
            sealed: vec![2; 48],
        },
        VaultKeySlot::Team { generation: 7, sealed: vec![3; 80] },
    ];
    let lines: Vec<String> = slots.iter().map(|slot| hex(&slot.to_bytes())).collect();
    let sealed = hex(&key.seal(&[b"store", b"key"], b"value", [4; 12]));
    let index = hex(&key.index(&[b"store", b"key"]));
    let text = format!("{}\nvalue {sealed}\nindex {index}", lines.join("\n"));
    insta::assert_snapshot!("vault_key_slots_v1", text);
}
