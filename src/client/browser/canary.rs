//! What is remembered outside the database, to notice when the database is lost.
//!
//! A browser can hand the app an empty database without a word. Beside a canary that is a loss to report,
//! never a new phone.

use gloo_storage::{LocalStorage, Storage};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::preferences::{read_value, write_value};

const KEY: &str = "perron.canary";
/// What a person has read of a loss, until the coordination is told.
const ACCEPTED: &str = "perron.loss";

/// Counts only, and the device: no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canary {
    /// The device, in hexadecimal.
    pub device: String,
    /// Records known to be stored.
    pub records: usize,
    /// Records that no receipt named yet.
    pub unsent: usize,
}

/// What was last remembered.
pub fn read() -> Option<Canary> {
    stored(KEY)
}

fn stored(key: &str) -> Option<Canary> {
    let stored = read_value(key)?;
    let field = |name: &str| Reflect::get(&stored, &JsValue::from_str(name)).ok();
    let number = |name: &str| field(name)?.as_f64().map(|number| number as usize);
    Some(Canary {
        device: field("device")?.as_string()?,
        records: number("records")?,
        unsent: number("unsent")?,
    })
}

/// Takes off what is about to be taken away.
///
/// Law: the canary never says more than the disk holds, also when the page dies between two lines. So what
/// rows take away is taken off before they are written, and what they add is remembered after.
pub fn lower(by: usize) {
    if by > 0
        && let Some(known) = read()
    {
        write(&Canary { records: known.records.saturating_sub(by), ..known });
    }
}

/// Remembers. A full or forbidden localStorage is no reason to stop: the database is the truth.
pub fn write(canary: &Canary) {
    store(KEY, canary);
}

fn store(key: &str, canary: &Canary) {
    let stored = Object::new();
    let fields = [
        ("device", JsValue::from_str(&canary.device)),
        ("records", JsValue::from_f64(canary.records as f64)),
        ("unsent", JsValue::from_f64(canary.unsent as f64)),
    ];
    let set =
        |(name, value): &(&str, JsValue)| Reflect::set(&stored, &JsValue::from_str(name), value);
    if fields.iter().all(|field| set(field).is_ok()) {
        write_value(key, &stored);
    }
}

/// A person has read what was lost: it is to be told to the coordination.
pub fn accept(lost: &Canary) {
    store(ACCEPTED, lost);
}

/// What is to be told of a loss.
pub fn accepted() -> Option<Canary> {
    stored(ACCEPTED)
}

/// It was told.
pub fn forget_accepted() {
    LocalStorage::delete(ACCEPTED);
}

/// Forgets, once a person has read what was lost.
pub fn clear() {
    LocalStorage::delete(KEY);
}
