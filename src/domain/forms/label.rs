//! Languages of the interface and texts in them.

use serde::{Deserialize, Serialize};

/// A language of the interface. French is the language of reference: it is never missing.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// French, the default.
    #[default]
    Fr,
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 3] = [Self::Fr, Self::Nl, Self::En];

    /// The BCP 47 tag: `fr`, `nl` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag, its region ignored (`nl-BE` is Dutch); none when unknown.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }
}

/// A text in the three languages. A missing translation reads as French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label([String; 3]);

impl Label {
    pub(super) const EMPTY: Self = Self([String::new(), String::new(), String::new()]);

    /// A text in French, Dutch and English; an empty one is not translated.
    #[must_use]
    pub fn new(fr: &str, nl: &str, en: &str) -> Self {
        Self([fr, nl, en].map(str::to_owned))
    }

    /// The text in this language, or in French when it is missing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let [fr, nl, en] = &self.0;
        let translated = match language {
            Language::Fr => fr,
            Language::Nl => nl,
            Language::En => en,
        };
        if translated.is_empty() { fr } else { translated }
    }

    /// Whether every language has a text of its own.
    #[must_use]
    pub fn is_translated(&self) -> bool {
        self.0.iter().all(|text| !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_reads_as_french() {
        let label = Label::new("Visite", "Bezoek", "");
        assert!(!label.is_translated() && Label::new("a", "b", "c").is_translated());
        assert_eq!(label.get(Language::Fr), "Visite");
        assert_eq!(label.get(Language::Nl), "Bezoek");
        assert_eq!(label.get(Language::En), "Visite");
    }

    #[test]
    fn a_tag_names_its_language_with_or_without_a_region() {
        assert_eq!(Language::from_tag("nl-BE"), Some(Language::Nl));
        assert_eq!(Language::from_tag("EN"), Some(Language::En));
        assert_eq!(Language::from_tag("ar"), None);
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
    }
}
