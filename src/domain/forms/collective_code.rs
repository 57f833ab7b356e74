//! The code of a collective: six characters on a paper card.

/// How many characters a code has.
pub const COLLECTIVE_CODE_LENGTH: usize = 6;

/// Crockford's base 32 without its vowels A and E: thirty characters that spell no word and are
/// not mistaken for each other.
const ALPHABET: &[u8; 30] = b"0123456789BCDFGHJKMNPQRSTVWXYZ";

/// A code from six random bytes. Each of the 729 million codes is as likely as any other, to
/// within three in a million.
#[must_use]
pub fn collective_code(random: [u8; 6]) -> String {
    let mut number = random.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let mut code = String::with_capacity(COLLECTIVE_CODE_LENGTH);
    for _ in 0..COLLECTIVE_CODE_LENGTH {
        let digit = (number % ALPHABET.len() as u64) as usize;
        number /= ALPHABET.len() as u64;
        code.extend(ALPHABET.get(digit).map(|byte| char::from(*byte)));
    }
    code
}

/// A typed code as it is stored: capitals, without spaces, dots and hyphens, O read as 0, I and L
/// as 1. None when it is no code.
#[must_use]
pub fn normalise_collective_code(typed: &str) -> Option<String> {
    collective_code_prefix(typed).filter(|code| code.len() == COLLECTIVE_CODE_LENGTH)
}

/// The beginning of a code that is being typed, as codes are stored; a whole code is one too. None
/// when nothing was typed, or when no code begins so.
#[must_use]
pub fn collective_code_prefix(typed: &str) -> Option<String> {
    let meant = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '·'));
    let code: String = meant
        .take(COLLECTIVE_CODE_LENGTH + 1)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let begins_one = (1..=COLLECTIVE_CODE_LENGTH).contains(&code.len())
        && code.bytes().all(|byte| ALPHABET.contains(&byte));
    begins_one.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, code: Option<&str>) {
        assert_eq!(normalise_collective_code(typed).as_deref(), code, "{typed:?}");
    }

    #[test]
    fn typed_codes_are_understood() {
        check("K7QMZ3", Some("K7QMZ3"));
        check(" k7q-mz3\n", Some("K7QMZ3"));
        check("o1lI00", Some("011100"));
        check("K7QMZ", None);
        check("K7QMZ33", None);
        check("K7QMZU", None);
        check("K7QMZA", None);
        check("K7QMZé", None);
        check("", None);
    }

    #[test]
    fn the_beginning_of_a_code_is_understood_while_it_is_typed() {
        let check = |typed, code: Option<&str>| {
            assert_eq!(collective_code_prefix(typed).as_deref(), code, "{typed:?}");
        };
        check("k", Some("K"));
        check(" k7-q", Some("K7Q"));
        check("lo", Some("10"));
        check("k7qmz3", Some("K7QMZ3"));
        check("k7qmz33", None);
        check("ka", None);
        check("é", None);
        check(" - ", None);
    }

    #[test]
    fn generated_codes_are_codes_and_differ() {
        assert_eq!(collective_code([0; 6]), "000000");
        assert_eq!(collective_code([0, 0, 0, 0, 0, 31]), "110000");
        for seed in 0..=255_u8 {
            let code = collective_code([seed, 7, seed, 91, seed, seed.wrapping_mul(31)]);
            check(&code, Some(&code));
        }
        assert_ne!(collective_code([255; 6]), collective_code([254; 6]));
    }

    #[test]
    fn every_character_appears_in_every_place() {
        for place in 0..COLLECTIVE_CODE_LENGTH {
            let seen: std::collections::BTreeSet<char> = (0..2000_u64)
                .map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16).to_be_bytes())
                .filter_map(|bytes| {
                    collective_code(bytes[2..].try_into().unwrap()).chars().nth(place)
                })
                .collect();
            assert_eq!(seen.len(), ALPHABET.len(), "place {place}");
        }
    }
}
