//! Packing documents, when the program is built and in tests.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::tag;

/// A packed document: see the module above for its shape.
pub(crate) struct Packed {
    /// Every text, one a line.
    pub(crate) texts: String,
    /// The document, with numbers in place of its texts.
    pub(crate) tree: Vec<u8>,
}

/// Packs a document. An object with the key `fr` is a label; further keys beside its languages make it an
/// object with the label under `label`.
///
/// # Panics
/// On what a document cannot hold: null, a fraction, a line break in a text. The program is then not built.
pub(crate) fn pack(document: &Value) -> Packed {
    let mut found = Found::default();
    found.search(document);
    let mut words: Vec<(String, usize)> = found.words.into_iter().collect();
    // The frequent ones get the small numbers.
    words.sort_by(|(a, often), (b, seldom)| seldom.cmp(often).then(a.cmp(b)));
    let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
    let numbers = words.iter().enumerate().map(|(number, word)| (word.clone(), number)).collect();
    let labels = found.labels.iter().enumerate().map(|(number, label)| (label.clone(), number));
    let mut tree = Tree { words: numbers, labels: labels.collect(), bytes: Vec::new() };
    tree.number(found.labels.len());
    tree.node(document);
    let language = |index: usize| found.labels.iter().map(move |label| label[index].clone());
    let lines = language(0).chain(language(1)).chain(language(2)).chain(words);
    Packed { texts: lines.collect::<Vec<_>>().join("\n"), tree: tree.bytes }
}

const LANGUAGES: [&str; 3] = ["fr", "nl", "en"];
const LABEL: &str = "label";

#[derive(Default)]
struct Found {
    words: BTreeMap<String, usize>,
    labels: Vec<[String; 3]>,
}

impl Found {
    fn search(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.word(text),
            Value::Array(items) => items.iter().for_each(|item| self.search(item)),
            Value::Object(entries) => match label_of(entries) {
                Some((label, rest)) => {
                    if !self.labels.contains(&label) {
                        self.labels.push(label);
                    }
                    if !rest.is_empty() {
                        self.word(LABEL);
                        self.entries(&rest);
                    }
                }
                None => self.entries(entries),
            },
            _ => {}
        }
    }

    fn entries(&mut self, entries: &Map<String, Value>) {
        for (key, value) in entries {
            self.word(key);
            self.search(value);
        }
    }

    fn word(&mut self, word: &str) {
        assert!(!word.contains('\n'), "a line break in {word:?}");
        *self.words.entry(word.to_owned()).or_default() += 1;
    }
}

struct Tree {
    words: BTreeMap<String, usize>,
    labels: BTreeMap<[String; 3], usize>,
    bytes: Vec<u8>,
}

impl Tree {
    fn node(&mut self, value: &Value) {
        match value {
            Value::Null => panic!("null says nothing in a document"),
            Value::Bool(flag) => self.tagged(tag::FLAG, usize::from(*flag)),
            Value::Number(number) => {
                let number = number.as_i64().unwrap_or_else(|| panic!("{number} is not whole"));
                let zigzag = ((number << 1) ^ (number >> 63)) as usize;
                self.tagged(tag::NUMBER, zigzag);
            }
            Value::String(text) => self.tagged(tag::TEXT, self.words[text]),
            Value::Array(items) => {
                self.tagged(tag::LIST, items.len());
                items.iter().for_each(|item| self.node(item));
            }
            Value::Object(entries) => self.object(entries),
        }
    }

    fn object(&mut self, entries: &Map<String, Value>) {
        let Some((label, rest)) = label_of(entries) else {
            self.tagged(tag::ENTRIES, entries.len());
            return self.entries(entries);
        };
        let label = self.labels[&label];
        if !rest.is_empty() {
            self.tagged(tag::ENTRIES, rest.len() + 1);
            self.entries(&rest);
            self.number(self.words[LABEL]);
        }
        self.tagged(tag::LABEL, label);
    }

    fn entries(&mut self, entries: &Map<String, Value>) {
        for (key, value) in entries {
            self.number(self.words[key]);
            self.node(value);
        }
    }

    fn tagged(&mut self, tag: u8, number: usize) {
        assert!(number < 1 << 25, "{number} is too large for a document");
        self.number(number << tag::BITS | usize::from(tag));
    }

    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

fn label_of(entries: &Map<String, Value>) -> Option<([String; 3], Map<String, Value>)> {
    entries.get("fr")?;
    let text = |language: &&str| {
        let text = entries.get(*language).and_then(Value::as_str).unwrap_or_default();
        assert!(!text.contains('\n'), "a line break in {text:?}");
        text.to_owned()
    };
    let mut rest = entries.clone();
    rest.retain(|key, _| !LANGUAGES.contains(&key.as_str()));
    Some((LANGUAGES.each_ref().map(text), rest))
}
