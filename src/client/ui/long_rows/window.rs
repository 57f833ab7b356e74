//! Which part of a long list is in the page, and how much room the rest takes.

/// Lines come and go by so many: a slow phone lays them out within a frame or two.
pub(super) const CHUNK: usize = 2;

/// How high a line is taken to be, in pixels, until one was seen.
const USUAL: f64 = 84.0;

/// Chunks that stand one behind the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Part {
    /// The first.
    pub(super) first: usize,
    /// The one behind the last.
    pub(super) end: usize,
}

impl Part {
    /// What is in the page next, where this is now: of `wanted` at most one chunk more, and nothing else. What is
    /// in `sight` comes first; it begins anew there if that is elsewhere.
    pub(super) fn towards(self, sight: Self, wanted: Self) -> Self {
        let (first, end) = (self.first.max(wanted.first), self.end.min(wanted.end));
        if first >= end || end < sight.first || first > sight.end {
            return sight.begun();
        }
        if end < sight.end {
            Self { first, end: end + 1 }
        } else if first > sight.first {
            Self { first: first - 1, end }
        } else if end < wanted.end {
            Self { first, end: end + 1 }
        } else {
            Self { first: first.saturating_sub(1).max(wanted.first), end }
        }
    }

    /// What of it comes first where nothing is in the page that could stay.
    pub(super) fn begun(self) -> Self {
        Self { first: self.first, end: self.end.min(self.first + 1) }
    }
}

/// How high the chunks of a list are, as far as they were seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    seen: Vec<Option<f64>>,
}

impl Heights {
    /// Notes how high the chunks from `first` on are: `edges` are the upper edges of their lines, and the
    /// lower one of the last. A chunk that is not full is not noted.
    pub(super) fn learn(&mut self, first: usize, edges: &[f64]) {
        let ends = edges.iter().step_by(CHUNK);
        for (index, (from, to)) in ends.clone().zip(ends.skip(1)).enumerate() {
            self.note(first + index, to - from);
        }
    }

    /// What of so many lines lies between `top` and `bottom`, in pixels below the list's upper edge. A list that
    /// does not reach there has its nearest chunk there.
    pub(super) fn part(&self, lines: usize, top: f64, bottom: f64) -> Part {
        let chunks = lines.div_ceil(CHUNK);
        let height = self.of(lines);
        let mut part = Part::default();
        let mut edge = 0.0;
        while part.first + 1 < chunks && edge + height(part.first) <= top {
            edge += height(part.first);
            part.first += 1;
        }
        part.end = part.first;
        while part.end < chunks && (edge < bottom || part.end == part.first) {
            edge += height(part.end);
            part.end += 1;
        }
        part
    }

    /// The room, in pixels, of those of so many lines that stand above and below a part.
    pub(super) fn room(&self, lines: usize, part: Part) -> (f64, f64) {
        let height = self.of(lines);
        let above = (0..part.first).map(&height).sum();
        (above, (part.end..lines.div_ceil(CHUNK)).map(height).sum())
    }

    /// How high each chunk of so many lines is.
    fn of(&self, lines: usize) -> impl Fn(usize) -> f64 {
        let usual = self.usual();
        move |chunk| {
            let seen = self.seen.get(chunk).copied().flatten();
            let held = CHUNK.min(lines.saturating_sub(chunk * CHUNK));
            seen.filter(|_| held == CHUNK).unwrap_or(usual * held as f64)
        }
    }

    fn note(&mut self, chunk: usize, height: f64) {
        // A list that is not laid out tells nothing.
        if height <= 0.0 {
            return;
        }
        if self.seen.len() <= chunk {
            self.seen.resize(chunk + 1, None);
        }
        if let Some(seen) = self.seen.get_mut(chunk) {
            *seen = Some(height);
        }
    }

    /// How high a line is, going by those that were seen.
    fn usual(&self) -> f64 {
        let seen = self.seen.iter().flatten();
        let (count, sum) =
            seen.fold((0, 0.0), |(count, sum), height| (count + CHUNK, sum + height));
        if count == 0 { USUAL } else { sum / count as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn part(first: usize, end: usize) -> Part {
        Part { first, end }
    }

    #[wasm_bindgen_test]
    fn a_short_list_is_there_whole() {
        assert_eq!(Heights::default().part(0, 0.0, 800.0), Part::default());
        let heights = Heights::default();
        assert_eq!(heights.part(CHUNK - 1, -300.0, 500.0), part(0, 1));
        assert_eq!(heights.room(CHUNK - 1, part(0, 1)), (0.0, 0.0));
    }

    #[wasm_bindgen_test]
    fn what_is_in_sight_is_found_by_the_heights_that_were_seen() {
        let mut heights = Heights::default();
        // The first chunk's lines are 80 high, the second's 120, and the rest is not full.
        let edges: Vec<f64> = (0..=CHUNK * 2 + 1)
            .map(|line| 80.0 * line as f64 + 40.0 * line.saturating_sub(CHUNK) as f64)
            .collect();
        heights.learn(0, &edges);
        // Chunks that were not seen are as high as those that were are on the average.
        let chunk = 100.0 * CHUNK as f64;
        let lines = CHUNK * 1000;
        let found = heights.part(lines, 10.5 * chunk, 12.5 * chunk);
        assert_eq!(found, part(10, 13));
        assert_eq!(heights.room(lines, found), (10.0 * chunk, 987.0 * chunk));
        assert_eq!(heights.part(lines, 0.81 * chunk, 0.9 * chunk), part(1, 2));
        // The last chunk has one line.
        assert_eq!(heights.room(CHUNK * 3 + 1, part(0, 3)), (0.0, 100.0));
    }

    #[wasm_bindgen_test]
    fn out_of_sight_the_nearest_chunk_stays() {
        let heights = Heights::default();
        let lines = CHUNK * 10 - 1;
        assert_eq!(heights.part(lines, -9_000.0, -8_200.0), part(0, 1));
        assert_eq!(heights.part(lines, 90_000.0, 90_800.0), part(9, 10));
        assert_eq!(heights.room(lines, part(9, 10)), (9.0 * USUAL * CHUNK as f64, 0.0));
    }

    #[wasm_bindgen_test]
    fn one_chunk_comes_at_a_time_and_what_is_in_sight_first() {
        let (sight, wanted) = (part(10, 13), part(8, 15));
        let steps = |from: Part| {
            let mut steps = vec![from.towards(sight, wanted)];
            while steps.last() != Some(&wanted) && steps.len() < 20 {
                steps.push(steps.last().copied().unwrap_or_default().towards(sight, wanted));
            }
            steps
        };
        let above = [part(10, 15), part(9, 15), part(8, 15)];
        let below = [part(10, 11), part(10, 12), part(10, 13), part(10, 14)];
        // From elsewhere: nothing can stay.
        assert_eq!(steps(part(90, 99)), [&below[..], &above[..]].concat());
        assert_eq!(steps(part(0, 9)), [&below[..], &above[..]].concat());
        // From further up, and from further down.
        assert_eq!(steps(part(5, 12))[0], part(8, 13));
        assert_eq!(steps(part(12, 20))[..2], [part(11, 15), part(10, 15)]);
        // Once it is there, it stays; of an empty list nothing is there.
        assert_eq!(wanted.towards(sight, wanted), wanted);
        assert_eq!(wanted.towards(part(0, 0), part(0, 0)), part(0, 0));
    }
}
