//! Twenty thousand random histories: all devices end equal, and nothing that was saved is lost.
//!
//! `SIMULATION_HISTORIES` says how many (20,000), `SIMULATION_FIRST` with which seed to begin (0). A failing
//! seed is printed; `SIMULATION_FIRST=<seed> SIMULATION_HISTORIES=1` plays it alone,
//! and with `SIMULATION_TELL=1` it tells its story. `SIMULATION_UNSETTLED=100` makes every history one in which
//! several coordinators write the roster while backups are put back.

use std::time::Instant;

use tests::simulation::{Clocks, play, play_many};

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// One history in so many is played again with every clock off by up to ten years either way.
const SHIFTED: u64 = 20;

#[test]
fn every_history_ends_with_everything_everywhere() {
    let first = setting("SIMULATION_FIRST", 0);
    let count = setting("SIMULATION_HISTORIES", 20_000);
    let begun = Instant::now();
    let played = play_many(first, count, None, |seed, report| {
        if seed % SHIFTED != 0 {
            return Ok(());
        }
        let shifted = play(seed, None, Clocks::Random(seed)).map_err(|broken| broken.what)?;
        if shifted.end == report.end {
            Ok(())
        } else {
            Err(format!("clocks have power: {:#?}, not {:#?}", shifted.end, report.end))
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    match played {
        Ok(sum) => println!(
            "{count} histories from seed {first} in {seconds:.0} s: {} changes on {} devices, {} \
             restores, {} forks met, {} reunions, {} resets, {} refusals, {} pages ignored, {} grants",
            sum.changes,
            sum.devices,
            sum.restores,
            sum.forks,
            sum.reunions,
            sum.resets,
            sum.refused,
            sum.ignored,
            sum.grants,
        ),
        Err(broken) => panic!("seed {}: {}", broken.seed, broken.what),
    }
}
