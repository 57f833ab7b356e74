//! The browser's own regular expressions, for rules that are data: the app carries no engine.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use domain::guard::{Rule, bytes_of_utf16};
use js_sys::{Array, Function, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

/// So many matches of one rule are looked for in one text: more mark nothing new for who reads them.
const MOST: usize = 200;

thread_local! {
    /// Made once. None for a rule that this browser cannot read.
    static MADE: RefCell<BTreeMap<&'static str, Option<RegExp>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Every match of a rule in a text, as byte ranges: a `domain::guard::Finder`. Nothing for a rule that this
/// browser cannot read.
pub fn matches(rule: &'static Rule, text: &str) -> Vec<Range<usize>> {
    let made =
        MADE.with_borrow_mut(|made| made.entry(rule.id).or_insert_with(|| make(rule)).clone());
    let Some(expression) = made else { return Vec::new() };
    expression.set_last_index(0);
    let mut found = Vec::new();
    while let Some(matched) = expression.exec(text).filter(|_| found.len() < MOST) {
        let Some(start) = index(&matched) else { break };
        let end = expression.last_index() as usize;
        // An empty match would be found for ever.
        if end <= start {
            break;
        }
        found.push(bytes_of_utf16(text, start..end));
    }
    found
}

fn make(rule: &Rule) -> Option<RegExp> {
    let dialect = rule.javascript();
    let constructor = Reflect::get(&js_sys::global(), &JsValue::from_str("RegExp")).ok()?;
    let constructor: &Function = constructor.unchecked_ref();
    let arguments = Array::of2(&dialect.source.into(), &dialect.flags.into());
    // `RegExp::new` would throw through the app.
    Reflect::construct(constructor, &arguments).ok()?.dyn_into().ok()
}

fn index(matched: &JsValue) -> Option<usize> {
    let index = Reflect::get(matched, &JsValue::from_str("index")).ok()?;
    index.as_f64().map(|index| index as usize)
}

#[cfg(test)]
mod tests {
    use domain::guard::{RULES, findings};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::{make, matches};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn this_browser_reads_every_rule() {
        for rule in &RULES {
            assert!(make(rule).is_some(), "{}", rule.id);
        }
    }

    #[wasm_bindgen_test]
    fn words_are_found_where_they_stand() {
        let text = "🏠 Vu M. Exemple, 0470 00 00 00, née en 1999. Vu M. Exemple.";
        let found = findings(text, &matches);
        let words: Vec<_> =
            found.iter().map(|one| (one.rule.id, &text[one.range.clone()])).collect();
        let expected = [
            ("person_title", "M. Exemple"),
            ("phone", "0470 00 00 00"),
            ("birth", "née en 1999"),
            ("person_title", "M. Exemple"),
        ];
        assert_eq!(words, expected);
    }
}
