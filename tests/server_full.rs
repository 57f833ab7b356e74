//! A server whose disk is full, on a file system of its own: real pages, real errors.
//!
//! It needs root, to mount an image; elsewhere it says that it did nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::bundle::Audience::Restricted;
use domain::ids::EntryId;
use domain::protocol::{Code, PushItem, Scope};
use domain::roster::Role;
use tests::server::{House, Process, Refused, TestFolder, run_perron};

/// A small file system; it goes with the test.
struct Disk(PathBuf);

impl Disk {
    /// None where this process may not mount.
    fn mount(folder: &TestFolder) -> Option<Self> {
        let (image, place) = (folder.join("image"), folder.join("disk"));
        std::fs::File::create(&image).unwrap().set_len(8 << 20).unwrap();
        std::fs::create_dir(&place).unwrap();
        let run = |program: &str, arguments: &[&str], paths: &[&Path]| {
            let output = Command::new(program).args(arguments).args(paths).output();
            output.is_ok_and(|output| output.status.success())
        };
        // Without blocks that only root may fill, and with blocks as large as memory's pages: SQLite maps its
        // log's index into memory, and takes room for it page by page.
        let options = ["-q", "-m", "0", "-b", "4096", "-O", "^has_journal"];
        let made = run("mkfs.ext4", &options, &[&image]);
        (made && run("mount", &["-o", "loop"], &[&image, &place])).then_some(Self(place))
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).status().ok();
    }
}

#[test]
fn a_full_disk_is_said_with_507_and_nothing_is_half_written_and_reading_goes_on() {
    let folder = TestFolder::new();
    let Some(disk) = Disk::mount(&folder) else {
        println!("skipped: no small disk can be mounted here");
        return;
    };
    let log = folder.join("log");
    let process = Process::start(&disk.data(), &log, true);
    let mut house = House::found_at(process.address, process.set_up.unwrap(), 70);
    let guest = house.guest(process.address, Role::Volunteer);
    std::fs::write(disk.ballast(), vec![1; 2 << 20]).unwrap();

    // Pushes of several entries, until there is no room left: a whole push goes in, or nothing of it. A refused
    // one may still find room that SQLite makes in its log.
    let (mut acknowledged, mut refusals) = (BTreeSet::new(), 0);
    let mut items: Vec<PushItem> = Vec::new();
    while refusals < 5 {
        if refusals == 0 {
            items = (0..3).map(|_| note(&mut house)).collect();
        }
        match house.founder.push(items.clone()) {
            Ok(receipts) => {
                assert!(receipts.iter().all(|receipt| receipt.outcome.received()));
                acknowledged.extend(receipts.iter().map(|receipt| receipt.id));
                refusals = 0;
            }
            Err(Refused::By(code)) => {
                assert_eq!((code, code.status()), (Code::StorageFull, 507));
                refusals += 1;
            }
            Err(lost) => panic!("{lost:?}"),
        }
        assert!(acknowledged.len() < 1000, "the disk never fills");
    }
    let refused = items;
    assert!(acknowledged.len() > 10);
    let everything = || -> BTreeSet<EntryId> {
        let entries = house.founder.pull_all(Scope::All).unwrap();
        entries.iter().skip(3).map(|entry| entry.id).collect()
    };
    for _ in 0..3 {
        assert_eq!(everything(), acknowledged);
        assert_eq!(guest.client.pull_all(Scope::All).unwrap().len(), 3);
        let again = house.founder.push(refused.clone());
        assert_eq!(again, Err(Refused::By(Code::StorageFull)));
    }
    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.contains("the disk is full"), "{told}");

    // Killed on the full disk, it starts again and reads on; with room it takes the same bytes.
    process.kill();
    let verified = run_perron(&["verify"], &disk.data());
    assert!(verified.status.success(), "{verified:?}");
    let process = Process::start(&disk.data(), &log, false);
    house.founder = house.founder.clone().at(process.address);
    let served = house.founder.pull_all(Scope::All).unwrap().len();
    assert_eq!(served, 3 + acknowledged.len());
    std::fs::remove_file(disk.ballast()).unwrap();
    let receipts = house.founder.push(refused).unwrap();
    assert!(receipts.iter().all(|receipt| receipt.outcome.received()));
    assert_eq!(house.founder.pull_all(Scope::All).unwrap().len(), served + 3);
    println!("{} entries before the disk was full; none lost, none half there", acknowledged.len());
    drop(process);
}

/// A note that does not compress, about 20 KiB.
fn note(house: &mut House) -> PushItem {
    let founder = house.camp.founder.clone();
    let mut noise = vec![0; 20 << 10];
    rand_core::Rng::fill_bytes(&mut house.camp.rng, &mut noise);
    let text: String = noise.iter().map(|byte| char::from(byte & 0x7f)).collect();
    let sealed = house.seal(&founder, Restricted, &[&text]);
    PushItem { bytes: sealed.bytes, wraps: sealed.wraps }
}
