//! Dates and numbers as people of a language write them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::forms::CivilDate;
use js_sys::{Array, Date, Intl, Number, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    static MONTHS: RefCell<BTreeMap<(&'static str, bool, u8), String>> = RefCell::default();
}

/// `lun. 3 novembre 2026`; without the year when `short`.
pub fn date(date: CivilDate, language: &str, short: bool) -> String {
    let millis = (date.days_since_epoch() * 86_400_000) as f64;
    let mut parts =
        vec![("weekday", "short"), ("day", "numeric"), ("month", "long"), ("timeZone", "UTC")];
    if !short {
        parts.push(("year", "numeric"));
    }
    format(millis, language, &parts)
}

/// `3 novembre 2026, 14:05` in the phone's time zone, of milliseconds since 1970.
pub fn moment(millis: u64, language: &str) -> String {
    let parts = [
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ];
    format(millis as f64, language, &parts)
}

/// `novembre` of 11; `nov.` when `short`. A list asks for every line, so each is found out once.
pub fn month(month: u8, language: &'static str, short: bool) -> String {
    let find_out = || {
        let length = if short { "short" } else { "long" };
        // The middle of the month: no time zone leads out of it.
        let millis = Date::new_with_year_month_day(2026, i32::from(month) - 1, 15).get_time();
        format(millis, language, &[("month", length)])
    };
    let known = (language, short, month);
    MONTHS.with_borrow_mut(|months| months.entry(known).or_insert_with(find_out).clone())
}

/// `10 000`.
pub fn number(n: usize, language: &str) -> String {
    Number::from(n as f64).to_locale_string(&locale(language)).into()
}

fn format(millis: f64, language: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (name, value) in parts {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let locale = Array::of1(&JsValue::from_str(&locale(language)));
    let formatter = Intl::DateTimeFormat::new(&locale, &options);
    let text = formatter.format().call1(&JsValue::NULL, &Date::new(&millis.into()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// As they write them in Brussels.
fn locale(language: &str) -> String {
    match language {
        "nl" | "fr" => format!("{language}-BE"),
        _ => "en-GB".into(),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_large_number_is_written_as_each_language_does() {
        let written = ["fr", "nl", "en"].map(|language| number(10_000, language));
        assert_eq!(written, ["10\u{202f}000", "10.000", "10,000"]);
    }

    #[wasm_bindgen_test]
    fn each_language_has_its_months_in_both_lengths() {
        let written = ["fr", "nl", "en"].map(|language| {
            [(1, false), (12, false), (12, true)].map(|(of, short)| month(of, language, short))
        });
        assert_eq!(written[0], ["janvier", "décembre", "déc."]);
        assert_eq!(written[1], ["januari", "december", "dec"]);
        assert_eq!(written[2], ["January", "December", "Dec"]);
    }
}
