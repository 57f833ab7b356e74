//! The figures of the field for collectives that may be the same.

use super::*;

fn first<'a>() -> Known<'a> {
    Known {
        code: Some("K7QMZ3"),
        place_code: Some("be:21015"),
        housing_type: Some("cohousing"),
        ..Known::new(id(1), "Les Trois Théières")
    }
}

fn second<'a>() -> Known<'a> {
    Known { code: Some("R4VTX9"), ..Known { id: id(2), ..first() } }
}

fn alike(other: &Known<'_>, typed: Option<&str>) -> Vec<Likeness> {
    let mut register = Register::new();
    register.insert(&first());
    register.alike(other, typed, |a, b| a.abs_diff(b) == 1, 5)
}

/// Points and signs of a suggestion.
fn check(other: &Known<'_>, points: u8, signs: &[Sign]) {
    let found = alike(other, None);
    let expected = Likeness { id: id(1), points, signs: signs.to_vec() };
    assert_eq!(found, [expected]);
}

#[test]
fn every_sign_has_the_points_of_the_table_and_a_word_of_its_own() {
    let points = Sign::ALL.map(|sign| (sign.as_str(), sign.points()));
    let table = [
        ("same_code", 0),
        ("same_place", 3),
        ("same_district", 2),
        ("next_district", 1),
        ("same_housing", 2),
        ("same_years", 1),
        ("same_size", 1),
        ("same_alias", 3),
        ("alike_alias", 1),
        ("same_days", 1),
    ];
    assert_eq!((points, SUGGESTED_FROM), (table, 7));
}

#[test]
fn two_phones_that_created_the_same_collective_are_one_suggestion() {
    use Sign::{SameAlias, SameHousing, SamePlace};
    check(&second(), 8, &[SamePlace, SameHousing, SameAlias]);
    let accents = Known { alias: "les trois theieres", ..second() };
    check(&accents, 8, &[SamePlace, SameHousing, SameAlias]);
    // Three signs of a volunteer's phone are needed, or two and a visit of the same days.
    let other_type = Known { housing_type: Some("kangaroo"), ..second() };
    assert_eq!(alike(&other_type, None), []);
    let unlike = Known { alias: "Porte Verte", ..second() };
    assert_eq!(alike(&unlike, None), []);
}

#[test]
fn seven_is_enough_and_six_is_not() {
    use Sign::{
        AlikeAlias, SameAlias, SameDays, SameDistrict, SameHousing, SamePlace, SameSize, SameYears,
    };
    let mut register = Register::new();
    let day = [date("2026-11-03")];
    let full = Known {
        district: Some(23),
        hosting_since: Some(2019),
        households_band: Some("5_9"),
        visits: &day,
        ..first()
    };
    register.insert(&full);
    let signs = |other: &Known<'_>| {
        let found = register.alike(other, None, |a, b| a.abs_diff(b) == 1, 5).pop();
        found.map(|like| (like.points, like.signs))
    };
    let bare = Known { alias: "Porte Verte", housing_type: None, ..second() };
    assert_eq!(signs(&bare), None);
    let district = Known { district: Some(23), housing_type: Some("cohousing"), ..bare };
    assert_eq!(signs(&district), Some((7, vec![SamePlace, SameDistrict, SameHousing])));
    let next = Known { district: Some(24), ..district };
    assert_eq!(signs(&next), None, "3 + 1 + 2");
    let years = Known { hosting_since: Some(2020), ..next };
    let found = signs(&years).unwrap();
    assert_eq!((found.0, found.1.contains(&SameYears)), (7, true));
    assert_eq!(signs(&Known { hosting_since: Some(2021), ..next }), None);
    let size = Known { households_band: Some("5_9"), ..next };
    assert_eq!(
        signs(&size).map(|(points, signs)| (points, signs.contains(&SameSize))),
        Some((7, true))
    );
    for day in ["2026-11-02", "2026-11-03", "2026-11-04"] {
        let visits = [date(day)];
        let days = Known { visits: &visits, ..next };
        assert_eq!(signs(&days).map(|(_, signs)| signs.contains(&SameDays)), Some(true));
    }
    let visits = [date("2026-11-05")];
    assert_eq!(signs(&Known { visits: &visits, ..next }), None);
    // Everything at once, and a district is the same or the next, not both.
    let all = Known { id: id(3), ..full };
    let every =
        vec![SamePlace, SameDistrict, SameHousing, SameYears, SameSize, SameAlias, SameDays];
    assert_eq!(signs(&all), Some((13, every)));
    // "trois the" shares 9 of 20 trigrams: alike, not the same.
    let alias = Known { alias: "Trois Thermes", district: Some(23), ..second() };
    let found = signs(&alias).unwrap();
    assert_eq!((found.0, found.1.contains(&AlikeAlias)), (8, true));
}

#[test]
fn another_place_is_never_suggested_and_an_unknown_type_is_no_sign() {
    let elsewhere = Known { place_code: Some("be:21013"), ..second() };
    assert_eq!(alike(&elsewhere, None), []);
    assert_eq!(alike(&Known { place_code: None, ..second() }, None), []);
    let mut register = Register::new();
    let unknown = |known| Known { housing_type: Some("unknown"), ..known };
    register.insert(&unknown(first()));
    assert_eq!(register.alike(&unknown(second()), None, no_neighbours, 5), []);
}

#[test]
fn only_active_collectives_are_suggested_but_a_typed_code_is_certain() {
    let mut register = Register::new();
    register.insert(&Known { active: false, ..first() });
    assert_eq!(register.alike(&second(), None, no_neighbours, 5), []);
    let far = Known { place_code: Some("be:21013"), alias: "Autre", ..second() };
    let found = register.alike(&far, Some(" k7q-mz3"), no_neighbours, 5);
    assert_eq!((found.len(), found[0].id), (1, id(1)));
    assert_eq!(found[0].signs, [Sign::SameCode, Sign::SameHousing]);
    assert_eq!(register.alike(&far, Some("K7QMZ4"), no_neighbours, 5), []);
    // The certain one first, whatever the points of the others.
    register.insert(&Known { id: id(3), code: Some("P2HJW6"), ..first() });
    let both = register.alike(&second(), Some("K7QMZ3"), no_neighbours, 5);
    assert_eq!(both.iter().map(|like| like.id).collect::<Vec<_>>(), [id(1), id(3)]);
    assert!(both[0].points <= both[1].points);
    assert_eq!(register.alike(&second(), Some("K7QMZ3"), no_neighbours, 1).len(), 1);
}

#[test]
fn the_ten_of_the_demonstration_resemble_nobody_and_least_themselves() {
    let register = demo();
    for number in 1..=10 {
        let known = register.get(&id(number)).unwrap();
        assert_eq!(register.alike(&known, known.code, no_neighbours, 5), []);
    }
}
