//! The forms that the program carries.

use std::sync::LazyLock;

use super::code_list::{Choice, CodeList, CodeLists};
use super::document::{FORMAT, Form};
use super::label::Label;
use super::packed::entries::Mistake;
use super::packed::{Node, unpack};
use super::places::COMMUNES;
use super::reading::{form_of, lists};

/// The built-in forms, in the order in which a volunteer meets them: `visit`, `initiative`, `finding`,
/// `follow_up`, `testimony`, `alert`, `actor`.
#[must_use]
pub fn built_in_forms() -> &'static [Form] {
    static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        let documents = documents();
        let lists = built_in_lists();
        let form = |kind: &&str| form_of(entry(&documents, kind)?, &lists).ok();
        KINDS.iter().filter_map(form).collect()
    });
    &FORMS
}

/// The visit: ten questions, the rest folded.
#[must_use]
pub fn visit_form() -> &'static Form {
    built_in("visit")
}

/// The collective: three taps, the rest folded.
#[must_use]
pub fn initiative_form() -> &'static Form {
    built_in("initiative")
}

/// The built-in form of this kind of record; none when there is none.
#[must_use]
pub fn form_for(record_kind: &str) -> Option<&'static Form> {
    built_in_forms().iter().find(|form| form.record_kind == record_kind)
}

/// The code lists of the built-in forms by their key. `communes` is made of [`COMMUNES`], with place codes.
#[must_use]
pub fn built_in_lists() -> CodeLists {
    let documents = documents();
    let lists = entry(&documents, "lists").map(|node| lists(node, &mut Mistake::default()));
    let mut lists = lists.unwrap_or_default();
    lists.insert("communes".to_owned(), communes());
    lists
}

const KINDS: [&str; 7] =
    ["visit", "initiative", "finding", "follow_up", "testimony", "alert", "actor"];

/// Every document by its name, as the build packed them.
fn documents() -> Node<'static> {
    let texts = include_str!(concat!(env!("OUT_DIR"), "/forms.txt"));
    let tree = include_bytes!(concat!(env!("OUT_DIR"), "/forms.tree"));
    unpack(texts, tree).unwrap_or(Node::Entries(Vec::new()))
}

fn entry<'n>(documents: &'n Node<'static>, name: &str) -> Option<&'n Node<'static>> {
    let Node::Entries(entries) = documents else { return None };
    entries.iter().find(|(found, _)| *found == name).map(|(_, document)| document)
}

/// A test reads the same documents, so the form without a question is never shown.
fn built_in(kind: &str) -> &'static Form {
    static NOTHING: Form = Form {
        format: FORMAT,
        key: String::new(),
        version: 0,
        record_kind: String::new(),
        label: Label::EMPTY,
        refusal: None,
        sections: Vec::new(),
        lists: CodeLists::new(),
    };
    form_for(kind).unwrap_or(&NOTHING)
}

fn communes() -> CodeList {
    let choice = |commune: &super::places::Commune| Choice {
        code: commune.place_code(),
        label: Label::new(commune.fr, commune.nl, commune.fr),
    };
    COMMUNES.iter().map(choice).collect()
}
