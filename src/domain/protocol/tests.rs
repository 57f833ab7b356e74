//! The wire, pinned call by call; and what is no reply.

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::*;
use crate::campaign::Enrolment;
use crate::codec::{decode, encode};
use crate::ids::{CampaignId, EntryId, Epoch, InviteId};
use crate::keys::{DeviceKeys, Reader, Wrap};
use crate::ledger::{Chain, Kind, ServedDigest};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn keys() -> DeviceKeys {
    DeviceKeys::from_seeds([1; 32], [2; 32])
}

fn wrap() -> Wrap {
    Wrap { reader: Reader::Team(1), sealed: vec![3; 4] }
}

fn page() -> Page {
    let entry = Delivered {
        number: 5,
        id: EntryId::of(b"entry"),
        kind: Kind::Bundle,
        received_at: 1_700_000_000_000,
        bytes: Some(b"entry".to_vec()),
        wraps: vec![wrap()],
        granted: None,
    };
    let grant = Delivered {
        number: 6,
        kind: Kind::Grant,
        bytes: None,
        wraps: vec![],
        granted: Some(b"bundle".to_vec()),
        ..entry.clone()
    };
    Page {
        after: 4,
        scope: Scope::All,
        entries: vec![entry, grant],
        next: 7,
        chain: Chain([8; 32]),
        more: true,
        served: Some(ServedDigest { count: 2, xor: [9; 32] }),
    }
}

/// One line of the snapshot; what is pinned is also read back.
fn line<T>(name: &str, value: &T) -> String
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let bytes = encode(1, value);
    assert_eq!(decode::<T>(1, &bytes).as_ref(), Ok(value), "{name}");
    format!("{name}: {}", hex(&bytes))
}

fn reply<T: Serialize + DeserializeOwned>(name: &str, answer: T) -> String {
    let bytes = Reply { epoch: Epoch([1; 16]), answer }.to_bytes();
    format!("{name} reply: {}", hex(&bytes))
}

fn enrolment() -> Enrolment {
    Enrolment {
        invite: InviteId([5; 16]),
        terms: vec![1],
        generation: 1,
        keys: keys().public(),
        proof: [2; 32],
    }
}

#[test]
fn requests_are_pinned() {
    let (campaign, device) = (CampaignId([4; 32]), keys().id());
    let invite = InviteId([5; 16]);
    let signature = keys().sign(SIGN_IN, &[&campaign.0, &device.0, &[6; 32]]);
    let nonce = Nonce([6; 32]);
    let pull = Pull {
        epoch: Some(Epoch([1; 16])),
        after: 300,
        chain: Some(Chain([2; 32])),
        scope: Scope::All,
    };
    let first = Pull { epoch: None, after: 0, chain: None, scope: Scope::Orders };
    let item = PushItem { bytes: b"entry".to_vec(), wraps: vec![wrap()] };
    let open = OpenInvite {
        invite,
        token_hash: [7; 32],
        network: vec![1, 2],
        terms: vec![3, 4],
        generation: 1,
    };
    let enrol = Enrol { campaign, invite, token: [8; 32], keys: keys().public(), proof: [9; 32] };
    let lines = [
        line("found", &Found { set_up: [1; 16], roster: vec![b"founder".to_vec()] }),
        line("challenge", &Challenge { campaign, device }),
        line("sign in", &SignIn { campaign, device, nonce, signature }),
        line("enrol", &enrol),
        line("enrol again", &EnrolAgain { campaign, enrolment: enrolment() }),
        line("open invite", &open),
        line("pull", &pull),
        line("first pull", &first),
        line("push", &Push { items: vec![item] }),
        line("have", &vec![EntryId([1; 32]), EntryId([2; 32])]),
        line("reached", &vec![EntryId([1; 32]), EntryId([2; 32])]),
        line("fetch", &vec![EntryId([1; 32])]),
    ];
    insta::assert_snapshot!("requests_v1", lines.join("\n"));
}

#[test]
fn replies_are_pinned() {
    let outcomes = [
        Outcome::Accepted(300),
        Outcome::Known(2),
        Outcome::Erased,
        Outcome::Refused("bad_signature".into()),
    ];
    let receipts: Vec<Receipt> =
        outcomes.map(|outcome| Receipt { id: EntryId([1; 32]), outcome }).to_vec();
    let (network, terms, roster) = (vec![1], vec![2, 3], vec![b"founder".to_vec()]);
    let enrolled = Enrolled { network, terms, generation: 1, roster };
    let resets = [ResetReason::Epoch, ResetReason::Cursor, ResetReason::Chain].map(Pulled::Reset);
    let lines = [
        reply("unit", ()),
        reply("challenge", Nonce([6; 32])),
        reply("session", SignedIn { confirmed: true, server_time: 1_700_000_000_000 }),
        reply("enrol", enrolled),
        reply("enrolments", vec![enrolment()]),
        reply("pull", Pulled::Page(page())),
        reply("reset", resets.to_vec()),
        reply("push", receipts),
        reply("have", vec![EntryId([1; 32])]),
        reply("reached", vec![EntryId([1; 32])]),
        reply("fetch", page().entries),
    ];
    insta::assert_snapshot!("replies_v1", lines.join("\n"));
}

#[test]
fn a_reply_cut_at_any_byte_is_none() {
    let whole = Reply { epoch: Epoch([1; 16]), answer: Pulled::Page(page()) };
    let bytes = whole.to_bytes();
    assert_eq!(Reply::from_bytes(&bytes), Ok(whole));
    for end in 0..bytes.len() {
        assert_eq!(Reply::<Pulled>::from_bytes(&bytes[..end]), Err(NotAReply::Foreign), "{end}");
    }
    assert_eq!(Reply::<Pulled>::from_bytes(&[bytes, vec![0]].concat()), Err(NotAReply::Foreign));
}

#[test]
fn a_portal_s_page_and_an_error_are_no_reply_and_another_version_is_a_newer_one() {
    let pages = ["", "PERRON", "<!doctype html><title>Wi-Fi</title>", "{\"code\":\"timeout\"}"];
    for page in pages {
        assert_eq!(Reply::<()>::from_bytes(page.as_bytes()), Err(NotAReply::Foreign));
    }
    let mut newer = Reply { epoch: Epoch([1; 16]), answer: () }.to_bytes();
    newer[6] = 2;
    assert_eq!(Reply::<()>::from_bytes(&newer), Err(NotAReply::Newer));
}

proptest! {
    #[test]
    fn no_bytes_make_reading_a_reply_panic(bytes: Vec<u8>) {
        prop_assert!(Reply::<Pulled>::from_bytes(&bytes).is_err());
        let framed = [b"PERRON\x01".to_vec(), bytes].concat();
        let _ = Reply::<Pulled>::from_bytes(&framed);
        let _ = Reply::<Vec<Receipt>>::from_bytes(&framed);
    }
}

#[test]
fn a_receipt_says_received_only_when_the_bytes_are_there() {
    assert!(Outcome::Accepted(1).received() && Outcome::Known(1).received());
    assert!(!Outcome::Erased.received() && !Outcome::Refused(String::new()).received());
}
