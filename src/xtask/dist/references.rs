//! What a page refers to on its own origin.

use std::path::Path;

use anyhow::{Result, bail};

use super::build_list::BuildList;

/// The paths in `src`, `href` and `content` attributes that begin with a slash, without it, each once, sorted.
pub(super) fn of(page: &str) -> Vec<String> {
    let mut found: Vec<String> = ["src=\"", "href=\"", "content=\""]
        .iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter_map(|path| path.strip_prefix('/'))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Without this check a file that is missing from the list shows only on a phone without network.
///
/// # Errors
/// When the page refers to a file that the service worker would not keep, or to another origin.
pub(super) fn check(page: &str, staging: &Path, list: &BuildList) -> Result<()> {
    for path in of(page) {
        if !staging.join(&path).is_file() {
            bail!("index.html refers to /{path}, which is not in the output");
        }
        if !list.keeps(&path) {
            bail!("index.html refers to /{path}, which the service worker would not keep");
        }
    }
    for foreign in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        if page.contains(foreign) {
            bail!("index.html refers to another origin ({foreign}…)");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_every_own_file_once() {
        let page = r##"<link href="/a.css"><script src="/b.js"></script><link href="/a.css"><a href="#x"><meta content="/c.wasm">"##;
        assert_eq!(of(page), ["a.css", "b.js", "c.wasm"]);
    }
}
