//! The register against slow and obvious oracles, and the figures that the field gave.

mod card;
mod drawing;
mod finding;
mod likeness;
mod oracle;
mod recency;

use super::*;

fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

fn date(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// The ten collectives of the demonstration.
fn demo() -> Register {
    let rows = [
        ("K7QMZ3", "Les Trois Théières", "be:21015", "cohousing"),
        ("R4VTX9", "Le Grand Palier", "be:21013", "cohousing_solidarity"),
        ("P2HJW6", "Voisines du Samedi", "be:21012", "neighbour_group"),
        ("T9BDN5", "Cour aux Figuiers", "be:21001", "community_house"),
        ("H6ZQC8", "L’Escalier Bleu", "be:21009", "kangaroo"),
        ("M3XGK7", "Les Lampions", "be:21004", "occupation"),
        ("W5FRP2", "Table Longue", "be:21007", "cohousing"),
        ("C8NJT4", "Porte Verte", "be:21018", "intergenerational"),
        ("X2KDH9", "Collectif Mésange", "be:21010", "single_household"),
        ("J7TWB3", "Le Préau", "be:25121", "cohousing"),
    ];
    let mut register = Register::new();
    register.name("kangaroo", "Habitat kangourou Kangoeroewonen Kangaroo housing");
    for ((code, alias, place, housing), number) in rows.into_iter().zip(1..) {
        register.insert(&Known {
            code: Some(code),
            place_code: Some(place),
            housing_type: Some(housing),
            ..Known::new(id(number), alias)
        });
    }
    register
}

#[test]
fn a_row_is_read_back_as_it_was_put_in_replaced_and_taken_out() {
    let mut register = demo();
    let visits = [date("2026-11-02")];
    let known = Known {
        code: Some("K7QMZ3"),
        place_code: Some("fr:69123"),
        housing_type: Some("from_a_newer_app"),
        active: false,
        district: Some(12),
        hosting_since: Some(2019),
        households_band: Some("2_4"),
        visits: &visits,
        own_visit: Some(visits[0]),
        ..Known::new(id(1), "Théières")
    };
    register.insert(&known);
    assert_eq!((register.len(), register.get(&id(1))), (10, Some(known)));
    assert_eq!(register.find("trois", 5), Found::default());
    assert!(register.remove(&id(1)) && !register.remove(&id(1)));
    assert_eq!((register.len(), register.get(&id(1))), (9, None));
    assert_eq!(register.find("théières", 5), Found::default());
    // What is no code is not found by it.
    register.insert(&Known { code: Some("sans"), ..Known::new(id(1), "x") });
    assert_eq!(register.get(&id(1)).unwrap().code, None);
}

#[test]
fn the_last_own_visits_come_first() {
    let mut register = demo();
    let mut visit = |number: u8, alias: &str, day: &str| {
        let own_visit = Some(date(day));
        register.insert(&Known { own_visit, ..Known::new(id(number), alias) });
    };
    visit(3, "Voisines", "2026-11-02");
    visit(5, "Escalier", "2026-11-12");
    visit(7, "Table", "2026-11-02");
    assert_eq!(register.recent(9), [id(5), id(7), id(3)]);
    assert_eq!((register.recent(2), register.recent(0)), (vec![id(5), id(7)], vec![]));
}
