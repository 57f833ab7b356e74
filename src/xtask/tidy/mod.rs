//! `cargo xtask tidy`: the house rules that neither compiler nor clippy checks.
//!
//! Rules read text, not syntax: they find the honest mistake, and cost nothing.

mod arrows;
mod sources;
mod transactions;

use anyhow::{Result, bail};

use self::sources::Source;
use crate::workspace;

/// A file with its tests; most are far shorter.
const LONGEST: usize = 400;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "manager", "common"];

/// Checks every source file and prints each broken rule with its place.
///
/// # Errors
/// When a rule is broken.
pub(crate) fn tidy() -> Result<()> {
    let sources = sources::read(&workspace::root())?;
    let broken: Vec<String> = sources.iter().flat_map(check).collect();
    for line in &broken {
        println!("{line}");
    }
    if !broken.is_empty() {
        bail!("{} house rules are broken", broken.len());
    }
    println!("{} files follow the house rules", sources.len());
    Ok(())
}

fn check(source: &Source) -> Vec<String> {
    let mut broken = arrows::check(source);
    broken.extend(transactions::check(source));
    broken.extend(length(source));
    broken.extend(name(source));
    broken.extend(foreign_paths(source));
    broken
}

fn length(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    let counted = source.is("rs") || source.is("ts") || source.is("js") || source.is("css");
    (counted && lines > LONGEST)
        .then(|| format!("{}: {lines} lines; split it before {LONGEST}", source.path))
}

fn name(source: &Source) -> Option<String> {
    let empty = source.path.split(['/', '.']).rfind(|part| EMPTY_NAMES.contains(part))?;
    Some(format!("{}: `{empty}` names nothing; say what it does", source.path))
}

/// A clone must stand alone: nothing beside the repository may be named.
fn foreign_paths(source: &Source) -> Vec<String> {
    let outside = ["..", "shared"].join("/");
    source.places(|line| line.contains(&outside), &format!("`{outside}` is outside the repository"))
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_clean_file_passes() {
        assert_eq!(check(&source("src/domain/merge.rs", "use std::fmt;\n")), Vec::<String>::new());
    }

    #[test]
    fn long_files_and_empty_names_are_found() {
        assert_eq!(check(&source("src/domain/merge.rs", &"//\n".repeat(401))).len(), 1);
        assert_eq!(check(&source("src/server/http/utils.rs", "")).len(), 1);
        assert_eq!(check(&source("src/server/helpers/mod.rs", "")).len(), 1);
    }

    #[test]
    fn paths_beside_the_repository_are_found() {
        let outside = ["..", "shared"].join("/");
        let broken = check(&source("README.md", &format!("see {outside}/design.md\n")));
        assert_eq!(broken, [format!("README.md:1: `{outside}` is outside the repository")]);
    }
}
