//! The service worker's file: the template of `public/sw.js` with this build's version and list.

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::build_list::{BuildList, BuiltFile};

/// For development builds: removes an earlier worker and everything that it keeps.
pub(super) const REMOVER: &str = r#"// A development build: no service worker, no stored files.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  ),
);
"#;

const VERSION: &str = "__VERSION__";
const PRECACHE: &str = "__PRECACHE__";

/// The worker's text.
///
/// # Errors
/// When the template lacks a placeholder or holds one twice.
pub(super) fn fill_in(template: &str, list: &BuildList) -> Result<String> {
    for placeholder in [VERSION, PRECACHE] {
        if template.matches(placeholder).count() != 1 {
            bail!("public/sw.js must hold {placeholder} exactly once");
        }
    }
    let files =
        list.files.iter().filter(|file| file.kept).map(entry).collect::<Result<Vec<Value>>>()?;
    Ok(template.replace(VERSION, &list.version).replace(PRECACHE, &format!("{:#}", json!(files))))
}

/// The page itself is asked for by its address, everything else by its name.
fn entry(file: &BuiltFile) -> Result<Value> {
    let path = if file.path == "index.html" { "/".to_owned() } else { format!("/{}", file.path) };
    let bytes = (0..file.sha256.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&file.sha256[at..at + 2], 16))
        .collect::<Result<Vec<u8>, _>>()
        .context("a hash is not hexadecimal")?;
    Ok(json!([path, STANDARD.encode(bytes)]))
}

#[cfg(test)]
mod tests {
    use super::{BuildList, BuiltFile, fill_in};

    #[test]
    fn lists_what_is_kept_and_nothing_else() {
        let file = |path: &str, kept| BuiltFile {
            path: path.to_owned(),
            sha256: "00ff".to_owned(),
            kept,
            bytes: 1,
            travelling: 1,
        };
        let list = BuildList {
            version: "v1".to_owned(),
            files: vec![file("icons/big.png", false), file("index.html", true)],
        };
        let text = fill_in("v = \"__VERSION__\"; l = __PRECACHE__;", &list).unwrap();
        assert!(text.starts_with("v = \"v1\";"), "{text}");
        assert!(text.contains("\"/\"") && text.contains("\"AP8=\""), "{text}");
        assert!(!text.contains("big.png"), "{text}");
        assert!(fill_in("no placeholder", &list).is_err());
    }
}
