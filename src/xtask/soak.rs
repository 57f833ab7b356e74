//! `cargo xtask soak`: the counts that are too long for every change.

use anyhow::Result;

use crate::{process, tools, workspace};

/// What the tests read to know how long to run: variable, value, what it counts.
const COUNTS: &[(&str, &str, &str)] = &[
    ("SIMULATION_HISTORIES", "1000000", "random histories of devices and a server"),
    ("PLANTED_HISTORIES", "10000", "histories within which each planted bug must show"),
    ("PROPTEST_CASES", "20000", "cases of each property test"),
    ("SERVER_KILLS", "200", "kills of the server under writers"),
];

/// Runs the native tests with the long counts; a variable that is set already keeps its value.
///
/// # Errors
/// When a test fails.
pub(crate) fn soak() -> Result<()> {
    tools::ensure_c_compiler()?;
    let mut command = workspace::cargo();
    command.args(["test", "--release", "--workspace", "--exclude", "client"]);
    for (variable, value, meaning) in COUNTS {
        let value = std::env::var(variable).unwrap_or_else(|_| (*value).to_owned());
        println!("{variable}={value}: {meaning}");
        command.env(variable, value);
    }
    process::show("The long run", &mut command)
}
