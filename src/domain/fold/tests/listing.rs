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
            history.insert(change(salt as u8, &key, 1, edits), source(&CAST.second));
        }
    }
    CAST.view(&history)
}

/// The same collective after two people changed a field apart; `stamps` are what their clocks said.
fn quarrel(collective: &View, field: &str, values: [Option<&str>; 2], stamps: [u64; 2]) -> View {
    let mut disputed = collective.clone();
    let survivor = |index: usize| Survivor {
        change: ChangeId([index as u8 + 1; 16]),
        value: values[index].map(Value::from),
        at: Hlc { millis: stamps[index], counter: 0 },
        device: CAST.mina.device(),
    };
    let mut survivors = vec![survivor(0), survivor(1)];
    survivors.sort_by_key(|survivor| (survivor.at, survivor.change));
    disputed.registers.insert(field.to_owned(), Register { survivors });
    disputed
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
        let allowed = |edit: &Edit| LISTING_FIELDS.contains(&edit.field.as_str());
        prop_assert!(edits.iter().all(allowed), "{:?}", edits);
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
    assert_eq!(names, ["alias", "last_visit_month"]);
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
        assert_eq!(row.values(), BTreeMap::new());
    }
}

#[test]
fn while_people_disagree_about_consent_the_most_protective_answer_holds() {
    let collective = initiative(&fields(&[("consent_listing", "named"), ("alias", "A")]));
    for stamps in [[1, 2], [2, 1]] {
        let quarrel = |other| {
            let values = [Some("named"), other];
            quarrel(&collective, "consent_listing", values, stamps)
        };
        let listed = row(std::slice::from_ref(&collective), None);
        for protective in [Some("none"), None, Some("of_a_newer_app")] {
            assert!(listing_edits(&quarrel(protective), &row(&[], None), None).is_empty());
            let emptied = listing_edits(&quarrel(protective), &listed, None);
            assert!(emptied.len() == 1 && emptied[0].value.is_none(), "{emptied:?}");
        }
        assert!(listing_edits(&quarrel(Some("anonymous")), &listed, None).is_empty());
    }
}

#[test]
fn a_field_about_which_people_disagree_is_left_out_whatever_the_clocks_say() {
    let pairs = fields(&[("consent_listing", "named"), ("alias", "A"), ("state", "active")]);
    let agreed = initiative(&pairs);
    for (stamps, other) in [([1, 2], Some("C")), ([2, 1], Some("C")), ([1, 2], None)] {
        let disputed = quarrel(&agreed, "alias", [Some("B"), other], stamps);
        for states in [vec![disputed.clone()], vec![agreed.clone(), disputed.clone()]] {
            let row = row(&states, None);
            assert_eq!((row.text("alias"), row.text("state")), (None, Some("active")));
        }
        // Once they agree it is there again.
        let settled = row(&[agreed.clone(), disputed, agreed.clone()], None);
        assert_eq!(settled.text("alias"), Some("A"));
    }
}

#[test]
fn a_row_is_the_coordinators_and_tells_nobody_who_began_the_collective() {
    let key = RecordKey { kind: LISTING.into(), ..minas() };
    let mut history = History::new(key.clone());
    let edits = vec![created(SALT), edit("alias", "Mine", &[])];
    history.insert(change(1, &key, 1, edits), source(&CAST.mina));
    let row = CAST.view(&history);
    assert!(row.creator.is_none() && row.registers.is_empty());
    assert_eq!(row.proposals.len(), 2);
    history.insert(change(2, &key, 2, vec![edit("alias", "Ours", &[])]), source(&CAST.second));
    assert_eq!(CAST.view(&history).text("alias"), Some("Ours"));
}
