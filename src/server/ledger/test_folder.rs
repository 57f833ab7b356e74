//! A folder that goes with its test.

use std::path::{Path, PathBuf};

/// Below the system's temporary folder.
pub(crate) struct TestFolder(PathBuf);

impl TestFolder {
    pub(crate) fn new() -> Self {
        let mut name = [0; 16];
        getrandom::fill(&mut name).unwrap();
        let path = std::env::temp_dir().join(format!("perron-{}", domain::ids::Epoch(name)));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
