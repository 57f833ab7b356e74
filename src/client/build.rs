//! Turns `locales/*.toml` into a typed table, so that a sentence that is missing cannot be asked for.
//!
//! A locale file is flat: `[group]` headings, `key = "text"` lines, `#` comments. `key_one` beside
//! `key_other` makes a text that depends on a number. Placeholders are `{name}`. French is the language
//! of reference: a key that a language lacks or that French lacks, or a placeholder that differs from the
//! French, fails the build. So does an ordinary space where French writes one that does not break.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path, process};

const LANGUAGES: [&str; 3] = ["fr", "nl", "en"];
/// Groups whose keys are codes that other parts of the program give out.
const CODED: [&str; 7] = ["problem", "trouble", "step", "failed", "sign", "guard", "kind"];

type Texts = BTreeMap<String, String>;

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    let locales = LANGUAGES.map(|language| {
        let path = format!("locales/{language}.toml");
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| fail(&path, 0, &error.to_string()));
        parse(&path, &text)
    });
    check(&locales);
    let out =
        env::var_os("OUT_DIR").unwrap_or_else(|| fail("build.rs", 0, "cargo gave no OUT_DIR"));
    let path = Path::new(&out).join("texts.rs");
    if let Err(error) = fs::write(&path, table(&locales)) {
        fail("texts.rs", 0, &error.to_string());
    }
}

fn parse(path: &str, text: &str) -> Texts {
    let mut texts = Texts::new();
    let mut group = "";
    for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            group = name;
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            fail(path, at, "not a key and a text")
        };
        let quoted = value.trim().strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let Some(quoted) = quoted.filter(|text| !text.is_empty()) else {
            fail(path, at, "the text is not in double quotes, or empty")
        };
        let key = format!("{group}_{}", key.trim());
        if !key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            fail(path, at, "a key holds small letters, digits and underscores only");
        }
        if texts.insert(key, quoted.replace("\\\"", "\"")).is_some() {
            fail(path, at, "this key is here twice");
        }
    }
    texts
}

fn check([french, others @ ..]: &[Texts; 3]) {
    for (language, texts) in LANGUAGES[1..].iter().zip(others) {
        let path = format!("locales/{language}.toml");
        for (key, text) in texts {
            let Some(reference) = french.get(key) else {
                fail(&path, 0, &format!("`{key}` is not in French"))
            };
            if placeholders(reference) != placeholders(text) {
                fail(&path, 0, &format!("`{key}` has other placeholders than in French"));
            }
        }
        if let Some(key) = french.keys().find(|key| !texts.contains_key(*key)) {
            fail(&path, 0, &format!("`{key}` is missing"));
        }
    }
    let breaks = [" :", " ;", " ?", " !", " »", "« "];
    for (key, text) in french {
        if breaks.iter().any(|space| text.contains(space)) {
            fail("locales/fr.toml", 0, &format!("`{key}` may break before or after a sign"));
        }
    }
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn table(locales: &[Texts; 3]) -> String {
    let french = &locales[0];
    let is_counted = |key: &str| {
        let stem = key.strip_suffix("_one").or_else(|| key.strip_suffix("_other"));
        stem.is_some_and(|stem| {
            french.contains_key(&format!("{stem}_one"))
                && french.contains_key(&format!("{stem}_other"))
        })
    };
    let plain: Vec<&String> = french.keys().filter(|key| !is_counted(key)).collect();
    let counted: Vec<&str> = french
        .keys()
        .filter(|key| is_counted(key))
        .filter_map(|key| key.strip_suffix("_one"))
        .collect();
    let shown = |key: &str| {
        let in_language = |texts: &Texts| texts.get(key).cloned().unwrap_or_default();
        let [fr, nl, en] = [&locales[0], &locales[1], &locales[2]].map(in_language);
        format!("[{fr:?}, {nl:?}, {en:?}]")
    };
    let pair = |key: &str| {
        format!("[{}, {}]", shown(&format!("{key}_one")), shown(&format!("{key}_other")))
    };
    let mut out = String::new();
    let sentences = plain.iter().map(|key| (key.as_str(), shown(key), &french[*key]));
    sentence_type(&mut out, "Key", "A sentence of the interface.", "Text", sentences);
    let sentences = counted.iter().map(|key| (*key, pair(key), &french[&format!("{key}_one")]));
    let doc = "A sentence that depends on a number.";
    sentence_type(&mut out, "Counted", doc, "[Text; 2]", sentences);
    codes(&mut out, &plain);
    out
}

/// A type whose values are names for texts. Each text stands by itself, not in one table: so what only
/// later pages say goes into the file that is loaded with them.
fn sentence_type<'a>(
    out: &mut String,
    name: &str,
    doc: &str,
    of: &str,
    sentences: impl Iterator<Item = (&'a str, String, &'a String)>,
) {
    let _ = writeln!(
        out,
        "/// {doc}\n#[derive(Debug, Clone, Copy)]\npub struct {name}(&'static {of});\n\
         #[expect(non_upper_case_globals, reason = \"they read as the variants that they are\")]\n\
         impl {name} {{"
    );
    for (key, texts, doc) in sentences {
        let _ = writeln!(
            out,
            "    #[doc = {doc:?}]\n    pub const {}: Self = Self({{ static TEXT: {of} = {texts}; &TEXT }});",
            camel(key)
        );
    }
    let _ = writeln!(
        out,
        "}}\nimpl PartialEq for {name} {{\n    fn eq(&self, other: &Self) -> bool {{\n        \
         std::ptr::eq(self.0, other.0)\n    }}\n}}\nimpl Eq for {name} {{}}"
    );
}

fn rows(out: &mut String, name: &str, len: usize, of: &str, rows: impl Iterator<Item = String>) {
    let _ = writeln!(out, "static {name}: [{of}; {len}] = [");
    rows.for_each(|row| {
        let _ = writeln!(out, "    {row},");
    });
    out.push_str("];\n");
}

fn codes(out: &mut String, keys: &[&String]) {
    let of_group = |group: &'static str| {
        let coded = move |key: &&String| {
            Some((group, key.strip_prefix(group)?.strip_prefix('_')?.to_owned(), camel(key)))
        };
        keys.iter().filter_map(coded)
    };
    let coded: Vec<_> = CODED.into_iter().flat_map(of_group).collect();
    let row =
        |(group, code, key): &(&str, String, String)| format!("({group:?}, {code:?}, Key::{key})");
    rows(out, "CODES", coded.len(), "(&str, &str, Key)", coded.iter().map(row));
    out.push_str("impl Key {\n    /// The sentence for a code of this group; none for one that no file knows.\n");
    out.push_str("    pub fn of_code(group: &str, code: &str) -> Option<Self> {\n");
    out.push_str(
        "        let found = CODES.iter().find(|(of, held, _)| *of == group && *held == code);\n",
    );
    out.push_str("        found.map(|(_, _, key)| *key)\n    }\n}\n");
}

fn camel(key: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1.min(word.len()));
        first.to_ascii_uppercase() + rest
    };
    key.split('_').map(word).collect()
}

fn fail(path: &str, line: usize, reason: &str) -> ! {
    println!("cargo::error={path}:{line}: {reason}");
    process::exit(1)
}
