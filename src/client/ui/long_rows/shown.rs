//! The lines that are in the page: what they are called there, and their rows.

/// Lines that are in the page, each under the key it keeps as long as it is there.
pub(super) struct Shown<T> {
    lines: Vec<(String, T)>,
    next: u32,
}

impl<T> Default for Shown<T> {
    fn default() -> Self {
        Self { lines: Vec::new(), next: 0 }
    }
}

impl<T: Clone + PartialEq> Shown<T> {
    /// Shows these rows and no others. A row that is there already keeps its key.
    pub(super) fn show(&mut self, rows: &[T]) -> Vec<String> {
        let mut before = std::mem::take(&mut self.lines);
        for row in rows {
            // Most stay in their order: it is the first that is left.
            let line = match before.iter().position(|(_, held)| held == row) {
                Some(at) => before.remove(at),
                None => {
                    self.next = self.next.wrapping_add(1);
                    (self.next.to_string(), row.clone())
                }
            };
            self.lines.push(line);
        }
        self.lines.iter().map(|(key, _)| key.clone()).collect()
    }

    /// The row of a line.
    pub(super) fn row(&self, key: &str) -> Option<T> {
        self.lines.iter().find(|(held, _)| held == key).map(|(_, row)| row.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_row_keeps_its_key_wherever_it_stands() {
        let mut shown = Shown::default();
        assert_eq!(shown.show(&["a", "b", "c"]), ["1", "2", "3"]);
        assert_eq!(shown.show(&["c", "d", "a"]), ["3", "4", "1"]);
        assert_eq!(shown.row("4"), Some("d"));
        assert_eq!(shown.row("2"), None);
        // What was gone is made anew; what is there twice has two keys.
        assert_eq!(shown.show(&["b", "b"]), ["5", "6"]);
    }
}
