//! The list of a build's files: what the service worker keeps, what the first load costs, and the
//! hashes by which anyone can compare a served app with a build of their own.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::stamp;

/// Served beside the app.
pub(crate) const NAME: &str = "build.json";

/// The system fetches these once when the app is installed, and keeps them itself.
const NOT_KEPT: &[&str] = &["icons/icon-512.png", "icons/icon-maskable-512.png"];

/// A build's files, in the order of their paths.
#[derive(Debug, PartialEq)]
pub(crate) struct BuildList {
    /// Hash over the paths and hashes of the files that are kept: names the version.
    pub(crate) version: String,
    /// The files.
    pub(crate) files: Vec<BuiltFile>,
}

/// One file of a build.
#[derive(Debug, PartialEq)]
pub(crate) struct BuiltFile {
    /// Relative to the output folder, with slashes.
    pub(crate) path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
    /// Whether the service worker keeps it for the time without a network.
    pub(crate) kept: bool,
    /// Its length in bytes.
    pub(crate) bytes: u64,
    /// Bytes that travel to a browser that takes brotli.
    pub(crate) travelling: u64,
}

impl BuildList {
    /// Reads every file of an output folder; nothing is compressed yet.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for file in stamp::files(&[folder.to_owned()])? {
            let name = file.strip_prefix(folder).unwrap_or(&file);
            let path = name.to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(&file).with_context(|| format!("{path} cannot be read"))?;
            let kept = !NOT_KEPT.contains(&path.as_str());
            let sha256 = stamp::hex(&Sha256::digest(&bytes));
            let length = bytes.len() as u64;
            files.push(BuiltFile { path, sha256, kept, bytes: length, travelling: length });
        }
        let mut hash = Sha256::new();
        for file in files.iter().filter(|file| file.kept) {
            hash.update(format!("{} {}\n", file.sha256, file.path));
        }
        let version = stamp::hex(&hash.finalize()[..8]);
        Ok(Self { version, files })
    }

    /// Whether the service worker keeps the file of this path.
    pub(crate) fn keeps(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.kept && file.path == path)
    }

    /// Reads the list of a finished build.
    ///
    /// # Errors
    /// When there is no finished build in the folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(folder.join(NAME)).context("no finished build")?;
        let list: Value = serde_json::from_str(&text).context("build.json cannot be read")?;
        let version = list["version"].as_str().context("build.json names no version")?;
        let files = list["files"].as_array().context("build.json lists no files")?;
        let files = files.iter().map(BuiltFile::from_json).collect::<Option<Vec<_>>>();
        Ok(Self { version: version.to_owned(), files: files.context("build.json is not whole")? })
    }

    /// Writes the list into the folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let files: Vec<Value> = self.files.iter().map(BuiltFile::to_json).collect();
        let list = json!({ "version": self.version, "files": files });
        super::write(&folder.join(NAME), &format!("{list:#}\n"))
    }
}

impl BuiltFile {
    /// Whether only the service worker fetches it while a first visit is noted.
    pub(crate) fn is_later(&self) -> bool {
        self.path.starts_with("client_later-") || self.path == super::examples::NAME
    }

    fn to_json(&self) -> Value {
        json!({
            "path": self.path,
            "sha256": self.sha256,
            "kept": self.kept,
            "bytes": self.bytes,
            "travelling": self.travelling,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            path: value["path"].as_str()?.to_owned(),
            sha256: value["sha256"].as_str()?.to_owned(),
            kept: value["kept"].as_bool()?,
            bytes: value["bytes"].as_u64()?,
            travelling: value["travelling"].as_u64()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::BuildList;

    #[test]
    fn the_version_follows_kept_content_and_the_list_survives_its_file() {
        let folder = std::env::temp_dir().join(format!("perron-list-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("icons")).unwrap();
        std::fs::write(folder.join("index.html"), "one").unwrap();
        std::fs::write(folder.join("icons/icon-512.png"), "png").unwrap();
        let first = BuildList::of(&folder).unwrap();
        assert!(first.keeps("index.html") && !first.keeps("icons/icon-512.png"));

        std::fs::write(folder.join("icons/icon-512.png"), "other").unwrap();
        assert_eq!(BuildList::of(&folder).unwrap().version, first.version);
        std::fs::write(folder.join("index.html"), "two").unwrap();
        let second = BuildList::of(&folder).unwrap();
        assert_ne!(second.version, first.version);

        second.write(&folder).unwrap();
        assert_eq!(BuildList::read(&folder).unwrap(), second);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
