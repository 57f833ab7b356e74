//! The newest head of each campaign that this machine has served, in a file beside the database: it betrays a
//! database that was copied back.
//!
//! It is written after each commit and never waited for by the disk. So after a crash it may be behind the
//! database, which means nothing; only a cut of power that the database outlives can lose more of it. It is
//! never ahead of the database, unless the database was turned back. A damaged file counts as none: devices
//! find a turned-back history by their own cursors too.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use domain::codec;
use domain::digest;
use domain::ids::CampaignId;
use domain::ledger::Chain;

/// The newest number and the chain there.
pub type Heads = BTreeMap<CampaignId, (u64, Chain)>;

/// The open file.
pub struct Seen(Mutex<Open>);

struct Open {
    file: File,
    heads: Heads,
}

impl Seen {
    /// Opens or creates the file.
    ///
    /// # Errors
    /// When it cannot be read or created.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let heads = read(&bytes).unwrap_or_default();
        Ok(Self(Mutex::new(Open { file, heads })))
    }

    /// What was seen.
    pub fn heads(&self) -> Heads {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).heads.clone()
    }

    /// Notes a newer head; an older one, from a push that was overtaken, changes nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note(&self, campaign: &CampaignId, number: u64, chain: Chain) -> io::Result<()> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.heads.get(campaign).is_some_and(|(seen, _)| *seen >= number) {
            return Ok(());
        }
        open.heads.insert(*campaign, (number, chain));
        open.write()
    }

    /// Puts these heads in the place of all others: a new history begins.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin(&self, heads: Heads) -> io::Result<()> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.heads = heads;
        open.write()?;
        open.file.sync_all()
    }
}

impl Open {
    fn write(&mut self) -> io::Result<()> {
        let body = codec::encode(1, &self.heads);
        let bytes = [digest::plain(&body).to_vec(), body].concat();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&bytes)?;
        self.file.set_len(bytes.len() as u64)
    }
}

fn read(bytes: &[u8]) -> Option<Heads> {
    let (sum, body) = bytes.split_at_checked(32)?;
    if digest::plain(body) == sum { codec::decode(1, body).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_head_is_read_back_and_a_damaged_file_is_none() {
        let folder = crate::ledger::test_folder::TestFolder::new();
        let path = folder.path().join("seen");
        let (campaign, chain) = (CampaignId([1; 32]), Chain([2; 32]));
        let seen = Seen::open(&path).unwrap();
        seen.note(&campaign, 5, chain).unwrap();
        seen.note(&campaign, 4, Chain([9; 32])).unwrap();
        let heads = Heads::from([(campaign, (5, chain))]);
        assert_eq!(Seen::open(&path).unwrap().heads(), heads);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert!(Seen::open(&path).unwrap().heads().is_empty());
    }
}
