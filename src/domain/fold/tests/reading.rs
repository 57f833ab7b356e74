//! What a view says when people agree, disagree, or say nothing.

use super::*;

fn told(values: &[(&str, Option<&str>, u64)]) -> View {
    let (mut history, _) = begun();
    for (salt, (field, value, millis)) in values.iter().enumerate() {
        let value = value.map(Value::from);
        let edit = Edit { field: (*field).to_owned(), value, replaces: vec![] };
        let change = change(10 + salt as u8, &minas(), *millis, vec![edit]);
        history.insert(change, source(&CAST.second));
    }
    CAST.view(&history)
}

#[test]
fn equal_concurrent_values_are_no_conflict() {
    let view = told(&[("state", Some("open"), 1), ("state", Some("open"), 9)]);
    assert_eq!(view.conflicts().count(), 0);
    assert_eq!(view.registers["state"].survivors.len(), 2);
    assert_eq!(view.text("state"), Some("open"));
}

#[test]
fn different_concurrent_values_stand_side_by_side() {
    let view = told(&[("state", Some("open"), 9), ("state", Some("closed"), 1)]);
    let conflicts: Vec<&str> = view.conflicts().map(|(field, _)| field).collect();
    assert_eq!(conflicts, ["state"]);
    assert_eq!(texts(&view, "state"), some(&["closed", "open"]));
}

#[test]
fn no_clock_says_which_of_two_values_a_list_shows() {
    for (first, second) in [(1, 9), (9, 1)] {
        let view = told(&[("state", Some("open"), first), ("state", Some("closed"), second)]);
        assert_eq!((view.text("state"), view.agreed("state")), (Some("closed"), None));
        let view = told(&[("state", Some("open"), first), ("state", None, second)]);
        assert_eq!((view.text("state"), view.agreed("state")), (Some("open"), None));
    }
}

#[test]
fn an_emptied_field_beside_a_value_is_a_conflict_and_alone_it_is_empty() {
    let view = told(&[("state", Some("open"), 1), ("state", None, 2)]);
    assert!(view.registers["state"].in_conflict());
    let view = told(&[("state", None, 2)]);
    assert_eq!((view.value("state"), view.conflicts().count()), (None, 0));
    assert!(view.registers.contains_key("state"));
    assert!(!view.values().contains_key("state"));
}

#[test]
fn the_most_protective_value_holds_whatever_the_clocks_say() {
    let protective = [
        ("consent_record", "no", "yes"),
        ("consent_share", "network", "partners"),
        ("consent_share", "partners", "public_aggregate"),
        ("consent_listing", "none", "anonymous"),
        ("consent_listing", "anonymous", "named"),
        ("consent_quote", "no", "yes"),
        ("consent_by", "one_resident", "assembly"),
        ("consent_text_version", "2026-11-fr", "2027-01-fr"),
        ("hosted_informed", "no", "not_present"),
        ("hosted_informed", "from_a_newer_app", "no"),
        ("review_state", "withdrawn", "validated"),
        ("review_state", "submitted", "validated"),
        ("review_state", "from_a_newer_app", "withdrawn"),
    ];
    for (field, strict, loose) in protective {
        for (first, second) in [(1, 2), (2, 1)] {
            let view = told(&[(field, Some(strict), first), (field, Some(loose), second)]);
            assert_eq!(view.text(field), Some(strict), "{field}");
            assert_eq!(texts(&view, field).len(), 2);
        }
        let view = told(&[(field, Some(loose), 1), (field, None, 2)]);
        assert_eq!(view.text(field), None, "{field}: emptied is the most protective");
    }
}

#[test]
fn a_view_of_nothing_is_empty() {
    let view = CAST.view(&History::new(minas()));
    assert!(view.registers.is_empty() && view.proposals.is_empty() && view.creator.is_none());
    assert_eq!((view.deletion, view.latest), (Deletion::Kept, Hlc::default()));
}

#[test]
fn the_latest_stamp_is_of_what_counts() {
    let (mut history, _) = begun();
    history.insert(change(2, &minas(), 999, vec![edit("alias", "x", &[])]), source(&CAST.omar));
    assert_eq!(CAST.view(&history).latest.millis, 10);
    history.insert(change(3, &minas(), 99, vec![edit("state", "x", &[])]), source(&CAST.second));
    assert_eq!(CAST.view(&history).latest.millis, 99);
}

#[test]
fn a_field_of_a_newer_version_passes_through() {
    let value = Value::Unknown { tag: 99, bytes: vec![1, 2, 3] };
    let (mut history, _) = begun();
    let edit =
        Edit { field: "from_a_newer_app".into(), value: Some(value.clone()), replaces: vec![] };
    history.insert(change(2, &minas(), 20, vec![edit]), source(&CAST.mina));
    let history = History::from_bytes(&history.to_bytes()).unwrap();
    assert_eq!(CAST.view(&history).value("from_a_newer_app"), Some(&value));
}
