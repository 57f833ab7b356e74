//! Bytes that are no call: cut, altered, random. Each gets a 4xx with a code, and nothing is stored.

use std::io::Write;
use std::net::{Shutdown, TcpStream};

use domain::bundle::Audience::Restricted;
use domain::codec;
use domain::ids::EntryId;
use domain::keys::random;
use domain::protocol::{CONTENT_TYPE, Code, Push, PushItem, Scope};
use domain::testing::SeededRandom;
use tests::server::{Client, House, Running, TestFolder, patient};

const CALLS: [&str; 12] = [
    "found",
    "session/challenge",
    "session",
    "enrol",
    "enrol/again",
    "invites",
    "enrolments",
    "pull",
    "push",
    "have",
    "reached",
    "fetch",
];

/// How many random bodies each call gets.
fn rounds() -> usize {
    std::env::var("GARBAGE_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

fn small_push(house: &mut House) -> (EntryId, Vec<u8>) {
    let founder = house.camp.founder.clone();
    let sealed = house.seal(&founder, Restricted, &["small"]);
    let items = vec![PushItem { bytes: sealed.bytes, wraps: sealed.wraps }];
    (sealed.id, codec::encode(1, &Push { items }))
}

fn is_refused(client: &Client, call: &str, body: &[u8]) -> Code {
    let headers = [("content-type", CONTENT_TYPE)];
    let response = client.send("POST", &format!("/api/v1/{call}"), &headers, body).unwrap();
    let code = response.code();
    assert!((400..500).contains(&response.status), "{call}: {code:?}");
    code
}

#[test]
fn a_push_cut_at_any_byte_stores_nothing() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 50);
    let (id, body) = small_push(&mut house);
    for end in 0..body.len() {
        assert_eq!(is_refused(&house.founder, "push", &body[..end]), Code::Malformed);
    }
    let mut longer = body.clone();
    longer.push(0);
    assert_eq!(is_refused(&house.founder, "push", &longer), Code::Malformed);
    let lacks: Vec<EntryId> = house.founder.call("have", &vec![id]).unwrap().answer;
    assert_eq!(lacks, [id]);
    assert_eq!(house.founder.pull_all(Scope::All).unwrap().len(), 3);
}

#[test]
fn a_connection_cut_at_any_byte_stores_nothing() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 51);
    let (id, body) = small_push(&mut house);
    let cookie = house.founder.cookie().unwrap().to_owned();
    let head = format!(
        "POST /api/v1/push HTTP/1.1\r\nhost: {}\r\ncontent-type: {CONTENT_TYPE}\r\ncookie: {cookie}\
         \r\ncontent-length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    let whole = [head.as_bytes(), &body].concat();
    for end in 0..whole.len() {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(&whole[..end]).unwrap();
        stream.shutdown(Shutdown::Both).ok();
    }
    let lacks: Vec<EntryId> = house.founder.call("have", &vec![id]).unwrap().answer;
    assert_eq!(lacks, [id]);
    assert_eq!(house.founder.pull_all(Scope::All).unwrap().len(), 3);
}

#[test]
fn an_altered_push_never_passes_for_another() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 52);
    let (id, body) = small_push(&mut house);
    for index in 0..body.len() {
        let mut altered = body.clone();
        altered[index] ^= 1 << (index % 8);
        let headers = [("content-type", CONTENT_TYPE)];
        let response = house.founder.send("POST", "/api/v1/push", &headers, &altered).unwrap();
        assert!(response.status == 200 || (400..500).contains(&response.status));
    }
    let entries = house.founder.pull_all(Scope::All).unwrap();
    // Only the wraps are not signed: with altered ones the bundle itself may have gone in.
    assert!(entries.len() == 3 || (entries.len() == 4 && entries[3].id == id));
}

#[test]
fn garbage_is_refused_by_every_call() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 53);
    let mut rng = SeededRandom::new(54);
    let stranger = Client::new(server.address);
    let (_, good) = small_push(&mut house);
    for call in CALLS {
        for round in 0..rounds() {
            let [length, at] = random::<2>(&mut rng).map(usize::from);
            let noise: [u8; 256] = random(&mut rng);
            let noise = &noise[..length];
            // With the right first byte, decoding goes further in.
            let framed = [&[1], noise].concat();
            let mixed = [&good[..at.min(good.len())], noise].concat();
            for body in [noise, &framed, &mixed] {
                is_refused(&stranger, call, body);
                let code = is_refused(&house.founder, call, body);
                assert_ne!(code, Code::SignInNeeded, "round {round}");
            }
        }
    }
    let health = stranger.send("GET", "/healthz", &[], &[]).unwrap();
    assert_eq!((health.status, health.body.as_slice()), (200, &b"{\"status\":\"ok\"}"[..]));
    assert_eq!(house.founder.pull_all(Scope::All).unwrap().len(), 3);
}

#[test]
fn lengths_that_promise_too_much_allocate_nothing() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let house = House::found(&server, 55);
    // A list of 2^64 - 1 ids, and an entry of as many bytes, in ten bytes each.
    let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    is_refused(&house.founder, "have", &[&[1][..], &most].concat());
    is_refused(&house.founder, "push", &[&[1, 1][..], &most].concat());
    is_refused(&house.founder, "found", &[&[1; 17][..], &most].concat());
}
