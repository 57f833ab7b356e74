//! Text as it is compared in a search: without accents, case or punctuation.

/// Small letters and digits in words separated by one space. Accents of Latin letters fall away,
/// apostrophes, hyphens and other signs separate words, ligatures are spelled out; letters of
/// other scripts stay as they are.
#[must_use]
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if matches!(c, '\u{0300}'..='\u{036F}') {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !key.is_empty() {
            key.push(' ');
        }
        gap = false;
        match c {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ß' => key.push_str("ss"),
            other => key.push(without_accent(other)),
        }
    }
    key
}

fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, key: &str) {
        assert_eq!(search_key(text), key);
        assert_eq!(search_key(key), key, "a key is its own key");
    }

    #[test]
    fn keys() {
        check("Les Trois Théières", "les trois theieres");
        check("  L’Escalier-Bleu ! ", "l escalier bleu");
        check("E\u{301}TE\u{301}", "ete");
        check("Cœur Ærø Straße", "coeur aero strasse");
        check("Łódź, Ștefan, İzmir", "lodz stefan izmir");
        check("ቤት 12", "ቤት 12");
        check("« — »", "");
    }
}
