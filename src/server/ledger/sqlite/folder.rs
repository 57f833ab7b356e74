//! The data folder: the database, what stands beside it, and the lock on all of it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::OpenError;

/// Where the files of a data folder are.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path.
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("perron.db")
    }

    /// The journal of orders to erase. Backups of the database must not take its place.
    pub fn journal(&self) -> PathBuf {
        self.0.join("erasures.journal")
    }

    /// The heads seen last.
    pub fn seen(&self) -> PathBuf {
        self.0.join("heads.seen")
    }

    /// Where a restore prepares the database that it puts in place.
    pub(super) fn incoming(&self) -> PathBuf {
        self.0.join("perron.incoming.db")
    }

    /// The database that the last restore replaced.
    pub fn replaced(&self) -> PathBuf {
        self.0.join("perron.replaced.db")
    }

    /// Creates the folder if need be and takes the lock, which ends with the file or the process.
    pub(super) fn lock(&self) -> Result<File, OpenError> {
        let unusable = |error| OpenError::Folder(self.0.clone(), error);
        std::fs::create_dir_all(&self.0).map_err(unusable)?;
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(self.0.join("lock"));
        let file = file.map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse(self.0.clone())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}

/// SQLite's own files beside a database.
pub(super) fn companions(database: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|suffix| {
        let mut name = database.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}
