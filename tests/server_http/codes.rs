//! Every code that a caller can meet, with its status and its JSON. [`Client`] checks both each time.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use domain::bundle::Audience::Restricted;
use domain::codec;
use domain::ids::{CampaignId, EntryId, InviteId};
use domain::keys::{DeviceKeys, Reader};
use domain::ledger::Grant;
use domain::protocol::{
    CONTENT_TYPE, Challenge, Code, Enrolled, Found, MAX_HAVE, MAX_REQUEST, Nonce, OpenInvite,
    Outcome, Pulled, PushItem, SignIn, SignedIn,
};
use domain::roster::Role;
use domain::testing::Camp;
use server::http::{Rate, Rates, Settings};
use tests::server::{Client, House, Refused, Running, TestFolder, open_invite, patient};

/// The codes met so far.
#[derive(Default)]
struct Met(BTreeSet<Code>);

impl Met {
    fn refused<T: std::fmt::Debug>(&mut self, answer: Result<T, Refused>, code: Code) {
        assert_eq!(answer.unwrap_err(), Refused::By(code));
        self.0.insert(code);
    }

    fn response(&mut self, response: &tests::server::Response, code: Code) {
        assert_eq!(response.code(), code);
        self.0.insert(code);
    }

    fn receipt(&mut self, client: &Client, item: PushItem, code: Code) {
        let outcome = client.push(vec![item]).unwrap().remove(0).outcome;
        assert_eq!(outcome, Outcome::Refused(code.as_str().to_owned()));
        self.0.insert(code);
    }
}

#[test]
fn every_code_is_met() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut met = Met::default();
    founding(&mut met, &server);
    let mut house = House::found(&server, 40);
    frames(&mut met, &house.founder);
    signing_in(&mut met, &house, &server);
    inviting(&mut met, &mut house, &server);
    entries(&mut met, &mut house, &server);
    limits(&mut met);
    let unmet: Vec<_> = Code::ALL.iter().filter(|code| !met.0.contains(code)).collect();
    // These are the server's own misfortunes; `server_full` meets the first.
    assert_eq!(unmet, [&Code::StorageFull, &Code::Unavailable, &Code::Internal]);
}

fn founding(met: &mut Met, server: &Running) {
    let client = Client::new(server.address);
    let set_up = server.set_up.unwrap();
    let (camp, other) = (Camp::new(41), Camp::new(42));
    let roster = |camp: &Camp| camp.line.entries().map(<[u8]>::to_vec).collect::<Vec<_>>();
    let mut found = |set_up, roster, code| {
        met.refused(client.call::<_, ()>("found", &Found { set_up, roster }), code);
    };
    found([0; 16], roster(&camp), Code::BadSetUp);
    found(set_up, Vec::new(), Code::Malformed);
    found(set_up, roster(&camp)[1..].to_vec(), Code::RosterMoved);
    found(set_up, vec![roster(&camp)[0].clone(), roster(&other)[1].clone()], Code::WrongCampaign);
    let mut forged = roster(&camp);
    *forged[2].last_mut().unwrap() ^= 1;
    found(set_up, forged, Code::BadSignature);
    found(set_up, vec![vec![3; 300_000]], Code::TooLarge);
    let twice = camp;
    let generation = twice.line.generation().unwrap().clone();
    let keys = &twice.founder.keys;
    let signer = domain::roster::Signer::Device(keys.id());
    let again = twice.line.sign_next(signer, domain::roster::Act::Generation(generation), keys);
    let mut entries = roster(&twice);
    entries.push(again);
    found(set_up, entries, Code::RosterRefused);
}

