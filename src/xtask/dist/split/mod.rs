//! Cuts what the first page does not need out of the wasm file, into one that is fetched later.
//!
//! Rust knows nothing of this: the app calls one function through a pointer ([`ENTRY`]), and what is
//! reached through that pointer alone goes into the second file. The two share one memory and one table of
//! function pointers; the second file fills its own places in both when it is loaded ([`later`] of the app).
//! A build that was not cut works as it is.
//!
//! The analysis reads the linker's output, whose relocations say where a pointer is taken
//! ([`reach`]); it yields addresses and places in the table, which wasm-bindgen and wasm-opt leave as they
//! are. The cut is made in their output ([`cut`]), which is checked again: whatever the first file calls
//! stays in it.
//!
//! [`later`]: ../../../client/browser/later.rs

mod cut;
mod module;
mod reach;
mod renumber;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::cut::Cut;
use crate::workspace;

/// The function that is called through a pointer.
const ENTRY: &str = "client::pages::later::later_view";
/// The app's file as Trunk stages it.
const WHOLE: &str = "client_bg.wasm";
/// What is fetched later.
const LATER: &str = "client_later.wasm";
/// The page names it so that the app finds it.
const NAMED_BEFORE: &str = "</head>";

/// Cuts the staged wasm file in two and names the second in the page.
///
/// # Errors
/// When the linker's output is missing or holds no relocations, or nothing can be cut out.
pub(super) fn split(page: &mut String, staging: &Path) -> Result<()> {
    let linked = read(&linked()?)?;
    let whole = read(&staging.join(WHOLE))?;
    let apart = reach::only_through(&linked, ENTRY).context("the linker's output")?;
    let Cut { first, later } = cut::cut(&whole, &apart).context("wasm-opt's output")?;
    for (name, bytes) in [(WHOLE, first), (LATER, later)] {
        std::fs::write(staging.join(name), bytes)
            .with_context(|| format!("{name} cannot be written"))?;
    }
    if page.matches(NAMED_BEFORE).count() != 1 {
        bail!("index.html must hold {NAMED_BEFORE} once");
    }
    let named = format!("<meta name=\"later\" content=\"/{LATER}\" />{NAMED_BEFORE}");
    *page = page.replace(NAMED_BEFORE, &named);
    Ok(())
}

/// What cargo has just built for Trunk, before wasm-bindgen.
fn linked() -> Result<PathBuf> {
    let target = workspace::target()?.join("wasm32-unknown-unknown");
    Ok(target.join("wasm").join("client.wasm"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
