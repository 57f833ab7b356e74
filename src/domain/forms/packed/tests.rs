use super::*;
use serde_json::json;

fn round(document: &serde_json::Value) -> (pack::Packed, Option<Node<'static>>) {
    let packed = pack::pack(document);
    let texts: &'static str = Box::leak(packed.texts.clone().into_boxed_str());
    let node = unpack(texts, &packed.tree);
    (packed, node)
}

#[test]
fn a_document_is_read_as_it_was_written() {
    let document = json!({
        "a": [true, false, 0, -1, 3000, 8_388_608],
        "label": {"fr": "Été", "nl": "Zomer", "en": ""},
        "choice": {"code": "x", "fr": "Ixe"},
        "empty": {"list": [], "entries": {}},
    });
    let node = round(&document).1.unwrap();
    let (a, choice) = (Node::Entries(vec![]), Label::new("Ixe", "", ""));
    let numbers = [0, -1, 3000, 8_388_608].map(Node::Number);
    let flags = [true, false].map(Node::Flag);
    let expected = Node::Entries(vec![
        ("a", Node::List(flags.into_iter().chain(numbers).collect())),
        ("choice", Node::Entries(vec![("code", Node::Text("x")), ("label", Node::Label(choice))])),
        ("empty", Node::Entries(vec![("entries", a), ("list", Node::List(vec![]))])),
        ("label", Node::Label(Label::new("Été", "Zomer", ""))),
    ]);
    assert_eq!(node, expected);
}

#[test]
fn equal_texts_are_packed_once() {
    let label = json!({"fr": "Autre", "nl": "Andere", "en": "Other"});
    let (packed, _) = round(&json!([label, label, "other", "other"]));
    assert_eq!(packed.texts, "Autre\nAndere\nOther\nother");
}

#[test]
fn what_is_broken_is_none_and_no_panic() {
    let (packed, whole) = round(&json!({"a": [{"fr": "b"}, "c", 1, {"d": true}]}));
    assert!(whole.is_some());
    for end in 0..packed.tree.len() {
        assert_eq!(unpack(&packed.texts, &packed.tree[..end]), None, "cut at {end}");
    }
    for position in 0..packed.tree.len() {
        for byte in 0..=255 {
            let mut tree = packed.tree.clone();
            tree[position] = byte;
            // Whatever it says, it is read to the end or refused.
            let _ = unpack(&packed.texts, &tree);
        }
    }
    let longer = [packed.tree.clone(), vec![0]].concat();
    assert_eq!(unpack(&packed.texts, &longer), None);
    assert_eq!(unpack("", &[0]), None);
    // A list in a list in a list, without end.
    assert_eq!(unpack("", &[[0].as_slice(), &[1 << 3 | tag::LIST; 999]].concat()), None);
}