fn frames(met: &mut Met, client: &Client) {
    let good = [("content-type", CONTENT_TYPE)];
    let body = codec::encode(1, &Vec::<EntryId>::new());
    let mut send = |method, path, headers: &[(&str, &str)], body: &[u8], code| {
        met.response(&client.send(method, path, headers, body).unwrap(), code);
    };
    send("GET", "/api/v1/push", &[], &[], Code::Method);
    send("PUT", "/healthz", &[], &[], Code::Method);
    send("POST", "/api/v1/nothing", &good, &body, Code::NotFound);
    send("GET", "/api", &[], &[], Code::NotFound);
    send("POST", "/api/vx/push", &good, &body, Code::NotFound);
    send("POST", "/api/v2/push", &good, &body, Code::Version);
    send("POST", "/api/v0/push", &good, &body, Code::AppTooOld);
    send("POST", "/anywhere", &good, &body, Code::NotFound);
    send("POST", "/api/v1/have", &[], &body, Code::ContentType);
    send("POST", "/api/v1/have", &[("content-type", "application/json")], &body, Code::ContentType);
    let gzip = [good[0], ("content-encoding", "gzip")];
    send("POST", "/api/v1/have", &gzip, &body, Code::ContentEncoding);
    let foreign = [good[0], ("sec-fetch-site", "cross-site")];
    send("POST", "/api/v1/have", &foreign, &body, Code::CrossSite);
    let foreign = [good[0], ("origin", "https://elsewhere.example")];
    send("POST", "/api/v1/have", &foreign, &body, Code::CrossSite);
    send("POST", "/api/v1/have", &good, &[], Code::Malformed);
    send("POST", "/api/v1/have", &good, &[9, 0], Code::Version);
    send("POST", "/api/v1/have", &good, &vec![1; MAX_REQUEST + 1], Code::TooLarge);
    let many = vec![EntryId([0; 32]); MAX_HAVE + 1];
    met.refused(client.call::<_, Vec<EntryId>>("have", &many), Code::TooLarge);
}

fn signing_in(met: &mut Met, house: &House, server: &Running) {
    let client = Client::new(server.address);
    met.refused(client.call::<_, Vec<EntryId>>("have", &Vec::<EntryId>::new()), Code::SignInNeeded);
    let (campaign, device) = (house.camp.line.campaign(), house.camp.founder.device());
    let challenge = |campaign, device| {
        client.call::<_, Nonce>("session/challenge", &Challenge { campaign, device })
    };
    met.refused(challenge(CampaignId([1; 32]), device), Code::UnknownCampaign);
    met.refused(challenge(campaign, domain::ids::DeviceId([1; 16])), Code::UnknownDevice);
    let nonce = challenge(campaign, device).unwrap().answer;
    let parts: [&[u8]; 3] = [&campaign.0, &device.0, &nonce.0];
    let sign_in = |keys: &DeviceKeys, nonce, purpose| {
        let signature = keys.sign(purpose, &parts);
        let sign_in = SignIn { campaign, device, nonce, signature };
        client.call::<_, SignedIn>("session", &sign_in)
    };
    let keys = &house.camp.founder.keys;
    let purpose = domain::protocol::SIGN_IN;
    met.refused(sign_in(&house.camp.code.keys(), nonce, purpose), Code::BadSignIn);
    // The nonce went with the first try.
    met.refused(sign_in(keys, nonce, purpose), Code::BadSignIn);
    met.refused(sign_in(keys, Nonce([7; 32]), purpose), Code::BadSignIn);
}

fn inviting(met: &mut Met, house: &mut House, server: &Running) {
    let guest = house.camp.guest(Role::Volunteer);
    let client = Client::new(server.address);
    let enrol = |call| client.call::<_, Enrolled>("enrol", &call);
    met.refused(enrol(house.enrol(&guest)), Code::UnknownInvite);
    house.founder.call::<_, ()>("invites", &open_invite(&guest)).unwrap();
    let other = OpenInvite { terms: vec![1], ..open_invite(&guest) };
    met.refused(house.founder.call::<_, ()>("invites", &other), Code::InviteExists);
    let guessed = domain::protocol::Enrol { token: [0; 32], ..house.enrol(&guest) };
    met.refused(enrol(guessed), Code::UnknownInvite);
    enrol(house.enrol(&guest)).unwrap();
    let thief = house.camp.guest(Role::Volunteer).person.keys;
    let taken = domain::protocol::Enrol { keys: thief.public(), ..house.enrol(&guest) };
    met.refused(enrol(taken), Code::InviteUsed);
    let mut volunteer = client.clone();
    volunteer.sign_in(house.camp.line.campaign(), &guest.person.keys).unwrap();
    let open = OpenInvite { invite: InviteId([9; 16]), ..open_invite(&guest) };
    met.refused(volunteer.call::<_, ()>("invites", &open), Code::NotAllowed);
    let second = house.camp.guest(Role::Volunteer);
    house.founder.call::<_, ()>("invites", &open_invite(&second)).unwrap();
    house.camp.rotate();
    house.push_roster().unwrap();
    met.refused(enrol(house.enrol(&second)), Code::InviteExpired);
}

