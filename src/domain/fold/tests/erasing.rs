//! The two removals: a deletion that people may dispute, an erasure that nobody undoes.

use proptest::prelude::*;

use super::*;
use crate::ids::CampaignId;
use crate::ledger::{EraseOrder, EraseTarget, Erasures};

fn erasures(targets: Vec<EraseTarget>) -> Erasures {
    let (campaign, device) = (CampaignId([0; 32]), DeviceId([0; 16]));
    let (destroy, replacements) = (vec![], vec![]);
    let mut all = Erasures::default();
    all.add(&EraseOrder { campaign, device, targets, destroy, replacements });
    all
}

/// The begun record, and a coordinator's second change with two fields.
fn two_changes() -> (History, Change) {
    let (mut history, first) = begun();
    let second = change(
        2,
        &minas(),
        20,
        vec![edit("alias", "secret", &[first]), edit("state", "kept", &[])],
    );
    history.insert(second.clone(), source(&CAST.second));
    (history, second)
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn an_erased_field_is_gone_for_ever_also_when_a_whole_copy_comes_late() {
    let (mut history, whole) = two_changes();
    let erased = erasures(vec![EraseTarget::field(&minas().id, "alias")]);
    assert!(history.erase(&erased));
    assert!(!history.erase(&erased), "a second time changes nothing");
    let check = |history: &History| {
        let view = CAST.view(history);
        assert!(!view.registers.contains_key("alias"));
        assert_eq!(texts(&view, "state"), some(&["kept"]));
        assert_eq!(view.creator, Some(CAST.mina.member));
        assert!(!has(&history.to_bytes(), "secret") && !has(&history.to_bytes(), "perron"));
    };
    check(&history);
    let after = history.clone();
    assert!(history.insert(whole, source(&CAST.second)), "a whole copy tells something");
    assert!(history.erase(&erased));
    check(&history);
    assert_eq!(history, after);
    check(&History::from_bytes(&history.to_bytes()).unwrap());
}

#[test]
fn an_erased_record_is_empty() {
    let (mut history, whole) = two_changes();
    let erased = erasures(vec![EraseTarget::record(&minas().id)]);
    assert!(history.erase(&erased) && history.is_empty());
    history.insert(whole, source(&CAST.second));
    assert!(history.erase(&erased) && history.is_empty());
    let (mut other, _) = two_changes();
    assert!(!other.erase(&erasures(vec![EraseTarget::record(&RecordId([1; 16]))])));
}

proptest! {
    #[test]
    fn erasing_and_merging_commute(
        pieces in prop::collection::vec((0_usize..3, any::<bool>()), 0..12),
    ) {
        let (whole, _) = two_changes();
        let fields = ["alias", "state", "created"];
        let piece = |(field, first): &(usize, bool)| {
            let mut part = History::new(minas());
            let held = whole.changes().values().nth(usize::from(*first)).unwrap();
            let redacted = held.change.redacted(|edit| edit.field == fields[*field]);
            part.insert(redacted, *held.sources.iter().next().unwrap());
            part
        };
        let erased = erasures(vec![EraseTarget::field(&minas().id, "alias")]);
        let (mut early, mut late) = (History::new(minas()), History::new(minas()));
        for one in &pieces {
            let mut part = piece(one);
            late.merge(&part);
            part.erase(&erased);
            early.merge(&part);
        }
        let mut backwards = History::new(minas());
        pieces.iter().rev().for_each(|one| backwards.merge(&piece(one)));
        prop_assert_eq!(&late, &backwards);
        late.erase(&erased);
        prop_assert_eq!(&early, &late);
        prop_assert_eq!(CAST.view(&early), CAST.view(&late));
    }
}

fn deleted(history: &History, person: &Person) -> History {
    let mut after = history.clone();
    let edit = CAST.view(history).delete_edit();
    after.insert(change(50, &minas(), 50, vec![edit]), source(person));
    after
}

#[test]
fn a_deletion_by_who_saw_everything_holds_and_can_be_taken_back() {
    let (history, _) = two_changes();
    let mut history = deleted(&history, &CAST.mina);
    let view = CAST.view(&history);
    assert_eq!(view.deletion, Deletion::Deleted);
    assert_eq!(texts(&view, "alias"), some(&["secret"]), "nothing of it is gone");
    let back = Edit {
        field: DELETED.into(),
        value: Some(Value::Bool(false)),
        replaces: view.heads(DELETED),
    };
    history.insert(change(51, &minas(), 51, vec![back]), source(&CAST.mina));
    assert_eq!(CAST.view(&history).deletion, Deletion::Kept);
}

#[test]
fn a_deletion_that_did_not_see_an_edit_is_a_conflict_until_somebody_decides() {
    let (history, first) = begun();
    let mut both = deleted(&history, &CAST.mina);
    let unseen = change(3, &minas(), 5, vec![edit("alias", "Le seuil", &[first])]);
    both.insert(unseen, source(&CAST.second));
    let view = CAST.view(&both);
    assert_eq!(view.deletion, Deletion::Conflict);
    assert_eq!(texts(&view, "alias"), some(&["Le seuil"]));
    let again = change(60, &minas(), 60, vec![view.delete_edit()]);
    both.insert(again, source(&CAST.second));
    assert_eq!(CAST.view(&both).deletion, Deletion::Deleted);
    // An edit of a field that the deletion never saw is as much a conflict.
    let (mut both, _) = begun();
    both = deleted(&both, &CAST.mina);
    both.insert(change(4, &minas(), 5, vec![edit("state", "new", &[])]), source(&CAST.second));
    assert_eq!(CAST.view(&both).deletion, Deletion::Conflict);
}

#[test]
fn what_does_not_count_neither_deletes_nor_saves_from_deletion() {
    let (history, first) = begun();
    assert_eq!(CAST.view(&deleted(&history, &CAST.omar)).deletion, Deletion::Kept);
    let mut both = deleted(&history, &CAST.mina);
    both.insert(change(3, &minas(), 5, vec![edit("alias", "x", &[first])]), source(&CAST.omar));
    assert_eq!(CAST.view(&both).deletion, Deletion::Deleted);
}

#[test]
fn two_deletions_at_once_are_one_and_a_dispute_about_it_is_a_conflict() {
    let (history, _) = two_changes();
    let mut both = deleted(&history, &CAST.mina);
    let other = change(52, &minas(), 52, vec![CAST.view(&history).delete_edit()]);
    both.insert(other, source(&CAST.second));
    assert_eq!(CAST.view(&both).deletion, Deletion::Deleted);
    let keep = Edit { field: DELETED.into(), value: Some(Value::Bool(false)), replaces: vec![] };
    both.insert(change(53, &minas(), 53, vec![keep]), source(&CAST.second));
    assert_eq!(CAST.view(&both).deletion, Deletion::Conflict);
}
