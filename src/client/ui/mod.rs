//! What the screens are made of.
//!
//! A component shows what it is given and tells what a person did; it knows no store, no network and
//! no record. It imports leptos and the words of [`crate::i18n`]; only [`form`] also knows
//! `domain::forms`, which it renders.

#![allow(unreachable_pub, reason = "leptos puts a hidden public function beside each component")]

mod badge;
mod bars;
mod button;
mod chips;
mod choice;
mod code_plate;
mod compare;
mod date_choice;
mod dialog;
mod doorstep;
mod empty;
mod field;
mod file_input;
pub mod form;
mod fresh_id;
mod icon;
mod live;
mod long_rows;
mod month_input;
mod notice;
mod option;
mod page;
mod pick;
mod progress;
mod qr;
mod rows;
mod scale;
mod stepper;

pub use badge::{CareTag, RecordBadge, StateBadge};
pub use bars::{Destination, NavBar, TopBar};
pub use button::{Button, LinkButton, Look};
pub use chips::Chips;
pub use choice::{ChoiceButtons, Shape};
pub use code_plate::CodePlate;
pub use compare::{Comparison, Side};
pub use date_choice::DateChoice;
pub use dialog::Dialog;
pub use doorstep::{Doorstep, Mark};
pub use empty::EmptyState;
pub use field::{Field, TextInput};
pub use file_input::FileInput;
pub use fresh_id::fresh_id;
pub use icon::{Icon, Sign};
pub use live::{If, Keyed, Live, LiveList, live, live_list, words};
pub use long_rows::long_rows;
pub use month_input::MonthInput;
pub use notice::{Notice, Tone};
pub use option::Opt;
pub use page::Page;
pub use pick::Pick;
pub use progress::Progress;
pub use qr::QrCode;
pub use rows::{Row, Rows};
pub use scale::Scale;
pub use stepper::Stepper;

/// Words that follow the language.
pub type Words = leptos::prelude::Signal<String>;
