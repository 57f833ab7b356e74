//! Compressed copies beside the files, made once at build time with all the time in the world.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::build_list::BuildList;

const KINDS: &[&str] = &["wasm", "js", "css", "html", "json", "svg", "webmanifest", "bin"];

/// Writes `.br` and `.gz` beside every file that gets smaller by it, adds the service worker to the
/// list, and notes in the list what travels.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn compress(folder: &Path, list: BuildList) -> Result<BuildList> {
    let version = list.version;
    // Read again: the worker, which holds the list and so cannot stand in it, is now there too.
    let mut list = BuildList::of(folder)?;
    list.version = version;
    for file in &mut list.files {
        file.kept = file.kept && file.path != "sw.js";
        let kind = file.path.rsplit_once('.').map_or("", |(_, kind)| kind);
        if !KINDS.contains(&kind) {
            continue;
        }
        let path = folder.join(&file.path);
        let bytes =
            std::fs::read(&path).with_context(|| format!("{} cannot be read", file.path))?;
        for (ending, compressed) in [("gz", gzip(&bytes)?), ("br", brotli(&bytes)?)] {
            if compressed.len() >= bytes.len() {
                continue;
            }
            let beside = folder.join(format!("{}.{ending}", file.path));
            std::fs::write(&beside, &compressed)
                .with_context(|| format!("{} cannot be written", beside.display()))?;
            if ending == "br" {
                file.travelling = compressed.len() as u64;
            }
        }
    }
    Ok(list)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    // No name and no time in the header: the same input gives the same file everywhere.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
