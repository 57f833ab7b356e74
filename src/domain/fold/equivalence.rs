//! Collectives that are one: `merged_into` read as an equivalence.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::RecordId;

/// Which record stands for which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Equivalence {
    survivor: BTreeMap<RecordId, RecordId>,
    /// Records that were merged in a circle: shown as a conflict.
    pub circles: BTreeSet<RecordId>,
}

/// Reads pairs (record, merged into) as an equivalence.
///
/// Law: it depends on the set of pairs only. The end of a chain stands for it; in a circle the smallest id.
pub fn equivalence(merged_into: &BTreeMap<RecordId, RecordId>) -> Equivalence {
    let mut result = Equivalence::default();
    for start in merged_into.keys() {
        let mut path = vec![*start];
        let mut end = *start;
        while let Some(next) = merged_into.get(&end) {
            if let Some(position) = path.iter().position(|seen| seen == next) {
                let circle = &path[position..];
                result.circles.extend(circle);
                end = circle.iter().min().copied().unwrap_or(end);
                break;
            }
            path.push(*next);
            end = *next;
        }
        result.survivor.insert(*start, end);
    }
    result
}

impl Equivalence {
    /// The record that stands for this one.
    pub fn survivor(&self, record: &RecordId) -> RecordId {
        self.survivor.get(record).copied().unwrap_or(*record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(byte: u8) -> RecordId {
        RecordId([byte; 16])
    }

    fn check(pairs: &[(u8, u8)], of: u8, expected: u8, circles: &[u8]) {
        let pairs = pairs.iter().map(|(from, to)| (id(*from), id(*to))).collect();
        let found = equivalence(&pairs);
        assert_eq!(found.survivor(&id(of)), id(expected));
        assert_eq!(found.circles, circles.iter().map(|byte| id(*byte)).collect());
    }

    #[test]
    fn chains_end_and_circles_have_their_smallest() {
        check(&[(1, 2), (2, 3)], 1, 3, &[]);
        check(&[(1, 2), (2, 3)], 9, 9, &[]);
        check(&[(5, 6), (6, 4), (4, 5)], 6, 4, &[4, 5, 6]);
        check(&[(5, 5)], 5, 5, &[5]);
        // A tail into a circle goes where the circle goes, and is no part of it.
        check(&[(9, 5), (5, 6), (6, 5)], 9, 5, &[5, 6]);
    }
}
