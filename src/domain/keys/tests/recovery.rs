//! The recovery code, as people copy it.

use proptest::prelude::*;

use super::*;
use crate::testing::Camp;

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

proptest! {
    #[test]
    fn a_code_is_read_back_in_every_human_form(bytes: [u8; 16]) {
        let code = RecoveryCode::new(bytes);
        let text = code.to_string();
        prop_assert_eq!(text.len(), 26);
        let grouped = text.as_bytes().chunks(4).map(|g| std::str::from_utf8(g).unwrap());
        let grouped: Vec<&str> = grouped.collect();
        let forms = [
            text.to_lowercase(),
            grouped.join("-"),
            format!("  {}\n", grouped.join(" ")),
            grouped.join("\u{a0}"),
            text.replace('0', "O").replace('1', "I"),
            text.replace('0', "o").replace('1', "l"),
        ];
        for form in forms {
            prop_assert_eq!(form.parse(), Ok(code.clone()), "{}", form);
        }
        prop_assert_eq!(code.keys().public(), text.parse::<RecoveryCode>().unwrap().keys().public());
    }
}

/// The check has two bits: it finds three of four mistyped codes. The fourth reads as another code, whose
/// keys no roster names; so a code typed back must always open the test envelope too.
#[test]
fn a_mistyped_character_is_found_three_times_in_four_and_never_gives_the_same_keys() {
    let mut rng = SeededRandom::new(6);
    let (mut found, mut all) = (0, 0);
    for _ in 0..40 {
        let code = RecoveryCode::new(random(&mut rng));
        let text = code.to_string();
        for position in 0..26 {
            for letter in ALPHABET.chars() {
                let mut typed = text.clone();
                typed.replace_range(position..=position, &letter.to_string());
                if typed == text {
                    continue;
                }
                all += 1;
                match typed.parse::<RecoveryCode>() {
                    Err(wrong) => {
                        assert_eq!(wrong, BadRecoveryCode::Check);
                        found += 1;
                    }
                    Ok(other) => assert_ne!(other, code, "{text} {typed}"),
                }
            }
        }
    }
    let share = f64::from(found) / f64::from(all);
    assert!((0.74..0.77).contains(&share), "{share}");
}

/// What the check misses, the campaign's own envelope finds: every mistyped character of every place.
#[test]
fn a_mistyped_code_never_opens_the_campaign() {
    let mut camp = Camp::new(12);
    let text = camp.code.to_string();
    let mut read = 0;
    for position in 0..26 {
        for letter in ALPHABET.chars() {
            let mut typed = text.clone();
            typed.replace_range(position..=position, &letter.to_string());
            if typed != text
                && let Ok(other) = typed.parse::<RecoveryCode>()
            {
                read += 1;
                assert!(!other.opens(&camp.line), "{typed}");
            }
        }
    }
    assert!((100..300).contains(&read), "{read}");
    for _ in 0..3 {
        assert!(text.parse::<RecoveryCode>().unwrap().opens(&camp.line));
        camp.rotate();
    }
    assert!(!camp.code.opens(&Camp::new(13).line));
}

#[test]
fn too_short_too_long_and_foreign_characters_are_told_apart_from_a_mistyped_one() {
    let text = RecoveryCode::new([0xa5; 16]).to_string();
    let bad = [
        String::new(),
        text[..25].to_owned(),
        format!("{text}0"),
        format!("{text}{text}"),
        text.replacen(|_| true, "U", 1),
        text.replacen(|_| true, "É", 1),
    ];
    for typed in bad {
        assert_eq!(typed.parse::<RecoveryCode>(), Err(BadRecoveryCode::Length), "{typed}");
    }
}

#[test]
fn printing_a_code_for_a_log_shows_nothing_of_it() {
    let code = RecoveryCode::new([0xa5; 16]);
    assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
}
