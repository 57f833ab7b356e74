//! `cargo xtask soak`: the counts that are too long for every change.

use anyhow::Result;

use crate::{process, test, tools, workspace};

/// What a test reads to know how long to run: variable, value, what it counts.
type Count = (&'static str, &'static str, &'static str);

const NATIVE: &[Count] = &[
    ("SIMULATION_HISTORIES", "1000000", "random histories of devices and a server"),
    ("PLANTED_HISTORIES", "10000", "histories within which each planted bug must show"),
    ("PROPTEST_CASES", "20000", "cases of each property test"),
    ("SERVER_KILLS", "200", "kills of the server under writers"),
];
const BROWSER: &[Count] =
    &[("BROWSER_KILLS", "100", "kills of the browser in the middle of a form")];

/// Runs the native tests, then those of the browser that count, with the long counts; a variable that is set
/// already keeps its value.
///
/// # Errors
/// When a test fails.
pub(crate) fn soak() -> Result<()> {
    tools::ensure_c_compiler()?;
    let mut command = workspace::cargo();
    command.args(["test", "--release", "--workspace", "--exclude", "client"]);
    command.envs(settled(NATIVE));
    process::show("The long run", &mut command)?;
    test::run_browser_tests(&["crash"], &settled(BROWSER))
}

/// The counts as they hold for this run, told.
fn settled(counts: &[Count]) -> Vec<(&'static str, String)> {
    let settle = |(variable, value, meaning): &Count| {
        let value = std::env::var(variable).unwrap_or_else(|_| (*value).to_owned());
        println!("{variable}={value}: {meaning}");
        (*variable, value)
    };
    counts.iter().map(settle).collect()
}
