//! A folder that goes with its test.

use std::path::{Path, PathBuf};

use domain::ids::Epoch;

/// Below the system's temporary folder.
pub struct TestFolder(PathBuf);

impl Default for TestFolder {
    fn default() -> Self {
        Self::new()
    }
}

impl TestFolder {
    /// A new, empty folder.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn new() -> Self {
        let mut name = [0; 16];
        getrandom::fill(&mut name).expect("the system has random bytes");
        let path = std::env::temp_dir().join(format!("perron-{}", Epoch(name)));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path inside it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
