//! Which notebook a page is about: the campaign's, or one to practise with.
//!
//! Law: it is chosen once, when the page is loaded, and everything that a notebook lives in follows from it. So
//! no page ever holds two notebooks, and nothing of one is within reach of the other.

use crate::browser::preferences;

/// The preference's name and what it says while somebody practises.
const PREFERENCE: (&str, &str) = ("mode", "training");

/// Which notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The campaign's.
    Field,
    /// One to practise with.
    Training,
}

impl Mode {
    /// What was chosen last. A page that leads into a campaign is the campaign's, and ends the training.
    pub(super) fn of_page(leads_into_campaign: bool) -> Self {
        let (name, training) = PREFERENCE;
        if preferences::read(name).as_deref() != Some(training) {
            return Self::Field;
        }
        if leads_into_campaign {
            Self::Field.choose();
            return Self::Field;
        }
        Self::Training
    }

    /// Remembers it for the pages that are loaded from now on.
    pub(super) fn choose(self) {
        let (name, training) = PREFERENCE;
        preferences::write(name, if self == Self::Training { training } else { "field" });
    }

    /// Its database.
    pub(super) fn database(self) -> &'static str {
        match self {
            Self::Field => "perron",
            Self::Training => "perron-training",
        }
    }

    /// The file of its key's slots.
    pub(super) fn key_file(self) -> &'static str {
        match self {
            Self::Field => "perron.key",
            Self::Training => "perron-training.key",
        }
    }

    /// The lock that one tab at a time holds.
    pub(super) fn lock(self) -> &'static str {
        match self {
            Self::Field => "perron.notebook",
            Self::Training => "perron.training",
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::Mode;

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn two_notebooks_share_nothing() {
        let places = |mode: Mode| [mode.database(), mode.key_file(), mode.lock()];
        let [field, training] = [Mode::Field, Mode::Training].map(places);
        assert!(field.iter().all(|place| !training.contains(place)));
    }

    #[wasm_bindgen_test]
    fn a_training_lasts_until_it_is_left_or_a_page_leads_into_a_campaign() {
        assert_eq!(Mode::of_page(false), Mode::Field);
        Mode::Training.choose();
        assert_eq!(Mode::of_page(false), Mode::Training);
        assert_eq!(Mode::of_page(true), Mode::Field);
        assert_eq!(Mode::of_page(false), Mode::Field);
        Mode::Training.choose();
        Mode::Field.choose();
        assert_eq!(Mode::of_page(false), Mode::Field);
    }
}
