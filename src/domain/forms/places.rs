//! Places: the nineteen communes of Brussels as data, and place codes of any commune.
//!
//! A place code is `be:` and the NIS code, or `fr:` and the INSEE code. The commune is the finest
//! place that is always asked; an address never is. Names, NIS codes and postal codes are those of
//! Statbel's REFNIS file (1 January 2019); the zones are a convention of the synthesis.

use super::label::Language;
use super::search_key::search_key;
use crate::order;

/// A commune of the Brussels region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commune {
    /// The NIS code, five digits.
    pub nis: &'static str,
    /// The name in French.
    pub fr: &'static str,
    /// The name in Dutch.
    pub nl: &'static str,
    /// Its postal codes. They only help to search: 1040 and 1050 are shared by two communes.
    pub postal_codes: &'static [&'static str],
    /// Names of its parts that people use instead of its own.
    pub parts: &'static [&'static str],
    /// The zone it counts in where communes are too small to publish.
    pub zone: Zone,
}

/// A group of communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// The centre and the communes along the canal.
    CentreCanal,
    /// The north-west.
    NordOuest,
    /// The south.
    Sud,
    /// The east.
    Est,
}

impl Zone {
    /// The stable name in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CentreCanal => "centre_canal",
            Self::NordOuest => "nord_ouest",
            Self::Sud => "sud",
            Self::Est => "est",
        }
    }
}

impl Commune {
    /// Its place code, `be:21015`.
    #[must_use]
    pub fn place_code(&self) -> String {
        format!("be:{}", self.nis)
    }

    /// Its name: Dutch in Dutch, French otherwise.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.nl,
            Language::Fr | Language::En => self.fr,
        }
    }
}

/// The nineteen communes by NIS code, which is their alphabetical order in French.
#[rustfmt::skip]
pub const COMMUNES: [Commune; 19] = [
    commune("21001", "Anderlecht", "Anderlecht", &["1070"], Zone::CentreCanal),
    commune("21002", "Auderghem", "Oudergem", &["1160"], Zone::Est),
    commune("21003", "Berchem-Sainte-Agathe", "Sint-Agatha-Berchem", &["1082"], Zone::NordOuest),
    Commune {
        parts: &["Laeken", "Laken", "Neder-Over-Heembeek", "Haren"],
        ..commune("21004", "Bruxelles", "Brussel", &["1000", "1020", "1120", "1130", "1040", "1050"], Zone::CentreCanal)
    },
    commune("21005", "Etterbeek", "Etterbeek", &["1040"], Zone::Est),
    commune("21006", "Evere", "Evere", &["1140"], Zone::Est),
    commune("21007", "Forest", "Vorst", &["1190"], Zone::Sud),
    commune("21008", "Ganshoren", "Ganshoren", &["1083"], Zone::NordOuest),
    commune("21009", "Ixelles", "Elsene", &["1050"], Zone::Sud),
    commune("21010", "Jette", "Jette", &["1090"], Zone::NordOuest),
    commune("21011", "Koekelberg", "Koekelberg", &["1081"], Zone::NordOuest),
    commune("21012", "Molenbeek-Saint-Jean", "Sint-Jans-Molenbeek", &["1080"], Zone::CentreCanal),
    commune("21013", "Saint-Gilles", "Sint-Gillis", &["1060"], Zone::Sud),
    commune("21014", "Saint-Josse-ten-Noode", "Sint-Joost-ten-Node", &["1210"], Zone::CentreCanal),
    commune("21015", "Schaerbeek", "Schaarbeek", &["1030"], Zone::Est),
    commune("21016", "Uccle", "Ukkel", &["1180"], Zone::Sud),
    commune("21017", "Watermael-Boitsfort", "Watermaal-Bosvoorde", &["1170"], Zone::Est),
    commune("21018", "Woluwe-Saint-Lambert", "Sint-Lambrechts-Woluwe", &["1200"], Zone::Est),
    commune("21019", "Woluwe-Saint-Pierre", "Sint-Pieters-Woluwe", &["1150"], Zone::Est),
];

const fn commune(
    nis: &'static str,
    fr: &'static str,
    nl: &'static str,
    postal_codes: &'static [&'static str],
    zone: Zone,
) -> Commune {
    Commune { nis, fr, nl, postal_codes, parts: &[], zone }
}

/// Whether this is the code of a place: `be:` and five digits, or `fr:` and five of `0-9AB`.
/// Communes that this program does not know are accepted.
#[must_use]
pub fn is_place_code(code: &str) -> bool {
    let five = |rest: &str, fits: fn(u8) -> bool| rest.len() == 5 && rest.bytes().all(fits);
    match code.split_once(':') {
        Some(("be", rest)) => five(rest, |b| b.is_ascii_digit()),
        Some(("fr", rest)) => five(rest, |b| b.is_ascii_digit() || matches!(b, b'A' | b'B')),
        _ => false,
    }
}

