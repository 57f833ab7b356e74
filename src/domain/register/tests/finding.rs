//! Finding by code and by words.

use super::*;

/// The aliases found, the best first.
fn check(typed: &str, aliases: &[&str]) {
    let register = demo();
    let found = register.find(typed, 10);
    let names: Vec<&str> = found.best.iter().map(|id| register.get(id).unwrap().alias).collect();
    assert_eq!((names.as_slice(), found.total), (aliases, aliases.len()), "{typed:?}");
}

#[test]
fn by_the_whole_code_however_it_is_typed() {
    for typed in ["K7QMZ3", "k7qmz3", " k7q mz3 ", "K7Q-MZ3", "k7q.mz3"] {
        check(typed, &["Les Trois Théières"]);
    }
    let mut register = demo();
    register.insert(&Known { code: Some("B01105"), ..Known::new(id(11), "Onze") });
    for typed in ["BO1IO5", "bOlL05", "b01105"] {
        assert_eq!(register.find(typed, 3).best, [id(11)], "{typed}");
    }
}

#[test]
fn by_the_beginning_of_the_code_while_it_is_typed() {
    for typed in ["k7", "K7Q", "k7q m", "K7QMZ"] {
        check(typed, &["Les Trois Théières"]);
    }
    check("7q", &[]);
    check("K7QMZ34", &[]);
    // One letter is no code: R4VTX9 is not meant.
    check("r", &[]);
}

#[test]
fn by_words_in_any_order_without_accents_or_case() {
    check("theieres", &["Les Trois Théières"]);
    check("THEI trois", &["Les Trois Théières"]);
    check("l'escalier", &["L’Escalier Bleu"]);
    check("bleu escalier", &["L’Escalier Bleu"]);
    check("samedi du", &["Voisines du Samedi"]);
    check("grand palier rouge", &[]);
}

#[test]
fn by_place_and_type_after_the_alias() {
    check("st gilles", &["Le Grand Palier"]);
    check("sint gillis palier", &["Le Grand Palier"]);
    check("1060", &["Le Grand Palier"]);
    check("laeken", &["Les Lampions"]);
    check("kangourou", &["L’Escalier Bleu"]);
    check("kangoeroewonen elsene", &["L’Escalier Bleu"]);
    let mut register = demo();
    register.insert(&Known::new(id(12), "Forest Verte"));
    assert_eq!(register.find("forest", 5).best, [id(12), id(7)]);
    // A commune's name in an alias is a whole word, the beginning of one comes after.
    register.insert(&Known::new(id(13), "Forestiers"));
    assert_eq!(register.find("forest", 5).best, [id(12), id(13), id(7)]);
}

#[test]
fn one_mistake_in_a_word_of_four_letters_and_more() {
    // Another letter, one too many, one missing, two swapped; at the beginning, within, at the end.
    for typed in ["lanpions", "lampioons", "lampins", "lmapions", "xampions", "ampions", "lampionz"]
    {
        check(typed, &["Les Lampions"]);
    }
    check("lanpi", &["Les Lampions"]);
    check("lescalier", &["L’Escalier Bleu"]);
    check("lanpioms", &[]);
    check("tqble longye", &["Table Longue"]);
    check("lxs", &[]);
    // A number is meant as it is.
    check("1061", &[]);
}

#[test]
fn what_is_right_comes_before_what_is_nearly_right() {
    let mut register = Register::new();
    for (number, alias) in [(1, "Pante"), (2, "Porte"), (3, "Portes"), (4, "Ponte"), (5, "porte")] {
        register.insert(&Known::new(id(number), alias));
    }
    register.insert(&Known { code: Some("00RT35"), ..Known::new(id(6), "Zut") });
    assert_eq!(register.find("porte", 9).best, [id(2), id(5), id(3), id(4)]);
    let found = register.find("porte", 2);
    assert_eq!((found.best, found.total), (vec![id(2), id(5)], 4));
    assert_eq!(register.find("porte", 0), Found { best: vec![], total: 4 });
    // The beginning of a code stands between.
    assert_eq!(register.find("oort", 9).best, [id(6), id(2), id(5), id(3)]);
    register.insert(&Known::new(id(7), "Oort"));
    register.insert(&Known::new(id(8), "Oert"));
    assert_eq!(register.find("oort", 9).best, [id(7), id(6), id(8), id(2), id(5), id(3)]);
}

#[test]
fn nothing_typed_and_what_no_one_types_find_nothing() {
    for typed in ["", " ", "—", "«»", "\u{202E}", "💡"] {
        check(typed, &[]);
    }
    check(&"les ".repeat(10_000), &["Les Lampions", "Les Trois Théières"]);
    check(&"l".repeat(1_000_000), &[]);
}

#[test]
fn other_scripts_are_found_too() {
    let mut register = demo();
    register.insert(&Known::new(id(20), "بيت الجيران"));
    register.insert(&Known::new(id(21), "ቤት ሰላም"));
    assert_eq!(register.find("الجيرن", 5).best, [id(20)]);
    assert_eq!(register.find("ሰላም", 5).best, [id(21)]);
}
