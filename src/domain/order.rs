//! Putting in order, compiled once.
//!
//! The standard library compiles a sort for every type that is sorted, and one for every type that is
//! collected into a B-tree, since that sorts first: 31 of them were 140 KB of the program that a phone loads.
//! Here one stable sort orders places in a list, whatever stands there, and what is gathered into a B-tree is
//! put in piece by piece. `collect` and `sort` stay for what is no B-tree, and for what runs on no phone.

use std::cmp::Ordering;

/// [`Iterator::collect`] without a sort.
pub trait Gather: Iterator + Sized {
    /// Everything in turn: of two entries with one key the later one counts.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

/// [`slice::sort_by`].
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = places(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    // Each round of places that take from each other is gone through once.
    for first in 0..items.len() {
        let mut at = first;
        while order[at] != first {
            let from = order[at];
            items.swap(at, from);
            order[at] = at;
            at = from;
        }
        order[at] = at;
    }
}

/// [`slice::sort_by_key`].
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// [`slice::sort`].
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, Ord::cmp);
}

fn places(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(pairs: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (pairs.clone(), pairs.clone());
            sort_by_key(&mut ours, |pair| pair.0);
            theirs.sort_by_key(|pair| pair.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn gathers_as_the_standard_library_collects(pairs: Vec<(u8, u16)>) {
            let ours: BTreeMap<u8, u16> = pairs.iter().copied().gather();
            prop_assert_eq!(ours, pairs.into_iter().collect::<BTreeMap<_, _>>());
        }
    }
}