/// The Brussels commune of a place code; none for places elsewhere.
#[must_use]
pub fn commune_of(place_code: &str) -> Option<&'static Commune> {
    let nis = place_code.strip_prefix("be:")?;
    COMMUNES.iter().find(|commune| commune.nis == nis)
}

/// The communes whose name, in either language, or postal code this search means, the best first;
/// all of them for an empty search. Case, accents and hyphens do not count, `st` is Saint or Sint.
#[must_use]
pub fn search_communes(search: &str) -> Vec<&'static Commune> {
    let wanted = spelled_out(&search_key(search));
    let ranked = COMMUNES.iter().filter_map(|one| Some((rank(one, &wanted)?, one)));
    let mut found: Vec<_> = ranked.collect();
    order::sort_by_key(&mut found, |(rank, _)| *rank);
    found.into_iter().map(|(_, one)| one).collect()
}

/// 0: a name or postal code starts with it; 1: a word of a name does; 2: it is inside a name.
fn rank(commune: &Commune, wanted: &[String]) -> Option<u8> {
    let names = [commune.fr, commune.nl].into_iter().chain(commune.parts.iter().copied());
    let keys: Vec<String> = names.map(search_key).collect();
    let any = |fits: &dyn Fn(&str, &str) -> bool| {
        wanted.iter().any(|wanted| keys.iter().any(|key| fits(key, wanted)))
    };
    let postal = |code: &&str| wanted.iter().any(|wanted| code.starts_with(wanted.as_str()));
    if any(&|key, wanted| key.starts_with(wanted)) || commune.postal_codes.iter().any(postal) {
        Some(0)
    } else if any(&|key, wanted| key.contains(&format!(" {wanted}"))) {
        Some(1)
    } else {
        any(&|key, wanted| key.contains(wanted)).then_some(2)
    }
}

/// The search itself, and where it says `st` or `ste`, as the French and the Dutch spell it.
fn spelled_out(search: &str) -> Vec<String> {
    let spelled = |st: &str, ste: &str| {
        let word = |word| match word {
            "st" => st.to_owned(),
            "ste" => ste.to_owned(),
            other => str::to_owned(other),
        };
        search.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    vec![search.to_owned(), spelled("saint", "sainte"), spelled("sint", "sainte")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(search: &str, nis: &[&str]) {
        let found: Vec<_> = search_communes(search).iter().map(|commune| commune.nis).collect();
        assert_eq!(found, nis, "{search:?}");
    }

    #[test]
    fn by_name_in_either_language_without_accents() {
        check("schaer", &["21015"]);
        check("SCHAARBÉÉK", &["21015"]);
        check("elsene", &["21009"]);
        check("st gilles", &["21013"]);
        check("St-Gillis", &["21013"]);
        check("berchem ste agathe", &["21003"]);
        check("laken", &["21004"]);
        check("atlantis", &[]);
    }

    #[test]
    fn the_start_of_a_name_comes_before_its_inside() {
        check("molenbeek", &["21012"]);
        check("woluwe", &["21018", "21019"]);
        check("haren", &["21004"]);
        check("eve", &["21006"]);
        check("beek", &["21004", "21005", "21012", "21015"]);
        check("jo", &["21014"]);
        check("je", &["21010", "21012"]);
    }

    #[test]
    fn by_postal_code_even_a_shared_one() {
        check("1050", &["21004", "21009"]);
        check("104", &["21004", "21005"]);
        check("1030", &["21015"]);
        check("9999", &[]);
    }

    #[test]
    fn an_empty_search_lists_all() {
        assert_eq!(search_communes(" ").len(), 19);
        assert!(COMMUNES.is_sorted_by_key(|commune| commune.nis));
        assert!(COMMUNES.is_sorted_by_key(|commune| search_key(commune.fr)));
    }

    #[test]
    fn zones_are_whole() {
        let count = |zone| COMMUNES.iter().filter(|commune| commune.zone == zone).count();
        let zones = [Zone::CentreCanal, Zone::NordOuest, Zone::Sud, Zone::Est];
        assert_eq!(zones.map(count), [4, 4, 4, 7]);
    }

    #[test]
    fn place_codes() {
        for code in ["be:21015", "be:25121", "fr:69123", "fr:2A004"] {
            assert!(is_place_code(code), "{code}");
        }
        for code in
            ["be:2101", "be:210155", "be:2A015", "fr:6912C", "fr:2a004", "nl:21015", "21015"]
        {
            assert!(!is_place_code(code), "{code}");
        }
        for commune in &COMMUNES {
            assert!(is_place_code(&commune.place_code()));
            assert_eq!(commune_of(&commune.place_code()), Some(commune));
        }
    }

    #[test]
    fn only_communes_of_brussels_have_names() {
        let name = |code, language| commune_of(code).map(|commune| commune.name(language));
        assert_eq!(name("be:21007", Language::Nl), Some("Vorst"));
        assert_eq!(name("be:21007", Language::En), Some("Forest"));
        assert_eq!(name("be:25121", Language::Fr), None);
        assert_eq!(name("fr:21007", Language::Fr), None);
    }
}
