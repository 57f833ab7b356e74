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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// French.
    pub fr: String,
    /// Dutch, when translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nl: Option<String>,
    /// English, when translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Label {
    /// The text in this language, or in French when it is missing or empty.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let translated = match language {
            Language::Fr => None,
            Language::Nl => self.nl.as_deref(),
            Language::En => self.en.as_deref(),
        };
        translated.filter(|text| !text.is_empty()).unwrap_or(&self.fr)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_reads_as_french() {
        let label =
            Label { fr: "Visite".into(), nl: Some("Bezoek".into()), en: Some(String::new()) };
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
