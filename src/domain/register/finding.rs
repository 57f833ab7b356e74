//! Finding rows by what somebody types: a code, or words of the alias, the place and the housing type.

use super::Register;
use super::row::{CodeId, Row};
use super::words::{MISTAKE, Wanted, letters};
use crate::forms::{collective_code_prefix, search_key};
use crate::ids::RecordId;

/// More than the longest alias; what is typed beyond it is not read.
const MOST_TYPED: usize = 80;
/// So many words are read.
const MOST_WORDS: usize = 8;
/// One letter is no beginning of a code.
const SHORTEST_CODE: usize = 2;

/// The whole code.
const BY_CODE: u16 = 0;
/// Words cost at least this much.
const BY_WORDS: u16 = 1;
/// A word of the place or the housing type, not of the alias.
const ELSEWHERE: u16 = 2;
/// The beginning of the code: after all words without a mistake.
const BY_PREFIX: u16 = MISTAKE / 2;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The best, the best first.
    pub best: Vec<RecordId>,
    /// How many there are in all.
    pub total: usize,
}

impl Register {
    /// The rows that are meant by what was typed, at most so many.
    ///
    /// A row is meant when its code begins with it, or when each of its words, in any order, begins a word of
    /// the alias, the place or the housing type; words of four letters and more, without digits, may hold one typing
    /// mistake.
    /// Case, accents and signs do not count; in a code O is 0, I and L are 1.
    ///
    /// Order: the whole code; then without mistakes before with, whole words before beginnings, the alias
    /// before place and type; then by alias and id. Nothing typed finds nothing: see
    /// [`recent`](Self::recent).
    pub fn find(&self, typed: &str, most: usize) -> Found {
        let Some(search) = Search::new(typed, self) else { return Found::default() };
        let meant = self.rows.iter().filter_map(|(id, row)| {
            let cost = search.cost(row)?;
            Some((cost, &*row.key, *id))
        });
        let (best, total) = first(meant, most);
        Found { best: best.into_iter().map(|(.., id)| id).collect(), total }
    }
}

/// The smallest items in order, at most so many, and how many there were.
pub(super) fn first<T: Ord>(items: impl Iterator<Item = T>, most: usize) -> (Vec<T>, usize) {
    let (mut best, mut total): (Vec<T>, usize) = (Vec::new(), 0);
    for item in items {
        total += 1;
        if best.len() < most || best.last().is_some_and(|last| item < *last) {
            let place = best.partition_point(|held| *held <= item);
            best.insert(place, item);
            best.truncate(most);
        }
    }
    (best, total)
}

struct Search {
    words: Vec<Wanted>,
    /// By word, then by code: what it costs to mean it.
    named: Vec<Vec<Option<u16>>>,
    code: Option<String>,
}

impl Search {
    fn new(typed: &str, register: &Register) -> Option<Self> {
        let typed: String = typed.chars().take(MOST_TYPED).collect();
        let key = search_key(&typed);
        let words = key.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS);
        let words: Vec<Wanted> = words.map(Wanted::new).collect();
        if words.is_empty() {
            return None;
        }
        let costs = |wanted: &Wanted| {
            register.codes.keys().map(|key| wanted.cost_in(key, letters(key))).collect()
        };
        let named = words.iter().map(costs).collect();
        let code = collective_code_prefix(&typed).filter(|code| code.len() >= SHORTEST_CODE);
        Some(Self { words, named, code })
    }

    fn cost(&self, row: &Row) -> Option<u16> {
        match (&self.code, row.code()) {
            (Some(typed), Some(code)) if typed == code => Some(BY_CODE),
            (Some(typed), Some(code)) if code.starts_with(typed.as_str()) => {
                Some(self.by_words(row).map_or(BY_PREFIX, |cost| cost.min(BY_PREFIX)))
            }
            _ => self.by_words(row),
        }
    }

    fn by_words(&self, row: &Row) -> Option<u16> {
        let mut sum = BY_WORDS;
        for (wanted, named) in self.words.iter().zip(&self.named) {
            let of = |id: Option<CodeId>| named.get(id?.index()).copied().flatten();
            let elsewhere = [of(row.place), of(row.housing)].into_iter().flatten().min();
            let alias = wanted.cost_in(&row.key, row.letters);
            sum += alias.into_iter().chain(elsewhere.map(|cost| cost + ELSEWHERE)).min()?;
        }
        Some(sum)
    }
}
