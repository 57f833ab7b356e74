//! Which part of a long list is in the page, and how much room the rest takes.

/// Lines come and go by so many.
pub(super) const CHUNK: usize = 10;

/// How high a line is taken to be, in pixels, until one was seen.
const USUAL: f64 = 84.0;

/// The part of a list that is in the page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Window {
    /// Its first chunk.
    pub(super) first: usize,
    /// The chunk behind its last.
    pub(super) end: usize,
    /// The room of the lines above it, in pixels.
    pub(super) above: f64,
    /// The room of those below it.
    pub(super) below: f64,
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

    /// The part of so many lines that is to be in the page while what lies between `top` and `bottom`, in
    /// pixels below the list's upper edge, is in sight: that, and as much again above and below. A list that
    /// is out of sight keeps its nearest chunk.
    pub(super) fn window(&self, lines: usize, top: f64, bottom: f64) -> Window {
        let margin = (bottom - top).max(0.0);
        let (top, bottom) = (top - margin, bottom + margin);
        let chunks = lines.div_ceil(CHUNK);
        let usual = self.usual();
        let height = |chunk: usize| {
            let seen = self.seen.get(chunk).copied().flatten();
            let lines = CHUNK.min(lines - chunk * CHUNK);
            seen.filter(|_| lines == CHUNK).unwrap_or(usual * lines as f64)
        };
        let mut window = Window::default();
        while window.first + 1 < chunks && window.above + height(window.first) <= top {
            window.above += height(window.first);
            window.first += 1;
        }
        let mut edge = window.above;
        window.end = window.first;
        while window.end < chunks && (edge < bottom || window.end == window.first) {
            edge += height(window.end);
            window.end += 1;
        }
        window.below = (window.end..chunks).map(height).sum();
        window
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

    #[wasm_bindgen_test]
    fn a_short_list_is_there_whole() {
        assert_eq!(Heights::default().window(0, 0.0, 800.0), Window::default());
        let window = Heights::default().window(7, -300.0, 500.0);
        assert_eq!(window, Window { first: 0, end: 1, above: 0.0, below: 0.0 });
    }

    #[wasm_bindgen_test]
    fn what_is_in_sight_and_as_much_around_it_is_there() {
        let mut heights = Heights::default();
        let edges: Vec<f64> = (0..=CHUNK * 2 + 4)
            .map(|line| if line <= 10 { 80.0 * line as f64 } else { 120.0 * line as f64 - 400.0 })
            .collect();
        heights.learn(0, &edges);
        // Chunks that were not seen are as high as those that were are on the average: 1000.
        let window = heights.window(10_000, 10_500.0, 11_300.0);
        assert_eq!((window.first, window.end), (9, 13));
        assert_eq!(window.above, 9_000.0);
        assert_eq!(window.below, 1000.0 * (1000.0 - 13.0));
    }

    #[wasm_bindgen_test]
    fn out_of_sight_the_nearest_chunk_stays() {
        let heights = Heights::default();
        let above = heights.window(95, -9_000.0, -8_200.0);
        assert_eq!((above.first, above.end, above.above), (0, 1, 0.0));
        let below = heights.window(95, 90_000.0, 90_800.0);
        assert_eq!((below.first, below.end, below.below), (9, 10, 0.0));
        assert_eq!(below.above, 90.0 * USUAL);
    }
}
