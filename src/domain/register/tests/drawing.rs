//! Drawing codes.

use super::*;

#[test]
fn a_taken_code_is_drawn_again_and_a_broken_source_gives_up() {
    let mut register = demo();
    register.insert(&Known { code: Some("000000"), ..Known::new(id(20), "Zéro") });
    let mut draws = vec![[0, 0, 0, 0, 0, 31], [0; 6], [0; 6]];
    assert_eq!(draw_code(&register, &mut || draws.pop().unwrap()).as_deref(), Some("110000"));
    assert_eq!(draws, Vec::<[u8; 6]>::new());
    let mut count = 0;
    let stuck = draw_code(&register, &mut || {
        count += 1;
        [0; 6]
    });
    assert_eq!((stuck, count), (None, 8));
}

#[test]
fn two_phones_that_drew_the_same_are_both_found_and_named() {
    let mut register = demo();
    assert_eq!(register.clashes(), []);
    register.insert(&Known { code: Some("k7q mz3"), ..Known::new(id(20), "Autre") });
    assert_eq!(register.holders("K7Q-MZ3"), [id(1), id(20)]);
    assert_eq!(register.find("K7QMZ3", 5).best, [id(20), id(1)]);
    let clash = Clash { code: "K7QMZ3".into(), holders: vec![id(1), id(20)] };
    assert_eq!(register.clashes(), [clash]);
    assert_eq!(register.holders("nothing"), []);
    register.remove(&id(1));
    assert_eq!(register.clashes(), []);
}
