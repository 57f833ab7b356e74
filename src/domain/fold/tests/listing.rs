//! The shared register's row: never a field more than the network may know.

use proptest::prelude::*;

use super::*;

fn initiative(fields: &[(String, String)]) -> View {
    let key = RecordKey { kind: "initiative".into(), ..minas() };
    let mut edits: BTreeMap<&str, Edit> = BTreeMap::from([(CREATED, created(SALT))]);
    edits.extend(fields.iter().map(|(field, value)| (field.as_str(), edit(field, value, &[]))));
    let mut history = History::new(key.clone());
    history.insert(change(1, &key, 1, edits.into_values().collect()), source(&CAST.mina));
    CAST.view(&history)
}

/// The row after the edits that bring it up to date with these collectives, one after the other.
fn row(states: &[View], month: Option<&str>) -> View {
    let key = RecordKey { kind: LISTING.into(), ..minas() };
    let mut history = History::new(key.clone());
    for (salt, state) in states.iter().enumerate() {
        let edits = listing_edits(state, &CAST.view(&history), month);
        if !edits.is_empty() {
            history.insert(change(salt as u8, &key, 1, edits), source(&CAST.mina));
        }
    }
    CAST.view(&history)
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_row_holds_no_other_field_and_nothing_without_consent(
        extra in prop::collection::vec(("[a-z_]{1,12}", "[a-z]{0,6}"), 0..12),
        known in prop::collection::vec((0_usize..7, "[a-z]{1,6}"), 0..8),
        consent in prop::option::of("none|anonymous|named|later"),
    ) {
        let mut all = extra.clone();
        all.retain(|(field, _)| field != "consent_listing");
        all.extend(known.iter().map(|(i, value)| (LISTING_FIELDS[*i].to_owned(), value.clone())));
        all.extend(consent.iter().map(|word| ("consent_listing".to_owned(), word.clone())));
        let collective = initiative(&all);
        let edits = listing_edits(&collective, &row(&[], None), Some("2026-11"));
        let allowed = |field: &str| LISTING_FIELDS.contains(&field) || field == CREATED;
        prop_assert!(edits.iter().all(|edit| allowed(&edit.field)), "{:?}", edits);
        let listed = matches!(consent.as_deref(), Some("anonymous" | "named"));
        prop_assert!(listed || edits.is_empty(), "{:?}", edits);
    }
}

#[test]
fn a_row_follows_the_collective_and_a_second_look_changes_nothing() {
    let listed = initiative(&fields(&[
        ("consent_listing", "named"),
        ("alias", "Le perron"),
        ("address", "Rue de la Colonne 1"),
    ]));
    let row = row(&[listed.clone(), listed.clone()], Some("2026-11"));
    let values = row.values();
    let names: Vec<&str> = values.keys().map(String::as_str).collect();
    assert_eq!(names, ["alias", CREATED, "last_visit_month"]);
    assert!(listing_edits(&listed, &row, Some("2026-11")).is_empty());
    let december = listing_edits(&listed, &row, Some("2026-12"));
    assert_eq!(december.len(), 1);
    assert_eq!(december[0].replaces, row.heads("last_visit_month"));
}

#[test]
fn withdrawing_or_deleting_empties_every_field_of_the_row() {
    let pairs = fields(&[("consent_listing", "anonymous"), ("alias", "A"), ("state", "open")]);
    let listed = initiative(&pairs);
    let mut withdrawn = pairs.clone();
    withdrawn[0].1 = "none".into();
    let deleted = View { deletion: Deletion::Deleted, ..listed.clone() };
    let disputed = View { deletion: Deletion::Conflict, ..listed.clone() };
    for after in [initiative(&withdrawn), deleted, disputed] {
        let row = row(&[listed.clone(), after], Some("2026-11"));
        let left: Vec<&String> = row.registers.keys().filter(|f| row.value(f).is_some()).collect();
        // The proof of who may write the row stays; it says nothing about the collective.
        assert_eq!(left, [CREATED]);
    }
}

#[test]
fn while_people_disagree_about_consent_the_row_is_empty() {
    let mut collective = initiative(&fields(&[("consent_listing", "named"), ("alias", "A")]));
    let register = collective.registers.get_mut("consent_listing").unwrap();
    let mut no = register.survivors[0].clone();
    (no.change, no.value) = (ChangeId([9; 16]), Some("none".into()));
    register.survivors.push(no);
    assert!(collective.registers["consent_listing"].in_conflict());
    assert!(listing_edits(&collective, &row(&[], None), None).is_empty());
}
