//! Random histories of several devices and a server, through every fault that a network, a disk and a
//! careless operator have.
//!
//! ```text
//!   seed ─► mix of faults ─► 10 to 40 steps ─► no more faults, everybody syncs ─► every invariant
//! ```
//!
//! The devices are the production notebook over rows that survive a crash; the server is the production
//! service over its ledger in memory; between them the simulated network loses, delays and repeats. The
//! cryptography is real. [`Plant`] proves that the simulator can fail.

mod cast;
mod check;
mod coordinator;
mod device;
mod dice;
mod duties;
mod healing;
mod mix;
mod pages;
mod plant;
mod planting;
mod retiring;
mod server;
mod sync;
mod truth;
mod wire;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

pub use check::Timeless;
pub use plant::Plant;
pub use world::Clocks;

use world::World;

/// What happened in a history that kept every promise.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Changes saved.
    pub changes: usize,
    /// Devices, copies among them.
    pub devices: usize,
    /// Older copies of the server put back.
    pub restores: usize,
    /// How often a device began a sync with another roster than the server's.
    pub forks: usize,
    /// Reunions in the roster in the end.
    pub reunions: usize,
    /// How often a device began again.
    pub resets: usize,
    /// Entries refused on the way.
    pub refused: usize,
    /// Pages that a device ignored.
    pub ignored: usize,
    /// Grants made.
    pub grants: usize,
    /// What everybody sees in the end.
    pub end: Timeless,
}

/// A promise that was broken.
#[derive(Debug, Clone)]
pub struct Broken {
    /// The history.
    pub seed: u64,
    /// Which promise.
    pub what: String,
}

/// Plays one history.
///
/// # Errors
/// The promise that it broke, a panic among them.
pub fn play(seed: u64, plant: Option<Plant>, clocks: Clocks) -> Result<Report, Broken> {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(seed, plant, clocks);
        (0..world.mix.steps).for_each(|_| world.step());
        world.heal()?;
        world.check()?;
        Ok(Report {
            changes: world.truth.saved.len(),
            devices: world.devices.len(),
            restores: world.restores,
            forks: world.forks,
            reunions: world.reunions(),
            resets: world.resets,
            refused: world.refused,
            ignored: world.ignored,
            grants: world.grants,
            end: world.timeless(),
        })
    }));
    let broken = |what| Broken { seed, what };
    match played {
        Ok(played) => played.map_err(broken),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(broken(format!("panic: {}", text.unwrap_or_default())))
        }
    }
}

/// Plays histories from `first` on, on all processors, until one breaks a promise or `count` kept all.
///
/// The sums of their reports; `each` sees every report too.
///
/// # Errors
/// The broken promise with the smallest seed among those found.
pub fn play_many(
    first: u64,
    count: u64,
    plant: Option<Plant>,
    each: impl Fn(u64, &Report) -> Result<(), String> + Sync,
) -> Result<Report, Broken> {
    let (next, stop) = (AtomicU64::new(first), AtomicBool::new(false));
    let broken: Mutex<Option<Broken>> = Mutex::new(None);
    let sums: [AtomicUsize; 9] = Default::default();
    let work = || {
        while !stop.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + count {
                return;
            }
            let played = play(seed, plant, Clocks::AsDrawn).and_then(|report| {
                each(seed, &report).map_err(|what| Broken { seed, what })?;
                Ok(report)
            });
            match played {
                Ok(report) => add(&sums, &report),
                Err(found) => {
                    stop.store(true, Ordering::Relaxed);
                    let mut broken = broken.lock().expect("no history panics while it holds this");
                    if broken.as_ref().is_none_or(|known| known.seed > found.seed) {
                        *broken = Some(found);
                    }
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        (0..threads).for_each(|_| drop(scope.spawn(work)));
    });
    match broken.into_inner().expect("no history panics while it holds this") {
        Some(broken) => Err(broken),
        None => Ok(total(&sums)),
    }
}

fn add(sums: &[AtomicUsize; 9], report: &Report) {
    let Report {
        changes,
        devices,
        restores,
        forks,
        reunions,
        resets,
        refused,
        ignored,
        grants,
        ..
    } = report;
    let parts = [changes, devices, restores, forks, reunions, resets, refused, ignored, grants];
    sums.iter().zip(parts).for_each(|(sum, part)| {
        sum.fetch_add(*part, Ordering::Relaxed);
    });
}

fn total(sums: &[AtomicUsize; 9]) -> Report {
    let sum = |index: usize| sums[index].load(Ordering::Relaxed);
    Report {
        changes: sum(0),
        devices: sum(1),
        restores: sum(2),
        forks: sum(3),
        reunions: sum(4),
        resets: sum(5),
        refused: sum(6),
        ignored: sum(7),
        grants: sum(8),
        end: Timeless::new(),
    }
}
