//! One hash over many files: tells whether a build's inputs have changed since last time.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Every file below the given paths, sorted; a path may be a file itself, or absent.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            for entry in entries {
                open.push(entry?.path());
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The hash over names and contents of every file below the given paths.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn of(root: &Path, paths: &[&str]) -> Result<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    let mut hash = Sha256::new();
    for file in files(&paths)? {
        let bytes =
            std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        // Lengths first, so that no two lists of files can run into the same bytes.
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn changes_with_content_and_with_name() {
        let root = std::env::temp_dir().join(format!("perron-stamp-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(root.join("a"), "one").unwrap();
        let first = of(&root, &["."]).unwrap();
        assert_eq!(first, of(&root, &["."]).unwrap());
        std::fs::write(root.join("a"), "two").unwrap();
        let second = of(&root, &["."]).unwrap();
        std::fs::rename(root.join("a"), root.join("b")).unwrap();
        let third = of(&root, &["."]).unwrap();
        std::fs::remove_dir_all(&root).unwrap();
        assert_ne!(first, second);
        assert_ne!(second, third);
    }
}
