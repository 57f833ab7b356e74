//! Dates and numbers as people of a language write them.

use domain::forms::CivilDate;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// `lundi 3 novembre 2026`; without the year when `short`.
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

fn format(millis: f64, language: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (name, value) in parts {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let locale = if language == "nl" || language == "fr" {
        format!("{language}-BE")
    } else {
        "en-GB".into()
    };
    let formatter = Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(&locale)), &options);
    let text = formatter.format().call1(&JsValue::NULL, &Date::new(&millis.into()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
