//! The files that the house rules read.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// A file of the repository.
pub(super) struct Source {
    /// From the root, with slashes.
    pub(super) path: String,
    /// Its whole text.
    pub(super) text: String,
}

impl Source {
    /// Whether the file's name ends so.
    pub(super) fn is(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
    }

    /// One message per line that matches.
    pub(super) fn places(&self, matches: impl Fn(&str) -> bool, message: &str) -> Vec<String> {
        let numbered = self.text.lines().enumerate();
        let found = numbered.filter(|(_, line)| matches(line));
        found.map(|(at, _)| format!("{}:{}: {message}", self.path, at + 1)).collect()
    }
}

const ENDINGS: &[&str] = &["rs", "md", "toml", "ts", "js", "css", "html", "json"];

/// Reads every text file that git knows or would take.
///
/// # Errors
/// When git cannot list them or one cannot be read.
pub(super) fn read(root: &Path) -> Result<Vec<Source>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = process::read(&mut git).context("git cannot list the files: is this a clone?")?;
    let mut sources = Vec::new();
    for path in listed.lines() {
        let file = root.join(path);
        let wanted = ENDINGS.iter().any(|ending| path.ends_with(&format!(".{ending}")));
        // What was deleted and not yet committed is listed too.
        if wanted && file.is_file() {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{path} is not text in UTF-8"))?;
            sources.push(Source { path: path.to_owned(), text });
        }
    }
    Ok(sources)
}
