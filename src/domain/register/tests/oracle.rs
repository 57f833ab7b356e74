//! The same searches and suggestions, computed slowly from their definitions.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::forms::{places::commune_of, search_key};

/// A collective that owns its texts.
#[derive(Debug, Clone)]
struct Collective {
    alias: String,
    code: Option<String>,
    place: Option<&'static str>,
    housing: Option<&'static str>,
    active: bool,
    district: Option<u8>,
    since: Option<u16>,
    size: Option<&'static str>,
    visits: Vec<CivilDate>,
}

impl Collective {
    fn known(&self, id: RecordId) -> Known<'_> {
        Known {
            id,
            alias: &self.alias,
            code: self.code.as_deref(),
            place_code: self.place,
            housing_type: self.housing,
            active: self.active,
            district: self.district,
            hosting_since: self.since,
            households_band: self.size,
            visits: &self.visits,
            own_visit: self.visits.first().copied(),
        }
    }
}

/// Few letters, so that words resemble each other.
fn alias() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[abcé]{1,6}( [abcé]{1,6}){0,2}",
        2 => "(Les|Le|La|L’) ?(Lampions|Lampion|Palier|Paliers|Escalier|Porte|Portes|Figuier)( (Verte|Bleu|Bleus|1060|Forest))?",
        1 => "\\PC{0,12}",
    ]
}

fn collective() -> impl Strategy<Value = Collective> {
    let code = proptest::option::of("[0-9BCDFGHJKMNPQRSTVWXYZ]{2}[01B]{4}");
    let place = proptest::option::of(proptest::sample::select(vec![
        "be:21013", "be:21007", "be:21004", "be:25121",
    ]));
    let housing =
        proptest::option::of(proptest::sample::select(vec!["kangaroo", "cohousing", "unknown"]));
    let size = proptest::option::of(proptest::sample::select(vec!["1", "2_4", "unknown"]));
    let visits = proptest::collection::vec(0..6_i64, 0..3)
        .prop_map(|days| days.into_iter().map(CivilDate::from_days_since_epoch).collect());
    let numbers =
        (proptest::option::of(1..4_u8), proptest::option::of(2018..2022_u16), any::<bool>());
    (alias(), code, place, housing, size, visits, numbers).prop_map(
        |(alias, code, place, housing, size, visits, (district, since, active))| Collective {
            alias,
            code,
            place,
            housing,
            active,
            district,
            since,
            size,
            visits,
        },
    )
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[abcéx]{1,6}( [abcéx]{1,6}){0,2}",
        2 => "(lampins|lamp|palie|plaier|esaclier|porte|prte|verte|bleu|1060|frest|st|gilles|kang)( (bleu|lampion|l|forest|porte))?",
        1 => "[0-9BCDFGhjkOIl]{1,2}[01OIBb -]{0,6}",
        1 => "\\PC{0,12}",
    ]
}

