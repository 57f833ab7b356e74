//! The paper card that stays with a collective: what is printed on it, and nothing else.
//!
//! On it: the code, how to reach the coordination, and "you can read again, correct, erase" in French, Dutch
//! and English, with room for one more language. Not on it: what it is for, an address, a date, the alias
//! (who knows the alias and holds the card may have everything erased), the name of the campaign.

use crate::forms::{Language, normalise_collective_code, search_key, text_length};

/// The longest contact line, in characters.
pub const LONGEST_CONTACT: usize = 120;

/// Beginnings of words that would tell what a card is for, as search keys.
const TELLING: &[&str] = &[
    "accueil", "heberg", "exil", "migra", "refugi", "asile", "papiers", "opvang", "vlucht",
    "gastgez", "asiel", "host", "refuge", "asylum", "shelter",
];

/// A card to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The code as it is read aloud, in two groups of three: `K7Q MZ3`.
    pub code: String,
    /// How to reach the coordination: a number, a mail address. The same for every language.
    pub contact: String,
    /// One block of the card's texts per language, in this order; then [`BLANK_LINES`](Self::BLANK_LINES).
    pub languages: [Language; 3],
}

/// The texts of a block, in their order on the card: the code stands behind the first, the contact behind
/// the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardText {
    /// Says that it is a code.
    Code,
    /// Says what the holder may ask for.
    Rights,
    /// Says that the contact follows.
    Contact,
}

/// Why there is no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACard {
    /// The code is none.
    #[error("not a code")]
    Code,
    /// The contact line is empty, longer than 120 characters, or of several lines.
    #[error("not a contact line")]
    Contact,
}

impl Card {
    /// Lines left empty for a language that the app does not speak.
    pub const BLANK_LINES: u8 = 2;

    /// The card of a collective with this code.
    ///
    /// # Errors
    /// [`NotACard`].
    pub fn new(code: &str, contact: &str) -> Result<Self, NotACard> {
        let code = normalise_collective_code(code).ok_or(NotACard::Code)?;
        let (first, second) = code.split_at_checked(code.len() / 2).ok_or(NotACard::Code)?;
        let contact = contact.trim();
        let fits = (1..=LONGEST_CONTACT).contains(&text_length(contact));
        if !fits || contact.contains(char::is_control) {
            return Err(NotACard::Contact);
        }
        let code = [first, second].join(" ");
        Ok(Self { code, contact: contact.to_owned(), languages: Language::ALL })
    }

    /// The words of the contact line that tell what the card is for, or that stand in one of these names: the
    /// alias, the name of the campaign. To be shown as a warning: `accueil@…` is better another address.
    pub fn telling_words(&self, names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| search_key(name)).collect();
        let named = |word: &str| names.iter().flat_map(|name| name.split(' ')).any(|n| n == word);
        let contact = search_key(&self.contact);
        let words = contact.split(' ').filter(|word| word.chars().count() > 2);
        let tells = |word: &&str| TELLING.iter().any(|stem| word.contains(stem)) || named(word);
        words.filter(tells).map(str::to_owned).collect()
    }
}

impl CardText {
    /// The texts of a block in order.
    pub const ALL: [Self; 3] = [Self::Code, Self::Rights, Self::Contact];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "card_code",
            Self::Rights => "card_rights",
            Self::Contact => "card_contact",
        }
    }

    /// The words on the card: read and judged by the field, not to be changed by a translator alone.
    pub fn words(self, language: Language) -> &'static str {
        use Language::{En, Fr, Nl};
        match (self, language) {
            (Self::Code, Fr | Nl | En) => "Code",
            (Self::Rights, Fr) => "Vous pouvez relire, corriger, effacer.",
            (Self::Rights, Nl) => "U kunt nalezen, verbeteren, wissen.",
            (Self::Rights, En) => "You can read again, correct, erase.",
            (Self::Contact, Fr) => "Pour nous joindre :",
            (Self::Contact, Nl) => "Ons bereiken:",
            (Self::Contact, En) => "To reach us:",
        }
    }
}
