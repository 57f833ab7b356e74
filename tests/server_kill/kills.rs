//! Kills at any moment, under writers: what was acknowledged is there, once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::bundle::Audience::Restricted;
use domain::ids::{CampaignId, EntryId};
use domain::keys::DeviceKeys;
use domain::keys::random;
use domain::protocol::{Outcome, PushItem, Scope};
use domain::roster::Role;
use domain::testing::SeededRandom;
use tests::server::{Client, House, Process, TestFolder, run_perron};

const WRITERS: usize = 4;
const BUNDLES: usize = 3;

/// How often the server is killed: 20 times, or as often as the long run says.
fn kills() -> usize {
    std::env::var("SERVER_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

/// One phone: it pushes in threes, and repeats the very bytes until a receipt names them.
struct Writer {
    client: Client,
    campaign: CampaignId,
    keys: DeviceKeys,
    /// What it has left to send.
    waiting: Vec<PushItem>,
}

/// Every number that a receipt ever named. A second id under one number is the end.
type Acknowledged = Arc<Mutex<BTreeMap<u64, EntryId>>>;

impl Writer {
    /// Sends until the server is gone.
    fn send(&mut self, acknowledged: &Acknowledged) {
        while !self.waiting.is_empty() {
            let batch: Vec<_> = self.waiting.iter().take(BUNDLES).cloned().collect();
            let receipts = match self.client.push(batch) {
                Ok(receipts) => receipts,
                // The cookie outlives a kill; only the connection does not.
                Err(_) => return,
            };
            for (receipt, item) in receipts.iter().zip(&self.waiting) {
                assert_eq!(receipt.id, EntryId::of(&item.bytes));
                let (Outcome::Accepted(number) | Outcome::Known(number)) = receipt.outcome else {
                    panic!("{receipt:?}");
                };
                let before = acknowledged.lock().unwrap().insert(number, receipt.id);
                assert!(
                    before.is_none_or(|id| id == receipt.id),
                    "number {number} was given twice"
                );
            }
            self.waiting.drain(..receipts.len());
        }
    }
}

#[test]
fn a_kill_at_any_moment_loses_and_doubles_nothing() {
    let folder = TestFolder::new();
    let (data, log) = (folder.join("data"), folder.join("log"));
    let process = Process::start(&data, &log, true);
    let mut house = House::found_at(process.address, process.set_up.unwrap(), 60);
    let mut writers: Vec<Writer> = (0..WRITERS).map(|_| writer(&mut house, &process)).collect();
    process.kill();
    let acknowledged = Acknowledged::default();
    let mut rng = SeededRandom::new(61);
    let mut interrupted = 0;
    for _ in 0..kills() {
        top_up(&mut house, &mut writers);
        let process = Process::start(&data, &log, false);
        let [high, low] = random::<2>(&mut rng);
        let moment = Duration::from_micros(u64::from(u16::from_be_bytes([high, low])) * 4);
        std::thread::scope(|scope| {
            for writer in &mut writers {
                writer.client = writer.client.clone().at(process.address);
                let acknowledged = acknowledged.clone();
                scope.spawn(move || writer.send(&acknowledged));
            }
            std::thread::sleep(moment);
            process.kill();
        });
        interrupted += usize::from(writers.iter().any(|writer| !writer.waiting.is_empty()));
        let verified = run_perron(&["verify"], &data);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    }
    assert!(interrupted * 2 > kills(), "only {interrupted} kills met somebody at work");
    let process = Process::start(&data, &log, false);
    everything_is_there(&house, &mut writers, &process, &acknowledged);
}

fn writer(house: &mut House, process: &Process) -> Writer {
    let enrolled = house.guest(process.address, Role::Volunteer);
    let campaign = house.camp.line.campaign();
    let keys = enrolled.person().keys.clone();
    Writer { client: enrolled.client, campaign, keys, waiting: Vec::new() }
}

/// Each writer has enough to be busy until the kill.
fn top_up(house: &mut House, writers: &mut [Writer]) {
    for writer in writers {
        let person =
            domain::testing::Person { keys: writer.keys.clone(), ..house.camp.founder.clone() };
        while writer.waiting.len() < 60 {
            let sealed = house.seal(&person, Restricted, &["a note"]);
            writer.waiting.push(PushItem { bytes: sealed.bytes, wraps: sealed.wraps });
        }
    }
}

fn everything_is_there(
    house: &House,
    writers: &mut [Writer],
    process: &Process,
    acknowledged: &Acknowledged,
) {
    let mut founder = Client::new(process.address);
    let campaign = house.camp.line.campaign();
    founder.sign_in(campaign, &house.camp.founder.keys).unwrap();
    for writer in writers {
        writer.client = writer.client.clone().at(process.address);
        writer.send(acknowledged);
        assert!(writer.waiting.is_empty());
        assert!(writer.client.sign_in(writer.campaign, &writer.keys).is_ok());
    }
    let entries = founder.pull_all(Scope::All).unwrap();
    let numbers: Vec<u64> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=entries.len() as u64).collect::<Vec<_>>());
    let stored: BTreeMap<u64, EntryId> = entries.iter().map(|e| (e.number, e.id)).collect();
    let acknowledged = acknowledged.lock().unwrap();
    assert!(acknowledged.iter().all(|(number, id)| stored.get(number) == Some(id)));
    let distinct: std::collections::BTreeSet<_> = stored.values().collect();
    assert_eq!(distinct.len(), stored.len());
    // Three roster entries, and everything that anyone made, which by now is acknowledged.
    assert_eq!(stored.len(), 3 + acknowledged.len());
    println!("{} kills, {} entries acknowledged, none lost", kills(), acknowledged.len());
}

#[test]
fn a_stop_lets_calls_finish_and_a_taken_port_is_one_sentence() {
    let folder = TestFolder::new();
    let (data, log) = (folder.join("data"), folder.join("log"));
    let mut process = Process::start(&data, &log, true);
    let house = House::found_at(process.address, process.set_up.unwrap(), 62);
    let other = folder.join("other");
    let listen = process.address.to_string();
    let taken = run_perron(&["serve", "--listen", &listen], &other);
    let sentence = String::from_utf8_lossy(&taken.stderr).into_owned();
    assert_eq!(taken.status.code(), Some(1));
    assert!(sentence.starts_with("Port ") && sentence.lines().count() == 1, "{sentence}");
    let held = run_perron(&["serve", "--listen", "127.0.0.1:0"], &data);
    let sentence = String::from_utf8_lossy(&held.stderr).into_owned();
    assert_eq!(held.status.code(), Some(1));
    assert!(sentence.contains("in use") && sentence.lines().count() == 1, "{sentence}");
    let signal = ["-TERM".to_owned(), process.id().to_string()];
    assert!(std::process::Command::new("kill").args(signal).status().unwrap().success());
    assert!(process.wait(), "it ends by itself, and well");
    assert!(house.founder.pull_all(Scope::All).is_err());
}
