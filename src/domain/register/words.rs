//! How a typed word fits a word: as its beginning, with one typing mistake where it is long enough.

/// Typed words of so many letters may hold one mistake; shorter ones would fit half the register, and numbers
/// are meant as they are.
const FORGIVEN_FROM: usize = 4;

/// The cost of a word that is the word.
pub(super) const WHOLE: u16 = 0;
/// The cost of a word that is its beginning.
pub(super) const BEGINNING: u16 = 1;
/// The cost of a mistake: more than all words of a search cost without one.
pub(super) const MISTAKE: u16 = 64;

/// A typed word.
pub(super) struct Wanted {
    chars: Vec<char>,
    letters: u64,
    /// Whether a mistake is forgiven.
    forgiven: bool,
}

impl Wanted {
    /// From a word of a search key.
    pub(super) fn new(word: &str) -> Self {
        let chars: Vec<char> = word.chars().collect();
        let forgiven = chars.len() >= FORGIVEN_FROM && !chars.iter().any(|c| c.is_ascii_digit());
        Self { chars, letters: letters(word), forgiven }
    }

    /// The lowest cost at which a word of this key is meant; none when none is. `letters` are the key's.
    pub(super) fn cost_in(&self, key: &str, letters: u64) -> Option<u16> {
        let lacking = (self.letters & !letters).count_ones();
        if lacking > u32::from(self.forgiven) {
            None
        } else {
            key.split(' ').filter_map(|word| self.cost(word)).min()
        }
    }

    fn cost(&self, word: &str) -> Option<u16> {
        let (mut rest, mut wanted) = (word.chars(), self.chars.as_slice());
        loop {
            let Some((first, others)) = wanted.split_first() else {
                return Some(if rest.as_str().is_empty() { WHOLE } else { BEGINNING });
            };
            let mut ahead = rest.clone();
            if ahead.next() != Some(*first) {
                break;
            }
            (rest, wanted) = (ahead, others);
        }
        (self.forgiven && one_mistake(wanted, rest.as_str())).then_some(MISTAKE)
    }
}

/// Which letters there are, as bits. Law: a word that is meant lacks at most as many of the typed letters as
/// there are mistakes. Signs beyond a to z and 0 to 9 share 28 bits, which can only hide a lack.
pub(super) fn letters(key: &str) -> u64 {
    let bit = |c: char| match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        other => 36 + u32::from(other) % 28,
    };
    key.chars().filter(|c| *c != ' ').fold(0, |letters, c| letters | 1 << bit(c))
}

/// Whether `wanted`, which differs from `rest` at once, begins it after one letter was changed, left out, put
/// in, or swapped with the next.
fn one_mistake(wanted: &[char], rest: &str) -> bool {
    let after = |count: usize| rest.chars().skip(count);
    let tail = |count: usize| wanted.get(count..).unwrap_or_default();
    let begins = |wanted: &[char], mut rest: std::iter::Skip<std::str::Chars<'_>>| {
        wanted.iter().all(|c| rest.next() == Some(*c))
    };
    let swapped = || {
        let (mut next, typed) = (rest.chars(), (wanted.first(), wanted.get(1)));
        let (first, second) = (next.next(), next.next());
        first.is_some()
            && second.is_some()
            && (first.as_ref(), second.as_ref()) == (typed.1, typed.0)
            && begins(tail(2), after(2))
    };
    begins(tail(1), after(1)) || begins(tail(1), after(0)) || begins(wanted, after(1)) || swapped()
}
