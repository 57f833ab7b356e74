//! `cargo xtask test`: every check there is, in the order in which failures are cheapest to find.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::server_build::{self, Profile};
use crate::{browser, budget, client_build, process, tidy, tools, workspace};

/// A step: its name on the command line and in the summary, and what it does.
struct Step {
    name: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "lint-native", run: lint_native },
    Step { name: "lint-client", run: lint_client },
    Step { name: "tidy", run: tidy::tidy },
    Step { name: "native", run: native_tests },
    Step { name: "client", run: client_tests },
    Step { name: "build", run: build },
    Step { name: "budget", run: budget::budget },
    Step { name: "browser", run: browser_tests },
];

/// Runs the named steps, or all of them; a failed step does not keep the others from running.
///
/// # Errors
/// When a step failed or a name is unknown.
pub(crate) fn test(names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("There is no step {unknown}; the steps are {}.", known.join(", "));
    }
    let chosen =
        STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name));

    let mut results: Vec<(&str, Duration, bool)> = Vec::new();
    for step in chosen {
        eprintln!("\n━━ {}", step.name);
        let started = Instant::now();
        let outcome = (step.run)();
        if let Err(error) = &outcome {
            eprintln!("{error:#}");
        }
        let took = started.elapsed();
        eprintln!("━━ {}: {} in {:.1} s", step.name, verdict(outcome.is_ok()), took.as_secs_f32());
        results.push((step.name, took, outcome.is_ok()));
    }
    report(&results)
}

fn report(results: &[(&str, Duration, bool)]) -> Result<()> {
    println!();
    for (name, took, passed) in results {
        println!("{:<16} {:<7} {:>7.1} s", name, verdict(*passed), took.as_secs_f32());
    }
    let passed = results.iter().filter(|(_, _, passed)| *passed).count();
    let failed = results.len() - passed;
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        // The line above is the summary; a sentence after it would hide it.
        std::process::exit(1);
    }
    Ok(())
}

fn verdict(passed: bool) -> &'static str {
    if passed { "passed" } else { "failed" }
}

fn format() -> Result<()> {
    cargo("The formatting", &["fmt", "--all", "--check"])
}

fn lint_native() -> Result<()> {
    tools::ensure_c_compiler()?;
    cargo(
        "The lints",
        &["clippy", "--workspace", "--exclude", "client", "--all-targets", "--", "-D", "warnings"],
    )
}

// The client is selected alone: cargo unifies features over all selected packages.
fn lint_client() -> Result<()> {
    tools::ensure_wasm_target()?;
    cargo(
        "The client's lints",
        &["clippy", "-p", "client", "--target", WASM, "--all-targets", "--", "-D", "warnings"],
    )
}

fn native_tests() -> Result<()> {
    // The guard's rules are compared with what a browser's engine finds.
    tools::ensure_node()?;
    cargo("The native tests", &["test", "--workspace", "--exclude", "client"])
}

// Where it will run: nothing of the client is ever built for another machine.
fn client_tests() -> Result<()> {
    tools::ensure_client_tools()?;
    let browser = browser::ensure()?;
    let mut command = workspace::cargo();
    command.args(["test", "-p", "client", "--target", WASM]);
    command.env("PATH", tools::path()?).env("CHROMEDRIVER", browser.driver);
    process::show("The client's tests in the browser", &mut command)
}

fn build() -> Result<()> {
    client_build::ensure()?;
    server_build::ensure(Profile::Dev).map(drop)
}

fn browser_tests() -> Result<()> {
    run_browser_tests(&[], &[])
}

/// Runs the browser tests whose names hold one of `chosen`, or all; `counts` are variables that they read.
///
/// # Errors
/// When something that they need is missing, or one fails.
pub(crate) fn run_browser_tests(chosen: &[&str], counts: &[(&str, String)]) -> Result<()> {
    let browser = browser::ensure()?;
    client_build::ensure()?;
    let server = server_build::ensure(Profile::Dev)?;
    install_browser_tests()?;

    let mut tests = Command::new("npm");
    tests.args(["test", "--"]).args(chosen).current_dir(workspace::e2e());
    tests.env("CHROMIUM", browser.chromium).env("PERRON_BINARY", server);
    tests.env("PERRON_ASSETS", workspace::dist());
    // The demo is tried as a person would start it.
    tests.env("PERRON_XTASK", std::env::current_exe()?);
    tests.envs(counts.iter().map(|(name, value)| (*name, value)));
    process::show("The browser tests", &mut tests)
}

/// Installs what the browser tests and measurements import.
///
/// # Errors
/// When Node is missing or npm fails.
pub(crate) fn install_browser_tests() -> Result<()> {
    tools::ensure_node()?;
    let mut install = Command::new("npm");
    install.args(["ci", "--no-fund", "--no-audit"]).current_dir(workspace::e2e());
    // Its browsers are not used: Debian's Chromium is.
    install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::show("Installing the browser tests", &mut install)
}

fn cargo(what: &str, arguments: &[&str]) -> Result<()> {
    process::show(what, workspace::cargo().args(arguments))
}

const WASM: &str = "wasm32-unknown-unknown";
