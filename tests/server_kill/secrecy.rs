//! Nothing that a person wrote is readable in any file of the server.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use domain::bundle::Audience::{Network, Restricted};
use domain::protocol::{PushItem, Scope};
use domain::roster::Role;
use tests::server::{House, Process, TestFolder};

const WORDS: [&str; 4] =
    ["Zinneke-la-Rouge", "rue des Quatre-Vents 17", "logé chez Fatoumata", "ketje@exemple.invalid"];

#[test]
fn the_words_of_a_visit_are_in_no_file_and_in_no_log() {
    let folder = TestFolder::new();
    let (data, log) = (folder.join("data"), folder.join("log"));
    let process = Process::start(&data, &log, true);
    let mut house = House::found_at(process.address, process.set_up.unwrap(), 80);
    let anna = house.guest(process.address, Role::Volunteer);
    house.confirm(&anna.guest);
    for audience in [Restricted, Network] {
        let sealed = house.seal(anna.person(), audience, &WORDS);
        let item = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
        assert!(anna.client.push(vec![item]).unwrap()[0].outcome.received());
    }
    let path = format!("/visits?who={}", WORDS[0]);
    anna.client.send("GET", &path, &[("x-note", WORDS[1])], &[]).unwrap();
    assert!(!anna.client.pull_all(Scope::All).unwrap().is_empty());

    let hunted: Vec<(&str, Vec<u8>)> =
        WORDS.iter().flat_map(|word| disguises(word).map(|bytes| (*word, bytes))).collect();
    let found = |file: &[u8]| hunted.iter().find(|(_, bytes)| holds(file, bytes)).map(|(w, _)| *w);
    // The hunt itself works.
    let planted = [b"xx".to_vec(), STANDARD.encode(format!("y{}", WORDS[2])).into_bytes()].concat();
    assert_eq!(found(&planted), Some(WORDS[2]));
    let mut searched = 0;
    for file in [files(&data), vec![log]].concat() {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(found(&bytes), None, "{}", file.display());
        searched += bytes.len();
    }
    assert!(searched > 10_000, "there was something to search");
    // Nor does the log name a device, a campaign or an address.
    let text = std::fs::read_to_string(folder.join("log")).unwrap();
    let device = anna.person().device().to_string();
    for name in [device.as_str(), &house.camp.line.campaign().to_string(), "127.0.0.1", "__Host"] {
        assert!(!text.contains(name), "{name}");
    }
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).collect()
}

/// A word as text, as UTF-16 of both orders, and as base64 at each of the three offsets it can have there.
fn disguises(word: &str) -> impl Iterator<Item = Vec<u8>> {
    let wide = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let mut list = vec![word.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
    for offset in 0..3 {
        let shifted = [vec![0; offset], word.as_bytes().to_vec()].concat();
        let inner = |text: String| {
            // The characters at both ends depend on what stands beside the word.
            let bytes = text.trim_end_matches('=').as_bytes().to_vec();
            let first = [0, 2, 3][offset];
            bytes[first..bytes.len() - 1].to_vec()
        };
        list.push(inner(STANDARD_NO_PAD.encode(&shifted)));
        list.push(inner(URL_SAFE_NO_PAD.encode(&shifted)));
    }
    list.into_iter()
}

fn holds(file: &[u8], bytes: &[u8]) -> bool {
    file.windows(bytes.len()).any(|part| part == bytes)
}
