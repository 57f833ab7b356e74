//! Whose word counts.

use super::*;

fn with(mut history: History, person: &Person, salt: u8, edits: Vec<Edit>) -> History {
    history.insert(change(salt, &minas(), u64::from(salt), edits), source(person));
    history
}

fn proposals(view: &View) -> Vec<(DeviceId, Standing, &str)> {
    view.proposals.iter().map(|p| (p.device, p.standing, p.field.as_str())).collect()
}

#[test]
fn a_volunteer_s_edit_of_another_s_record_is_a_proposal_and_replaces_nothing() {
    let (history, first) = begun();
    let history = with(history, &CAST.omar, 2, vec![edit("alias", "Le seuil", &[first])]);
    let view = CAST.view(&history);
    assert_eq!(view.creator, Some(CAST.mina.member));
    assert_eq!(texts(&view, "alias"), some(&["Le perron"]));
    let omar = &CAST.omar;
    assert_eq!(proposals(&view), [(omar.device(), Standing::Member(omar.member), "alias")]);
    assert_eq!(view.proposals[0].value, Some("Le seuil".into()));
    // Not even on the volunteer's own phone does it replace what the author wrote.
    assert_eq!(CAST.view_as(&CAST.omar, &history), view);
}

#[test]
fn the_creator_s_and_every_coordinator_s_edits_count() {
    for person in [&CAST.mina, &CAST.camp.founder, &CAST.second] {
        let (history, first) = begun();
        let view = CAST.view(&with(history, person, 2, vec![edit("alias", "Le seuil", &[first])]));
        assert_eq!((texts(&view, "alias"), view.proposals), (some(&["Le seuil"]), vec![]));
    }
}

#[test]
fn coordinators_fields_are_not_the_creator_s() {
    for field in ["merged_into", "public_name", "review_state", "review_note"] {
        let (history, _) = begun();
        let mut history = with(history, &CAST.mina, 2, vec![edit(field, "mine", &[])]);
        let view = CAST.view(&history);
        assert_eq!((texts(&view, field), view.proposals.len()), (vec![], 1), "{field}");
        history = with(history, &CAST.second, 3, vec![edit(field, "theirs", &[])]);
        assert_eq!(texts(&CAST.view(&history), field), some(&["theirs"]));
    }
}

#[test]
fn who_created_a_record_cannot_be_forged() {
    // Omar writes first, with a proof of his own, then with Mina's salt copied from her change.
    let mut history = History::new(minas());
    for (salt, proof) in [(2, [3; 16]), (3, SALT)] {
        history = with(history, &CAST.omar, salt, vec![created(proof), edit("alias", "x", &[])]);
    }
    let view = CAST.view(&history);
    assert_eq!((view.creator, view.proposals.len()), (None, 4));
    // Mina's proof arrives last and is as good as if it had come first.
    history.merge(&begun().0);
    let view = CAST.view(&history);
    assert_eq!(view.creator, Some(CAST.mina.member));
    assert_eq!(texts(&view, "alias"), some(&["Le perron"]));
    // A salt of another length or kind proves nothing, and does not panic.
    let mut odd = History::new(minas());
    for (salt, value) in [(4, Value::Bytes(vec![8; 15])), (5, "8".into()), (6, Value::Int(8))] {
        let edit = Edit { field: CREATED.into(), value: Some(value), replaces: vec![] };
        odd = with(odd, &CAST.mina, salt, vec![edit]);
    }
    assert_eq!(CAST.view(&odd).creator, None);
}

#[test]
fn a_copied_change_speaks_with_the_most_right_of_those_who_vouch_for_it() {
    let (mut history, first) = begun();
    let copied = change(2, &minas(), 20, vec![edit("alias", "Le seuil", &[first])]);
    history.insert(copied.clone(), source(&CAST.omar));
    assert_eq!(CAST.view(&history).proposals.len(), 1);
    history.insert(copied, source(&CAST.mina));
    let view = CAST.view(&history);
    assert_eq!(texts(&view, "alias"), some(&["Le seuil"]));
    assert_eq!(view.registers["alias"].survivors[0].device, CAST.mina.device());
    assert!(view.proposals.is_empty());
}

#[test]
fn an_unconfirmed_device_is_folded_by_itself_only() {
    let guest = &CAST.guest;
    let key = RecordKey { kind: "visit".into(), id: RecordId::of(&guest.member, &SALT) };
    let mut history = History::new(key.clone());
    let first = change(1, &key, 1, vec![created(SALT), edit("alias", "Le perron", &[])]);
    history.insert(first, source(guest));
    let view = CAST.view_as(guest, &history);
    assert_eq!((view.creator, texts(&view, "alias")), (Some(guest.member), some(&["Le perron"])));
    for view in [CAST.view(&history), CAST.view_as(&CAST.mina, &history)] {
        assert!(view.registers.is_empty());
        assert_eq!((view.creator, view.proposals.len()), (None, 2));
        assert!(view.proposals.iter().all(|p| p.standing == Standing::Unconfirmed));
    }
}

#[test]
fn once_confirmed_everything_it_wrote_before_counts() {
    let mut camp = CAST.camp.clone();
    let guest = camp.guest(Role::Volunteer);
    let person = &guest.person;
    let key = RecordKey { kind: "visit".into(), id: RecordId::of(&person.member, &SALT) };
    let mut history = History::new(key.clone());
    let first = change(1, &key, 1, vec![created(SALT), edit("alias", "Le perron", &[])]);
    history.insert(first, source(person));
    let view = |camp: &Camp| View::of(&history, &Authority::new(&camp.line, None, &NONE_REJECTED));
    assert_eq!(view(&camp).creator, None);
    camp.confirm(&guest);
    assert_eq!(view(&camp).creator, Some(person.member));
    assert_eq!(texts(&view(&camp), "alias"), some(&["Le perron"]));
}

#[test]
fn a_partner_writes_nothing_that_counts_on_others_records() {
    let mut camp = CAST.camp.clone();
    let partner = camp.join(Role::Partner);
    let (history, _) = begun();
    let history = with(history, &partner, 2, vec![edit("alias", "x", &[])]);
    let view = View::of(&history, &Authority::new(&camp.line, None, &NONE_REJECTED));
    assert_eq!(view.proposals.len(), 1);
}

#[test]
fn a_change_of_another_record_is_not_taken() {
    let (mut history, _) = begun();
    let other = RecordKey { kind: "visit".into(), id: RecordId([1; 16]) };
    let kind = RecordKey { kind: "alert".into(), ..minas() };
    for key in [other, kind] {
        let stray = change(2, &key, 1, vec![edit("alias", "x", &[])]);
        assert!(!history.insert(stray, source(&CAST.mina)));
    }
    assert_eq!(history.changes().len(), 1);
}
