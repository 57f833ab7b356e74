//! The simulator can fail: bugs planted on purpose are each found.

use tests::simulation::{Plant, play_many};

/// How many histories may pass before a planted bug is found.
fn patience(plant: Plant) -> u64 {
    match plant {
        Plant::AckWithoutEpoch | Plant::PageWithoutEpoch | Plant::OfferForgotten => 10_000,
        Plant::LostBranchForgotten | Plant::BranchKeptBack | Plant::LetGoUnreached => 5_000,
        _ => 500,
    }
}

#[test]
fn every_planted_bug_is_found() {
    let mut missed = Vec::new();
    for plant in Plant::ALL {
        match play_many(0, patience(*plant), Some(*plant), |_, _| Ok(())) {
            Ok(_) => missed.push(plant),
            Err(broken) => {
                let what: String = broken.what.chars().take(100).collect();
                println!("{plant:?}: seed {}: {what}", broken.seed);
            }
        }
    }
    assert!(missed.is_empty(), "not found: {missed:?}");
}
