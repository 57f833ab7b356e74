//! The guard's rules in both dialects: the crate `regex`, and a browser engine's RegExp, run in Node.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::process::{Command, Stdio};

use domain::guard::{Finding, RULES, Rule, bytes_of_utf16, findings};
use domain::testing::SeededRandom;
use rand_core::Rng;
use regex::Regex;
use serde_json::{Value, json};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/guard.mjs");
const CASES: &str = include_str!("../src/domain/guard/tests/cases.json");

/// Pieces of sentences: what the rules look for, what stands around it, and what is close to it.
const PIECES: &[&str] = &[
    " ",
    " ",
    ", ",
    ". ",
    "-",
    "'",
    "’",
    "\n",
    "+",
    "@",
    "/",
    "_",
    "é",
    "É",
    "\u{301}",
    "🏠",
    "ß",
    "ı",
    "K",
    "ſ",
    "\u{200D}",
    "\u{A0}",
    "\u{FEFF}",
    "\u{85}",
    "١٢",
    "0470 00 00 00",
    "12",
    "7",
    "1999",
    "00",
    "rue ",
    "Rue ",
    "place ",
    "de la ",
    "Paix",
    "Nieuwstraat",
    "laan 4",
    "M. ",
    "Mme ",
    "Dr ",
    "Exemple",
    "née ",
    "né ",
    "born ",
    "SP ",
    "DVZ:",
    "1234567",
    "SP 1234567",
    "BE00 0000 0000 0000",
    "BE00",
    " 0000",
    "débouté",
    "DÉBOUTÉE",
    "sans-papiers",
    "9 bis",
    "OQT",
    "rom",
    "Roms",
    "SYRIENNE",
    "kurde",
    "turc",
    "VIH",
    "viol",
    "violée",
    "17 ans",
    " ans",
    "@nom",
    "nom@exemple.be",
    "https://",
    "www.",
    "البيت",
    "x",
];

fn random_texts(count: usize) -> Vec<String> {
    let mut rng = SeededRandom::new(7);
    let mut draw = |below: usize| rng.next_u32() as usize % below;
    let texts = (0..count).map(|_| {
        let pieces = 1 + draw(9);
        (0..pieces).map(|_| PIECES[draw(PIECES.len())]).collect()
    });
    texts.collect()
}

/// What Node finds: per text and rule, ranges in UTF-16 code units.
fn in_node(texts: &[String]) -> Vec<Vec<Vec<Range<usize>>>> {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            let pattern = rule.javascript();
            json!({"source": pattern.source, "flags": pattern.flags})
        })
        .collect();
    let mut node = Command::new("node")
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node 20 or newer is needed, see the README");
    let input = json!({"rules": rules, "texts": texts}).to_string();
    // Node reads everything before it writes anything.
    let mut texts = node.stdin.take().expect("its input is a pipe");
    texts.write_all(input.as_bytes()).expect("Node reads its input");
    drop(texts);
    let output = node.wait_with_output().expect("Node ends");
    assert!(output.status.success(), "Node refused a pattern");
    let found: Vec<Vec<Vec<[usize; 2]>>> =
        serde_json::from_slice(&output.stdout).expect("Node answers in JSON");
    let range = |[start, end]: [usize; 2]| start..end;
    let of_rule = |ranges: Vec<[usize; 2]>| ranges.into_iter().map(range).collect();
    let of_text = |rules: Vec<Vec<[usize; 2]>>| rules.into_iter().map(of_rule).collect();
    found.into_iter().map(of_text).collect()
}

fn place(rule: &Rule) -> usize {
    RULES.iter().position(|one| one == rule).expect("a rule of the guard")
}

fn natively(patterns: &[Regex], text: &str) -> Vec<Finding> {
    let finder = |rule: &'static Rule, text: &str| {
        patterns[place(rule)].find_iter(text).map(|found| found.range()).collect()
    };
    findings(text, &finder)
}

fn by_node(found: &[Vec<Range<usize>>], text: &str) -> Vec<Finding> {
    let finder = |rule: &'static Rule, text: &str| {
        let units = found[place(rule)].iter().cloned();
        units.map(|range| bytes_of_utf16(text, range)).collect()
    };
    findings(text, &finder)
}

fn patterns() -> Vec<Regex> {
    RULES.iter().map(|rule| Regex::new(rule.pattern).expect("a pattern of the guard")).collect()
}

#[test]
fn node_finds_what_each_case_says() {
    let cases: Vec<Value> = serde_json::from_str(CASES).expect("the cases are JSON");
    let texts: Vec<String> = cases
        .iter()
        .map(|case| case["text"].as_str().expect("a case has a text").to_owned())
        .collect();
    for ((case, text), found) in cases.iter().zip(&texts).zip(in_node(&texts)) {
        let told: Value = by_node(&found, text)
            .iter()
            .map(|finding| format!("{}: {}", finding.rule.id, &text[finding.range.clone()]))
            .collect();
        assert_eq!(told, case["found"], "{text}");
    }
}

#[test]
fn both_dialects_find_the_same_in_random_sentences() {
    let (texts, patterns) = (random_texts(20_000), patterns());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, found) in texts.iter().zip(in_node(&texts)) {
        let native = natively(&patterns, text);
        assert_eq!(by_node(&found, text), native, "{text:?}");
        native.iter().for_each(|finding| *seen.entry(finding.rule.id).or_default() += 1);
    }
    // A comparison of nothing with nothing would prove nothing.
    assert_eq!(seen.len(), RULES.len(), "{seen:?}");
    assert!(seen.values().all(|count| *count > 20), "{seen:?}");
}