fn entries(met: &mut Met, house: &mut House, server: &Running) {
    let founder = house.camp.founder.clone();
    let sealed = house.seal(&founder, Restricted, &["x"]);
    let item = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    let foreign = Camp::new(43);
    let mut other = House { camp: foreign.clone(), founder: house.founder.clone() };
    let sealed = other.seal(&foreign.founder, Restricted, &["x"]);
    let elsewhere = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    let client = house.founder.clone();
    met.receipt(&client, elsewhere, Code::WrongCampaign);
    let mut altered = item.clone();
    *altered.bytes.last_mut().unwrap() ^= 1;
    met.receipt(&client, altered, Code::BadSignature);
    let unreadable = PushItem { wraps: Vec::new(), ..item.clone() };
    met.receipt(&client, unreadable, Code::BadWrap);
    met.receipt(&client, PushItem { bytes: vec![1; 300_000], wraps: Vec::new() }, Code::TooLarge);
    met.receipt(&client, PushItem { bytes: vec![9], wraps: Vec::new() }, Code::Version);
    let campaign = house.camp.line.campaign();
    let mut wrap = item.wraps[0].clone();
    wrap.reader = Reader::Device(founder.device());
    let grant = Grant { campaign, device: founder.device(), bundle: EntryId([1; 32]), wrap };
    let (_, bytes) = grant.sign(&founder.keys);
    met.receipt(&client, PushItem { bytes, wraps: Vec::new() }, Code::UnknownBundle);
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    house.camp.revoke(anna.person().device(), Vec::new());
    house.push_roster().unwrap();
    let mut again = Client::new(server.address);
    met.refused(again.sign_in(campaign, &anna.person().keys), Code::Revoked);
}

fn limits(met: &mut Met) {
    let folder = TestFolder::new();
    let few = Rate { burst: 2, per_minute: 1 };
    let rates = Rates { address: few, device: few };
    let settings = Settings { rates, ..Settings::default() };
    let server = Running::start(folder.path(), settings);
    let client = Client::new(server.address);
    let found = Found { set_up: [0; 16], roster: Vec::new() };
    for _ in 0..2 {
        met.refused(client.call::<_, ()>("found", &found), Code::Malformed);
    }
    met.refused(client.call::<_, ()>("found", &found), Code::TooMany);
    drop(server);
    let settings = Settings { timeout: Duration::from_millis(200), ..patient() };
    let server = Running::start(folder.path(), settings);
    // Half a body and then nothing.
    let mut stream = TcpStream::connect(server.address).unwrap();
    let head = format!(
        "POST /api/v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-type: {CONTENT_TYPE}\r\n\
         content-length: 100\r\n\r\nhalf"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut reply = [0; 4096];
    let length = stream.read(&mut reply).unwrap();
    let text = String::from_utf8_lossy(&reply[..length]).into_owned();
    assert!(text.starts_with("HTTP/1.1 408 ") && text.contains(Code::Timeout.sentence()), "{text}");
    met.0.insert(Code::Timeout);
}

/// What nothing but the protocol knows.
#[test]
fn an_answer_has_the_marker() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let house = House::found(&server, 44);
    let pull = domain::protocol::Pull {
        epoch: None,
        after: 0,
        chain: None,
        scope: domain::protocol::Scope::All,
    };
    let headers = [("content-type", CONTENT_TYPE)];
    let body = codec::encode(1, &pull);
    let response = house.founder.send("POST", "/api/v1/pull", &headers, &body).unwrap();
    assert!(response.body.starts_with(b"PERRON"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    for end in 0..response.body.len() {
        assert!(domain::protocol::Reply::<Pulled>::from_bytes(&response.body[..end]).is_err());
    }
}
