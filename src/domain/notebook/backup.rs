//! Everything of one device in one sealed file.
//!
//! ```text
//!   "PERRON BACKUP\n", version, { salt, check, sealed { length, { made at, rows }, zeros } }
//! ```
//!
//! Without the code nothing in it can be read, and of its length only a class.

use serde::{Deserialize, Serialize};

use super::rows::{Row, Table};
use crate::bundle::padded_length;
use crate::codec::{self, Malformed};
use crate::digest;
use crate::file_kind::FileKind;
use crate::keys::{BackupCode, open_with_key, seal_with_key};

/// The largest backup that is sealed and that is looked at, in bytes.
pub const MAX_BACKUP: usize = 256 * 1024 * 1024;

/// A device's rows at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When, by the device's clock, in milliseconds since 1970.
    pub made_at: u64,
    /// Every row, those of [`Table::Entries`] among them.
    pub rows: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    salt: [u8; 16],
    check: [u8; 16],
    sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    made_at: u64,
    rows: Vec<(u8, Vec<u8>, Vec<u8>)>,
}

/// There is more here than [`MAX_BACKUP`]: no device would restore the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the backup is too large")]
pub struct BackupTooLarge;

impl BackupTooLarge {
    /// A stable word for locale files.
    pub fn code(self) -> &'static str {
        "backup_too_large"
    }
}

/// Why a file restores nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBackup {
    /// More than [`MAX_BACKUP`].
    #[error("the file is too large")]
    TooLarge,
    /// No file of this app.
    #[error("not a file of this app")]
    Foreign,
    /// A file of bundles: it is for a coordinator.
    #[error("this is a file of bundles")]
    Bundles,
    /// A newer app wrote it.
    #[error("a newer app wrote the file")]
    Newer,
    /// Another code than the one it was sealed with.
    #[error("the code does not open the file")]
    Code,
    /// Cut short, or altered.
    #[error("the file is damaged")]
    Damaged,
}

impl BadBackup {
    /// A stable word for locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "file_too_large",
            Self::Foreign => "file_foreign",
            Self::Bundles => "file_is_bundles",
            Self::Newer => "file_newer",
            Self::Code => "backup_code",
            Self::Damaged => "file_damaged",
        }
    }
}

impl Backup {
    /// The file. `salt` is 16 fresh random bytes.
    ///
    /// # Errors
    /// [`BackupTooLarge`].
    pub fn seal(self, code: &BackupCode, salt: [u8; 16]) -> Result<Vec<u8>, BackupTooLarge> {
        self.seal_within(MAX_BACKUP, code, salt)
    }

    /// As [`seal`](Self::seal), into a file of at most so many bytes.
    pub(super) fn seal_within(
        self,
        most: usize,
        code: &BackupCode,
        salt: [u8; 16],
    ) -> Result<Vec<u8>, BackupTooLarge> {
        // A phone is spared the work, and the memory, for what cannot fit.
        if self.rows.iter().map(|row| row.key.len() + row.value.len()).sum::<usize>() > most {
            return Err(BackupTooLarge);
        }
        let rows = self.rows.into_iter().map(|row| (row.table.code(), row.key, row.value));
        let content = codec::encode(1, &Content { made_at: self.made_at, rows: rows.collect() });
        let mut plain = [&(content.len() as u64).to_le_bytes()[..], &content].concat();
        plain.resize(padded_length(plain.len()), 0);
        let key = code.key(&salt);
        let sealed = seal_with_key(&key, &salt, &plain);
        let envelope = Envelope { salt, check: check(&key), sealed };
        let file = [FileKind::Backup.mark(), &codec::encode(1, &envelope)].concat();
        if file.len() > most { Err(BackupTooLarge) } else { Ok(file) }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`BadBackup`].
    pub fn open(bytes: &[u8], code: &BackupCode) -> Result<Self, BadBackup> {
        if bytes.len() > MAX_BACKUP {
            return Err(BadBackup::TooLarge);
        }
        let rest = match FileKind::of(bytes) {
            Some((FileKind::Backup, rest)) => rest,
            Some((FileKind::Bundles, _)) => return Err(BadBackup::Bundles),
            None => return Err(BadBackup::Foreign),
        };
        let Envelope { salt, check: expected, sealed } = codec::decode(1, rest)?;
        let key = code.key(&salt);
        if check(&key) != expected {
            return Err(BadBackup::Code);
        }
        let plain = open_with_key(&key, &salt, &sealed).map_err(|_| BadBackup::Damaged)?;
        let (length, rest) = plain.split_first_chunk::<8>().ok_or(BadBackup::Damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let content = rest.get(..length).ok_or(BadBackup::Damaged)?;
        let Content { made_at, rows } = codec::decode(1, content)?;
        let row = |(table, key, value): (u8, Vec<u8>, Vec<u8>)| {
            // A table that this app does not know is a newer app's.
            let table = Table::of(table).ok_or(BadBackup::Newer)?;
            Ok(Row { table, key, value })
        };
        Ok(Self { made_at, rows: rows.into_iter().map(row).collect::<Result<_, BadBackup>>()? })
    }
}

impl From<Malformed> for BadBackup {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::Version(_) => Self::Newer,
            Malformed::Shape => Self::Damaged,
        }
    }
}

/// Tells a mistyped code from a damaged file.
fn check(key: &[u8; 32]) -> [u8; 16] {
    let mut check = [0; 16];
    check.copy_from_slice(&digest::labelled("backup key check", &[key])[..16]);
    check
}
