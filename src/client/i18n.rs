//! The interface's words: every sentence stands in `locales/*.toml`, none in the code.
//!
//! [`build.rs`](https://doc.rust-lang.org/cargo/reference/build-scripts.html) turns those files into
//! [`Key`] and [`Counted`], so that a missing sentence fails the build. What is read here inside a view
//! changes with the language; what leaves here is text only, and never markup.

use std::sync::LazyLock;

use domain::forms::places::commune_of;
use domain::forms::{CivilDate, Language};
use leptos::prelude::*;

use crate::browser::intl;

/// A text in every language.
type Text = [&'static str; 3];

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

static LANGUAGE: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(Language::Fr));

/// The language of the interface. Tracked.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Changes the language of everything on screen.
pub fn set_language(language: Language) {
    LANGUAGE.set(language);
}

/// A sentence in the language of the moment. Tracked.
pub fn text(key: Key) -> &'static str {
    key.0[language() as usize]
}

/// A sentence for a view or a property of a component: it follows the language.
pub fn t(key: Key) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || text(key)
}

/// A sentence with its placeholders filled in. Tracked.
pub fn say(key: Key, values: &[(&str, &str)]) -> String {
    filled(text(key), values)
}

/// A sentence about so many things: `{n}` is the number. Tracked.
///
/// French counts none and one as singular, Dutch and English one only.
pub fn count(counted: Counted, n: usize) -> String {
    let language = language();
    let singular = n == 1 || (n == 0 && language == Language::Fr);
    let [one, other] = counted.0;
    let template = if singular { one } else { other };
    filled(template[language as usize], &[("n", &intl::number(n, language.tag()))])
}

/// The sentence for a code of a group of the locale files, or `otherwise`. Tracked.
pub fn coded(group: &str, code: &str, otherwise: Key) -> &'static str {
    text(Key::of_code(group, code).unwrap_or(otherwise))
}

/// `dim. 22 novembre 2026`. Tracked.
pub fn long_date(date: CivilDate) -> String {
    intl::date(date, language().tag(), false)
}

/// `22 novembre 2026`. Tracked.
pub fn plain_date(date: CivilDate) -> String {
    let day = match date.day() {
        1 if language() == Language::Fr => "1er".to_owned(),
        day => day.to_string(),
    };
    let month = intl::month(date.month_of_year(), language().tag(), false);
    format!("{day} {month} {}", date.year())
}

/// The date as [`long_date`] says it, or the text itself when it is none. Tracked.
pub fn date_text(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), long_date)
}

/// The name of a place; where this program has none, that it is elsewhere, and its code. Tracked.
pub fn place_text(code: &str, language: Language) -> String {
    match commune_of(code) {
        Some(commune) => commune.name(language).to_owned(),
        None => format!("{} ({code})", text(Key::PlaceElsewhere)),
    }
}

/// Date and time of day on this phone, of milliseconds since 1970. Tracked.
pub fn moment(millis: u64) -> String {
    intl::moment(millis, language().tag())
}

/// `novembre 2026` of `2026-11`, or the text itself when it is no month. Tracked.
pub fn month_text(text: &str) -> String {
    let month = text.split_once('-').and_then(|(year, month)| {
        let number = month.parse().ok().filter(|number| (1..=12).contains(number))?;
        Some(format!("{} {year}", intl::month(number, language().tag(), false)))
    });
    month.unwrap_or_else(|| text.to_owned())
}

/// `nov.` of 11. Tracked.
pub fn short_month(month: u8) -> String {
    intl::month(month, language().tag(), true)
}

fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn placeholders_are_filled_and_values_are_not_read_again() {
        assert_eq!(filled("{a} et {b} !", &[("a", "{b}"), ("b", "x")]), "{b} et x !");
        assert_eq!(filled("rien", &[("a", "1")]), "rien");
        assert_eq!(filled("{inconnu}.", &[]), ".");
    }
}
