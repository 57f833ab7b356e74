//! The tools that building needs: found on the path in the right version, or installed into `.tools`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// 0.22 asks for a newer Rust than the workspace's.
const TRUNK: &str = "0.21.14";
/// The npm package that brings wasm-opt; its major number is what `wasm-opt --version` prints.
const BINARYEN: &str = "132";
const NODE_AT_LEAST: u32 = 20;

/// Makes sure that everything is there that `trunk build` and the wasm tests need.
///
/// # Errors
/// One sentence that says what to install by hand, when this crate cannot.
pub(crate) fn ensure_client_tools() -> Result<()> {
    ensure_wasm_target()?;
    ensure_cargo_tool("Trunk", "trunk", TRUNK, &["--locked"])?;
    // Without --locked: its lock file pins releases that registries may have withdrawn.
    ensure_cargo_tool("wasm-bindgen", "wasm-bindgen", &wasm_bindgen_version()?, &[])?;
    ensure_wasm_opt()
}

/// Makes sure that Rust can compile for the browser.
///
/// # Errors
/// When the target is missing and rustup is not there to add it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::read(Command::new("rustc").args(["--print", "sysroot"]))
        .context("rustc cannot be started: install Rust from https://rustup.rs")?;
    let target = PathBuf::from(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown");
    if target.exists() {
        return Ok(());
    }
    if !process::exists("rustup") {
        bail!(
            "Rust's wasm32-unknown-unknown target is missing and rustup is not there to add it: \
             install Rust from https://rustup.rs, or the target with your package manager."
        );
    }
    announce("Installing Rust's wasm32 target");
    let mut command = Command::new("rustup");
    command.args(["target", "add", "wasm32-unknown-unknown"]).current_dir(workspace::root());
    process::show("Installing the wasm32 target", &mut command)
}

/// Makes sure that C code can be compiled: SQLite is.
///
/// # Errors
/// When no compiler answers.
pub(crate) fn ensure_c_compiler() -> Result<()> {
    let named = std::env::var_os("CC");
    let found =
        named.is_some_and(process::exists) || ["cc", "gcc", "clang"].iter().any(process::exists);
    if !found {
        bail!(
            "No C compiler is installed, and the embedded SQLite database needs one. \
             On Debian or Ubuntu run `sudo apt install build-essential`, on macOS `xcode-select --install`."
        );
    }
    Ok(())
}

/// Makes sure that Node and npm are there in a version that can be used.
///
/// # Errors
/// When they are missing or too old.
pub(crate) fn ensure_node() -> Result<()> {
    let version = process::read(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or("");
    if major.parse::<u32>().unwrap_or(0) < NODE_AT_LEAST || !process::exists("npm") {
        bail!(
            "Node {NODE_AT_LEAST} or newer with npm is needed for wasm-opt and the browser tests, and is not there. \
             Install it from https://nodejs.org or with your system's package manager."
        );
    }
    Ok(())
}

/// The search path with this repository's own tools first.
///
/// # Errors
/// When a folder's name cannot stand in a search path.
pub(crate) fn path() -> Result<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = own_folders().into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(folders).context("a folder of PATH cannot be used")
}

fn own_folders() -> [PathBuf; 2] {
    let tools = workspace::tools();
    [tools.join("bin"), tools.join("node_modules").join(".bin")]
}

fn ensure_cargo_tool(name: &str, program: &str, version: &str, flags: &[&str]) -> Result<()> {
    let mut asked = Command::new(program);
    asked.arg("--version").env("PATH", path()?);
    let found = process::read(&mut asked).unwrap_or_default();
    if found.split_whitespace().nth(1) == Some(version) {
        return Ok(());
    }
    announce(&format!("Installing {name} {version} into .tools (once, some minutes)"));
    let package = if program == "wasm-bindgen" { "wasm-bindgen-cli" } else { program };
    let mut command = workspace::cargo();
    command.args(["install", package, "--version", version, "--force", "--root"]);
    command.arg(workspace::tools()).args(flags);
    process::show(&format!("Installing {name}"), &mut command)
}

fn ensure_wasm_opt() -> Result<()> {
    let mut asked = Command::new("wasm-opt");
    asked.arg("--version").env("PATH", path()?);
    let found = process::read(&mut asked).unwrap_or_default();
    if found.split_whitespace().nth(2) == Some(BINARYEN) {
        return Ok(());
    }
    ensure_node()?;
    announce(&format!("Installing wasm-opt {BINARYEN} into .tools (once)"));
    let mut command = Command::new("npm");
    command.args(["install", "--no-fund", "--no-audit", "--save-exact", "--prefix"]);
    command.arg(workspace::tools()).arg(format!("binaryen@{BINARYEN}.0.0"));
    process::show("Installing wasm-opt", &mut command)
}

/// The crate and the tool must be the same version, so the lock file decides.
fn wasm_bindgen_version() -> Result<String> {
    let lock = std::fs::read_to_string(workspace::root().join("Cargo.lock"))
        .context("Cargo.lock cannot be read: run the command in a whole clone")?;
    locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn announce(what: &str) {
    eprintln!("── {what}");
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn reads_the_version_of_exactly_the_named_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
