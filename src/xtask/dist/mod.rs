//! `cargo xtask dist`, Trunk's `post_build` hook: turns Trunk's output into what the server serves.
//!
//! What it promises: no inline script is left; every file that `index.html` loads is named after the
//! hash of its final bytes; the service worker's list is complete and states those hashes; the
//! examples of the training mode are there; whatever compresses well lies there compressed. Trunk's own hashes are not used: it computes the one of the
//! wasm file before wasm-bindgen and wasm-opt change it.

pub(crate) mod build_list;
mod compress;
mod content_names;
mod examples;
mod references;
mod split;
mod start_script;
mod worker;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::build_list::BuildList;
use crate::workspace;

/// Finishes the output that Trunk has staged.
///
/// # Errors
/// When it is not Trunk that calls, or the output lacks something that the app needs offline.
pub(crate) fn dist() -> Result<()> {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        bail!("Trunk calls this command by itself: run `cargo xtask run`.");
    };
    examples::write(&staging)?;
    if std::env::var("TRUNK_PROFILE").as_deref() == Ok("release") {
        finish(&staging)
    } else {
        // While developing, no cache may stand between a change and the page.
        write(&staging.join("sw.js"), worker::REMOVER)
    }
}

fn finish(staging: &Path) -> Result<()> {
    let index = staging.join("index.html");
    let mut page = read(&index)?;

    split::split(&mut page, staging)?;
    start_script::move_out(&mut page, staging)?;
    content_names::rename(&mut page, staging)?;
    write(&index, &page)?;

    let list = BuildList::of(staging)?;
    references::check(&page, staging, &list)?;
    let template = read(&workspace::root().join("public").join("sw.js"))?;
    write(&staging.join("sw.js"), &worker::fill_in(&template, &list)?)?;

    let list = compress::compress(staging, list)?;
    list.write(staging)
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
