//! Documents as they travel to a phone: packed when the program is built, a fraction of their JSON, and
//! read without a parser of JSON.
//!
//! ```text
//! texts   one a line: the labels in French, in Dutch, in English, then every other text by frequency
//! tree    number of labels, then the document in preorder; a node is its number × 8 + its kind
//!
//!         flag 0|1   number zigzag   text line   label line   list length, items…
//!         entries length, (key line, value)…
//! ```
//!
//! Numbers are little-endian base 128, below 2^28. Texts of one language stand together, which compresses best.

pub(super) mod entries;
#[cfg(test)]
pub(super) mod pack;
mod tag;

use super::label::Label;

/// A node of a document, read generically: what the JSON it was packed from says, labels apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node<'a> {
    Flag(bool),
    Number(i64),
    Text(&'a str),
    Label(Label),
    List(Vec<Node<'a>>),
    Entries(Vec<(&'a str, Node<'a>)>),
}

/// Deeper than any form; a document that goes deeper is none.
const DEEPEST: usize = 24;

/// Reads a packed document; none when it is broken. Never panics.
pub(super) fn unpack<'a>(texts: &'a str, tree: &[u8]) -> Option<Node<'a>> {
    let mut reader = Reader { lines: texts.split('\n').collect(), labels: 0, rest: tree };
    reader.labels = reader.number()?;
    let node = reader.node(DEEPEST)?;
    reader.rest.is_empty().then_some(node)
}

struct Reader<'a, 'b> {
    lines: Vec<&'a str>,
    labels: usize,
    rest: &'b [u8],
}

impl<'a> Reader<'a, '_> {
    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        let depth = depth.checked_sub(1)?;
        let number = self.number()?;
        let tag = (number & 7) as u8;
        let number = number >> tag::BITS;
        Some(match tag {
            tag::FLAG => Node::Flag(number != 0),
            tag::NUMBER => Node::Number((number >> 1) as i64 ^ -((number & 1) as i64)),
            tag::TEXT => Node::Text(self.word(number)?),
            tag::LABEL => Node::Label(self.label(number)?),
            tag::LIST => Node::List((0..number).map(|_| self.node(depth)).collect::<Option<_>>()?),
            tag::ENTRIES => {
                let mut entry = || {
                    let key = self.number()?;
                    Some((self.word(key)?, self.node(depth)?))
                };
                Node::Entries((0..number).map(|_| entry()).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }

    fn word(&self, number: usize) -> Option<&'a str> {
        self.lines.get(self.labels.checked_mul(3)?.checked_add(number)?).copied()
    }

    fn label(&self, number: usize) -> Option<Label> {
        let line = |language: usize| {
            let at = self.labels.checked_mul(language)?.checked_add(number)?;
            self.lines.get(at).filter(|_| number < self.labels).copied()
        };
        Some(Label::new(line(0)?, line(1)?, line(2)?))
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
