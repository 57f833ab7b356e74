//! The workspace's own commands: `cargo xtask run` and `cargo xtask test` are the two of the README.
//!
//! What this crate promises: a fresh machine with git, Rust, a C compiler and Node needs nothing but
//! these commands; a second run repeats nothing; what goes wrong is told in one sentence that says
//! what to do. It knows the layout of the repository and the tools; of the product only `demo`, `bench` and
//! what makes the examples know.

mod bench;
mod browser;
mod budget;
mod client_build;
mod demo;
mod dist;
mod observations;
mod process;
mod run;
mod server_build;
mod soak;
mod stamp;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The command line.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, version)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

/// One command.
#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build what changed, and serve the app on this machine
    Run {
        /// Serve the invented demo campaign instead of an empty server
        #[arg(long)]
        demo: bool,
        /// The port on 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Where the server keeps its database (default: `data` in the repository)
        #[arg(long)]
        data: Option<PathBuf>,
        /// Start this server and serve what is in `dist`, without building anything
        #[arg(long, hide = true)]
        server: Option<PathBuf>,
    },
    /// Run every check: format, lints, house rules, tests, budgets, browser tests
    Test {
        /// Only these steps, by name (default: all)
        steps: Vec<String>,
    },
    /// Print the sizes of the first load, and fail above the budget
    Budget,
    /// Check the house rules
    Tidy,
    /// Print how long a phone with a great many records takes, in the browser
    Bench {
        /// How many own visits it has
        #[arg(long, default_value_t = 10_000)]
        records: usize,
        /// Only write the notebooks that are compared into this folder
        #[arg(long, hide = true)]
        write: Option<PathBuf>,
        /// Measure with this server and what is in `dist`, without building anything
        #[arg(long, hide = true)]
        server: Option<PathBuf>,
    },
    /// Run the long counts of the simulator and the fault tests
    Soak,
    /// Finish Trunk's output (Trunk calls this as its `post_build` hook)
    #[command(hide = true)]
    Dist,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Task::Run { demo, port, data, server } => run::run(demo, port, data, server),
        Task::Test { steps } => test::test(&steps),
        Task::Budget => budget::budget(),
        Task::Tidy => tidy::tidy(),
        Task::Bench { records, write: Some(folder), server } => {
            bench::write(records, &folder, server)
        }
        Task::Bench { records, write: None, server } => bench::bench(records, server),
        Task::Soak => soak::soak(),
        Task::Dist => dist::dist(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