/// Levenshtein with swaps of neighbours, by its table; the least over every beginning of `word`.
fn mistakes(typed: &[char], word: &[char]) -> usize {
    let (rows, columns) = (typed.len() + 1, word.len() + 1);
    let mut table = vec![vec![0; columns]; rows];
    for i in 0..rows {
        for j in 0..columns {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let differs = usize::from(typed[i - 1] != word[j - 1]);
            let mut least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            least = least.min(table[i - 1][j - 1] + differs);
            if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[rows - 1].iter().copied().min().unwrap()
}

/// Rank of one word in a text: mistakes first, then beginnings.
fn word_cost(typed: &str, key: &str) -> Option<u16> {
    let typed: Vec<char> = typed.chars().collect();
    let costs = key.split(' ').filter_map(|word| {
        let word: Vec<char> = word.chars().collect();
        match mistakes(&typed, &word) {
            0 => Some(u16::from(typed != word)),
            1 if typed.len() >= 4 && !typed.iter().any(char::is_ascii_digit) => Some(64),
            _ => None,
        }
    });
    costs.min()
}

fn elsewhere(code: &str) -> String {
    if code == "kangaroo" {
        return "kangourou".to_owned();
    }
    let Some(commune) = commune_of(code) else { return String::new() };
    let key = search_key(&format!("{} {}", commune.fr, commune.nl));
    let rest = format!("{} {}", commune.parts.join(" "), commune.postal_codes.join(" "));
    let st = if commune.fr.starts_with("Saint") { " st" } else { "" };
    format!("{key} {}{st}", search_key(&rest))
}

fn oracle_find(rows: &BTreeMap<RecordId, Collective>, typed: &str) -> Vec<RecordId> {
    let key = search_key(typed);
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let code: String = typed.to_uppercase().chars().filter(|c| !" -.·".contains(*c)).collect();
    let code = code.replace('O', "0").replace(['I', 'L'], "1");
    let mut ranked = Vec::new();
    for (id, row) in rows {
        let alias = search_key(&row.alias);
        let one = |word: &&str| {
            let other = [row.place, row.housing].into_iter().flatten();
            let other = other.filter_map(|code| word_cost(word, &elsewhere(code))).min();
            [word_cost(word, &alias), other.map(|cost| cost + 2)].into_iter().flatten().min()
        };
        let by_words = words.iter().map(one).sum::<Option<u16>>().map(|sum| sum + 1);
        let stored = row.code.as_deref().unwrap_or("?");
        let by_code = if code == stored {
            Some(0)
        } else {
            (code.chars().count() >= 2 && stored.starts_with(&code)).then_some(32)
        };
        if let Some(cost) =
            [by_words, by_code].into_iter().flatten().min().filter(|_| !words.is_empty())
        {
            ranked.push((cost, alias, *id));
        }
    }
    ranked.sort();
    ranked.into_iter().map(|(.., id)| id).collect()
}

fn trigrams(key: &str) -> BTreeSet<String> {
    let padded = key.split(' ').filter(|word| !word.is_empty()).map(|word| format!("  {word} "));
    padded
        .flat_map(|word| {
            let chars: Vec<char> = word.chars().collect();
            chars.windows(3).map(|three| three.iter().collect()).collect::<Vec<String>>()
        })
        .collect()
}

/// The table of the field's document, line by line.
fn oracle_points(a: &Collective, b: &Collective) -> u8 {
    let mut points = 0;
    let mut add = |holds: bool, more: u8| points += if holds { more } else { 0 };
    add(a.place.is_some() && a.place == b.place, 3);
    if let (Some(a), Some(b)) = (a.district, b.district) {
        add(a == b, 2);
        add(a.abs_diff(b) == 1, 1);
    }
    add(a.housing.is_some_and(|code| code != "unknown") && a.housing == b.housing, 2);
    add(a.since.zip(b.since).is_some_and(|(a, b)| a.abs_diff(b) <= 1), 1);
    add(a.size.is_some_and(|code| code != "unknown") && a.size == b.size, 1);
    let (x, y) = (trigrams(&search_key(&a.alias)), trigrams(&search_key(&b.alias)));
    let all = x.union(&y).count();
    let alike = if all == 0 { 0.0 } else { x.intersection(&y).count() as f64 / all as f64 };
    add(alike >= 0.6, 3);
    add((0.4..0.6).contains(&alike), 1);
    let near = |x: &CivilDate| b.visits.iter().any(|y| x.days_after(*y).abs() <= 1);
    add(a.visits.iter().any(near), 1);
    points
}

fn oracle_alike(
    rows: &BTreeMap<RecordId, Collective>,
    one: RecordId,
    typed: Option<&str>,
) -> Vec<(RecordId, u8, bool)> {
    let mut ranked = Vec::new();
    for (id, row) in rows.iter().filter(|(id, _)| **id != one) {
        let (a, points) = (&rows[&one], oracle_points(&rows[&one], row));
        let certain = typed.is_some() && row.code.as_deref() == typed;
        let near = a.active && row.active && a.place.is_some() && a.place == row.place;
        if certain || (near && points >= 7) {
            let order = (!certain, 255 - points, search_key(&row.alias), *id);
            ranked.push((order, (*id, points, certain)));
        }
    }
    ranked.sort();
    ranked.into_iter().map(|(_, found)| found).collect()
}

fn register(rows: &BTreeMap<RecordId, Collective>) -> Register {
    let mut register = Register::new();
    register.name("kangaroo", "Kangourou");
    rows.iter().for_each(|(id, row)| register.insert(&row.known(*id)));
    register
}

fn many() -> impl Strategy<Value = BTreeMap<RecordId, Collective>> {
    proptest::collection::btree_map((0..40_u8).prop_map(id), collective(), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_search_finds_what_the_oracle_finds_in_its_order(rows in many(), typed in typed(), most in 0..12_usize) {
        let expected = oracle_find(&rows, &typed);
        let found = register(&rows).find(&typed, most);
        prop_assert_eq!(found.total, expected.len());
        prop_assert_eq!(found.best, expected.into_iter().take(most).collect::<Vec<_>>());
    }

    #[test]
    fn suggestions_are_those_of_the_table(rows in many(), typed in proptest::option::of("[0B]{2}[01B]{4}"), most in 0..12_usize) {
        let one = *rows.keys().next().unwrap();
        let typed = typed.as_deref();
        let found = register(&rows).alike(&rows[&one].known(one), typed, |a, b| a.abs_diff(b) == 1, most);
        let found: Vec<_> = found.into_iter().map(|like| {
            assert_eq!(like.points, like.signs.iter().map(|sign| sign.points()).sum::<u8>());
            (like.id, like.points, like.signs.contains(&Sign::SameCode))
        }).collect();
        let expected: Vec<_> = oracle_alike(&rows, one, typed).into_iter().take(most).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_order_in_which_rows_came_makes_no_difference(rows in many(), typed in typed(), split in 0..30_usize) {
        let mut other = Register::new();
        for (id, row) in rows.iter().rev() {
            // Each comes, goes, and comes again.
            other.insert(&Known { code: None, ..row.known(*id) });
            if id.0[0] as usize > split {
                other.remove(id);
            }
            other.insert(&row.known(*id));
        }
        other.name("kangaroo", "Kangourou");
        prop_assert_eq!(other.find(&typed, 9), register(&rows).find(&typed, 9));
    }
}
