//! Lengths of texts in characters as people see them, and characters that nobody sees.

/// How many characters a person sees. A letter with its accents, an emoji with its joiners and
/// tones, and a flag are one each.
///
/// A close approximation of Unicode's extended grapheme clusters without its tables. Sixteen code
/// points are the most that one seen character may hold, so a length bounds the memory too.
#[must_use]
pub fn text_length(text: &str) -> usize {
    starts(text).count()
}

/// The longest beginning of at most `max` seen characters; never cuts one in two.
#[must_use]
pub fn clip_text(text: &str, max: usize) -> &str {
    starts(text).nth(max).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The text without the characters that change its direction (U+202A to U+202E, U+2066 to
/// U+2069); none when it holds none of them.
#[must_use]
pub fn without_direction_controls(text: &str) -> Option<String> {
    let is_control = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.contains(is_control).then(|| text.chars().filter(|c| !is_control(*c)).collect())
}

const LONGEST: usize = 16;
const JOINER: char = '\u{200D}';

/// The byte offsets at which seen characters start.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut previous: Option<char> = None;
    let mut length = 0;
    let mut flags = 0;
    text.char_indices().filter_map(move |(offset, c)| {
        let joins = previous.is_some_and(|before| continues(before, c, flags)) && length < LONGEST;
        flags = match (is_regional(c), joins) {
            (true, true) => flags + 1,
            (true, false) => 1,
            (false, _) => 0,
        };
        length = if joins { length + 1 } else { 1 };
        previous = Some(c);
        (!joins).then_some(offset)
    })
}

fn continues(before: char, c: char, flags: usize) -> bool {
    match c {
        '\n' => before == '\r',
        _ if matches!(before, '\r' | '\n') => false,
        _ if is_extending(c) => true,
        _ if is_regional(c) => flags == 1,
        _ => before == JOINER && is_pictograph(c),
    }
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Combining marks of the scripts met in the field, joiners, variation selectors, skin tones, tags.
fn is_extending(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06ED}' | '\u{135D}'..='\u{135F}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}'..='\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, length: usize) {
        assert_eq!(text_length(text), length, "{text:?}");
        assert_eq!(clip_text(text, length), text);
        for max in 0..length {
            let clipped = clip_text(text, max);
            assert_eq!(text_length(clipped), max, "{text:?} clipped to {clipped:?}");
            assert!(text.starts_with(clipped));
        }
    }

    #[test]
    fn letters_and_lines() {
        check("", 0);
        check("Été", 3);
        check("e\u{301}te\u{301}", 3);
        check("a\r\nb\n\u{301}c", 6);
        check("البيت", 5);
        check("بَيْت", 3);
        check("می\u{200C}روم", 5);
    }

    #[test]
    fn emoji_with_joiners_tones_and_flags() {
        check("👩🏽‍🤝‍👩🏿🏠❤️‍🔥 👨‍👩‍👧‍👦", 5);
        check("🇧🇪🇫🇷", 2);
        check("🇧🇪🇫", 2);
        check("🏴\u{E0067}\u{E0062}\u{E007F}!", 2);
    }

    #[test]
    fn a_pile_of_marks_counts_again_and_again() {
        let pile: String =
            std::iter::once('a').chain(std::iter::repeat_n('\u{301}', 159)).collect();
        assert_eq!(text_length(&pile), 10);
    }

    #[test]
    fn direction_controls_are_removed() {
        let cleaned = without_direction_controls("Texte normal \u{202E} esrevni");
        assert_eq!(cleaned.as_deref(), Some("Texte normal  esrevni"));
        assert_eq!(without_direction_controls("البيت « Merci » 12"), None);
    }
}
