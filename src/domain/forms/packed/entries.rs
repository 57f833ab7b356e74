//! Taking the entries of a node one by one, so that one that nobody takes is noticed.
//!
//! Reading goes on after a mistake, with an empty value in its place: the first one is told at the end.
//! Leaving at each would double the code that reaches the phone.

use super::Node;
use crate::forms::label::Label;

/// What was wrong first; none while nothing is.
#[derive(Default)]
pub(in crate::forms) struct Mistake(Option<String>);

impl Mistake {
    /// The document is not as expected here.
    pub(in crate::forms) fn at(&mut self, place: &str) {
        self.0.get_or_insert_with(|| place.to_owned());
    }

    pub(in crate::forms) fn into_inner(self) -> Option<String> {
        self.0
    }
}

/// How a node becomes a value.
pub(in crate::forms) type Read<T> = fn(&Node<'_>, &mut Mistake) -> T;

/// The entries of one node that were not taken yet.
pub(in crate::forms) struct Entries<'n, 'a, 'm> {
    left: Vec<&'n (&'a str, Node<'a>)>,
    mistake: &'m mut Mistake,
}

impl<'n, 'a, 'm> Entries<'n, 'a, 'm> {
    /// The entries of this node; `place` names it in a mistake.
    pub(in crate::forms) fn of(node: &'n Node<'a>, place: &str, mistake: &'m mut Mistake) -> Self {
        let mut left = Vec::new();
        match node {
            Node::Entries(entries) => left.extend(entries),
            _ => mistake.at(place),
        }
        Self { left, mistake }
    }

    /// The end: every entry was taken, none was unknown.
    pub(in crate::forms) fn done(self) {
        if let Some((unknown, _)) = self.left.first() {
            self.mistake.at(unknown);
        }
    }

    pub(in crate::forms) fn optional<T>(&mut self, key: &str, read: Read<T>) -> Option<T> {
        self.take(key).map(|node| read(node, self.mistake))
    }

    /// Where the entry is missing, `read` meets an empty list, and says that this is wrong.
    pub(in crate::forms) fn required<T>(&mut self, key: &str, read: Read<T>) -> T {
        let node = self.take(key);
        if node.is_none() {
            self.mistake.at(key);
        }
        read(node.unwrap_or(&Node::List(Vec::new())), self.mistake)
    }

    /// The items of a list; none when it is missing.
    pub(in crate::forms) fn list<T>(&mut self, key: &str, read: Read<T>) -> Vec<T> {
        let mut list = Vec::new();
        match self.take(key) {
            None => {}
            Some(Node::List(items)) => {
                list.extend(items.iter().map(|item| read(item, self.mistake)));
            }
            Some(_) => self.mistake.at(key),
        }
        list
    }

    pub(in crate::forms) fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key, text)
    }

    pub(in crate::forms) fn text(&mut self, key: &str) -> String {
        self.required(key, text)
    }

    pub(in crate::forms) fn label(&mut self, key: &str) -> Label {
        self.required(key, label)
    }

    /// False when it is missing.
    pub(in crate::forms) fn flag(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some(Node::Flag(flag)) => *flag,
            Some(_) => {
                self.mistake.at(key);
                false
            }
        }
    }

    pub(in crate::forms) fn number(&mut self, key: &str) -> Option<i64> {
        match self.take(key)? {
            Node::Number(number) => Some(*number),
            _ => {
                self.mistake.at(key);
                None
            }
        }
    }

    /// A number that is not negative.
    pub(in crate::forms) fn count(&mut self, key: &str) -> Option<usize> {
        let count = usize::try_from(self.number(key)?).ok();
        if count.is_none() {
            self.mistake.at(key);
        }
        count
    }

    /// What one of several names stands for; the first without an entry.
    pub(in crate::forms) fn named<T: Copy>(&mut self, key: &str, names: &[(&str, T)]) -> T {
        match self.take(key) {
            None => names[0].1,
            Some(node) => named(node, names, self.mistake),
        }
    }

    pub(in crate::forms) fn wrong(&mut self, place: &str) {
        self.mistake.at(place);
    }

    fn take(&mut self, key: &str) -> Option<&'n Node<'a>> {
        let at = self.left.iter().position(|(found, _)| *found == key)?;
        Some(&self.left.swap_remove(at).1)
    }
}

/// The text of a node.
pub(in crate::forms) fn text(node: &Node<'_>, mistake: &mut Mistake) -> String {
    match node {
        Node::Text(text) => (*text).to_owned(),
        _ => {
            mistake.at("text");
            String::new()
        }
    }
}

/// The label of a node.
pub(in crate::forms) fn label(node: &Node<'_>, mistake: &mut Mistake) -> Label {
    match node {
        Node::Label(label) => label.clone(),
        _ => {
            mistake.at("label");
            Label::EMPTY
        }
    }
}

/// What a node's text stands for; the first of the names when it stands for nothing.
pub(in crate::forms) fn named<T: Copy>(
    node: &Node<'_>,
    names: &[(&str, T)],
    mistake: &mut Mistake,
) -> T {
    let text = if let Node::Text(text) = node { text } else { "name" };
    let found = names.iter().find(|(name, _)| *name == text);
    if found.is_none() {
        mistake.at(text);
    }
    found.unwrap_or(&names[0]).1
}
