//! Names that carry the hash of the content: a stored copy under such a name is always the right one.

use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::references;
use crate::stamp;

/// In this order: a start script refers to the glue and to the wasm file, so it is hashed last.
const KINDS: &[&str] = &["wasm", "css", "js"];

/// Renames the scripts, styles and wasm files that the page loads, and mends every reference.
///
/// Files that only the app or the system asks for (icons, workers) keep their names.
///
/// # Errors
/// When a file that the page refers to cannot be read or renamed.
pub(super) fn rename(page: &mut String, staging: &Path) -> Result<()> {
    let mut names = references::of(page);
    names.sort_by_key(|name| (rank(name), name.starts_with("start")));
    for name in names {
        if rank(&name) == KINDS.len() {
            continue;
        }
        let bytes = std::fs::read(staging.join(&name))
            .with_context(|| format!("index.html refers to /{name}, which is not in the output"))?;
        let new = hashed(&name, &bytes);
        std::fs::rename(staging.join(&name), staging.join(&new))
            .with_context(|| format!("{name} cannot be renamed"))?;
        *page = refer(page, &name, &new);
        mend_scripts(staging, &name, &new)?;
    }
    Ok(())
}

fn rank(name: &str) -> usize {
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len())
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = stamp::hex(&Sha256::digest(bytes)[..8]);
    match name.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}-{digest}.{kind}"),
        None => format!("{name}-{digest}"),
    }
}

/// The glue names the wasm file in its default, the start script names both.
fn mend_scripts(staging: &Path, name: &str, new: &str) -> Result<()> {
    for script in ["client.js", "start.js"] {
        let path = staging.join(script);
        if path.is_file() {
            let text = super::read(&path)?;
            super::write(&path, &refer(&text, name, new))?;
        }
    }
    Ok(())
}

fn refer(text: &str, name: &str, new: &str) -> String {
    let mut text = text.to_owned();
    for quote in ['"', '\''] {
        for lead in ["/", "./", ""] {
            text = text.replace(
                &format!("{quote}{lead}{name}{quote}"),
                &format!("{quote}{lead}{new}{quote}"),
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{hashed, rename};

    #[test]
    fn every_reference_follows_and_equal_bytes_get_equal_names() {
        let staging = std::env::temp_dir().join(format!("perron-names-{}", std::process::id()));
        std::fs::create_dir_all(&staging).unwrap();
        std::fs::write(staging.join("client_bg.wasm"), "wasm").unwrap();
        std::fs::write(staging.join("client.js"), "new URL('client_bg.wasm')").unwrap();
        std::fs::write(staging.join("start.js"), "import '/client.js'; init('/client_bg.wasm')")
            .unwrap();
        let mut page = "<script src=\"/start.js\"></script><link href=\"/client.js\">\
                        <link href=\"/client_bg.wasm\"><link href=\"/icon.svg\">"
            .to_owned();
        rename(&mut page, &staging).unwrap();

        let wasm = hashed("client_bg.wasm", b"wasm");
        let glue_text = format!("new URL('{wasm}')");
        let glue = hashed("client.js", glue_text.as_bytes());
        let start_text = format!("import '/{glue}'; init('/{wasm}')");
        let start = hashed("start.js", start_text.as_bytes());
        assert_eq!(std::fs::read_to_string(staging.join(&glue)).unwrap(), glue_text);
        assert_eq!(std::fs::read_to_string(staging.join(&start)).unwrap(), start_text);
        for name in [&wasm, &glue, &start] {
            assert!(page.contains(&format!("\"/{name}\"")), "{page}");
        }
        assert!(page.contains("\"/icon.svg\""));
        std::fs::remove_dir_all(&staging).unwrap();
    }
}
