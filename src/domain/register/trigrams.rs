//! How alike two aliases are: the share of trigrams that they have in common, as in PostgreSQL's `pg_trgm`.

/// The different trigrams of a search key. Every word is read with two spaces before it and one behind.
pub(super) struct Trigrams(Vec<u64>);

impl Trigrams {
    pub(super) fn new(key: &str) -> Self {
        let mut all = Vec::new();
        for word in key.split(' ').filter(|word| !word.is_empty()) {
            let mut three = u64::from(' ') << 21 | u64::from(' ');
            for c in word.chars().chain([' ']) {
                // A character has 21 bits.
                three = (three << 21 | u64::from(c)) & ((1 << 63) - 1);
                all.push(three);
            }
        }
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// How many trigrams are in both, and how many in either: their ratio is the similarity.
    pub(super) fn shared_of(&self, other: &Self) -> (usize, usize) {
        let shared = self.0.iter().filter(|three| other.0.binary_search(three).is_ok()).count();
        (shared, self.0.len() + other.0.len() - shared)
    }
}
