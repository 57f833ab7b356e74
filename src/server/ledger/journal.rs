//! The journal of orders to erase: one file beside the database and outside its backups.
//!
//! An order is on disk here before it is in the database, and so before anyone is told that it was accepted.
//! After a restore every order in it holds again.
//!
//! ```text
//! record := length of the order (u32, little endian) · SHA-256 of the order · the order
//! ```
//!
//! A record cut short at the end of the file was never acknowledged: it is dropped when the file is opened.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use domain::ids::EntryId;

const HEAD: usize = 4 + 32;

/// An open journal.
pub struct Journal(Mutex<Open>);

struct Open {
    file: File,
    orders: Vec<Vec<u8>>,
    ids: BTreeSet<EntryId>,
}

impl Journal {
    /// Opens or creates the file.
    ///
    /// # Errors
    /// When it cannot be read or written, or when a record that is not its last is damaged.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (orders, whole) = read(&bytes)?;
        if whole < bytes.len() {
            file.set_len(whole as u64)?;
        }
        file.sync_all()?;
        let ids = orders.iter().map(|order| EntryId::of(order)).collect();
        Ok(Self(Mutex::new(Open { file, orders, ids })))
    }

    /// Adds an order, unless it is there, and waits until the disk has it.
    ///
    /// # Errors
    /// When the disk does not take it; the order must then not be acknowledged.
    pub fn add(&self, order: &[u8]) -> io::Result<()> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = EntryId::of(order);
        if open.ids.contains(&id) {
            return Ok(());
        }
        let length = u32::try_from(order.len()).map_err(io::Error::other)?;
        let record = [length.to_le_bytes().as_slice(), &id.0, order].concat();
        let before = open.file.metadata()?.len();
        let written = open.file.write_all(&record).and_then(|()| open.file.sync_data());
        if let Err(error) = written {
            // Half a record must not stand in front of the next one.
            open.file.set_len(before)?;
            return Err(error);
        }
        open.ids.insert(id);
        open.orders.push(order.to_vec());
        Ok(())
    }

    /// Every order, oldest first.
    pub fn orders(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).orders.clone()
    }
}

/// The orders, and how many bytes hold whole records.
fn read(bytes: &[u8]) -> io::Result<(Vec<Vec<u8>>, usize)> {
    let (mut orders, mut at) = (Vec::new(), 0);
    while let Some(head) = bytes.get(at..at + HEAD) {
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at + HEAD + length;
        let Some(order) = bytes.get(at + HEAD..end) else { break };
        if EntryId::of(order).0 != head[4..] {
            // Space that a power cut left unwritten can only be at the end.
            if end == bytes.len() {
                break;
            }
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the journal is damaged"));
        }
        orders.push(order.to_vec());
        at = end;
    }
    Ok((orders, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_back_and_a_torn_tail_is_dropped() {
        let folder = crate::ledger::test_folder::TestFolder::new();
        let path = folder.path().join("journal");
        let journal = Journal::open(&path).unwrap();
        journal.add(b"one").unwrap();
        journal.add(b"two").unwrap();
        journal.add(b"one").unwrap();
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        let first = HEAD + 3;
        for end in first..whole.len() {
            std::fs::write(&path, &whole[..end]).unwrap();
            let journal = Journal::open(&path).unwrap();
            assert_eq!(journal.orders(), [b"one".to_vec()], "cut at {end}");
            journal.add(b"three").unwrap();
            drop(journal);
            let again = Journal::open(&path).unwrap().orders();
            assert_eq!(again, [b"one".to_vec(), b"three".to_vec()]);
        }
        let mut damaged = whole;
        damaged[first - 1] ^= 1;
        std::fs::write(&path, damaged).unwrap();
        assert!(Journal::open(&path).is_err());
    }
}
