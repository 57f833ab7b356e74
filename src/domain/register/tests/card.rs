//! The paper card.

use super::*;
use crate::forms::Language;

#[test]
fn a_card_holds_the_code_in_two_groups_and_the_contact() {
    let card = Card::new("k7qmz3", " 02 000 00 00 ").unwrap();
    assert_eq!((card.code.as_str(), card.contact.as_str()), ("K7Q MZ3", "02 000 00 00"));
    assert_eq!(card.languages, [Language::Fr, Language::Nl, Language::En]);
    assert_eq!(Card::new("K7Q", "x"), Err(NotACard::Code));
    for contact in ["", "  ", "a\nb", &"x".repeat(121)] {
        assert_eq!(Card::new("K7QMZ3", contact), Err(NotACard::Contact), "{contact:?}");
    }
    assert!(Card::new("K7QMZ3", &"é".repeat(120)).is_ok());
}

#[test]
fn its_words_do_not_tell_what_it_is_for() {
    for text in CardText::ALL {
        assert!(text.as_str().starts_with("card_"));
        for language in Language::ALL {
            let card = Card::new("K7QMZ3", text.words(language)).unwrap();
            assert_eq!(card.telling_words(&[]), Vec::<String>::new());
        }
    }
    let rights = CardText::Rights.words(Language::Fr).to_lowercase();
    assert!(rights.contains("vous pouvez relire, corriger, effacer"));
}

#[test]
fn a_contact_that_tells_is_warned_of() {
    let words = |contact: &str| {
        Card::new("K7QMZ3", contact).unwrap().telling_words(&["Les Lampions", "Accueil Bruxelles"])
    };
    assert_eq!(words("hébergement@exemple.be"), ["hebergement"]);
    assert_eq!(words("lampions@exemple.be, Vluchtelingenwerk"), ["lampions", "vluchtelingenwerk"]);
    assert_eq!(words("02 000 00 00, coordination@exemple.be"), Vec::<String>::new());
}
