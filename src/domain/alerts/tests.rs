//! What the coordination sees first, and where an alert can go.

use std::collections::BTreeSet;

use super::rank::{Rank, Urgency};
use super::{
    ACKNOWLEDGED, NEW, TO_CONFIRM, is_closed, next_steps, standing, status, winter_reminder,
};
use crate::change::{RecordKey, Value};
use crate::clock::Hlc;
use crate::fold::{Deletion, Register, Survivor, View};
use crate::forms::{Answer, Answers, CivilDate, built_in_lists};
use crate::ids::{ChangeId, DeviceId, RecordId};

const TODAY: &str = "2026-11-24";

fn date(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// An alert: its day or nothing, its stage, its status or nothing.
fn alert(on: &str, stage: &str, status: &str) -> Answers {
    let mut answers = Answers::new();
    if !on.is_empty() {
        answers.insert("event_on".into(), Answer::Text(on.into()));
    }
    for (field, code) in [("stage", stage), ("status", status)] {
        if !code.is_empty() {
            answers.insert(field.into(), Answer::Code(code.into()));
        }
    }
    answers
}

fn rank(on: &str, stage: &str, status: &str) -> Rank {
    let answers = alert(on, stage, status);
    Rank::of(super::status(&answers), &answers, date(TODAY))
}

fn codes(list: &str) -> BTreeSet<String> {
    built_in_lists()[list].iter().map(|choice| choice.code.clone()).collect()
}

#[test]
fn the_label_says_how_many_days_are_left() {
    let cases = [
        (-400, Urgency::Past),
        (-1, Urgency::Past),
        (0, Urgency::TwoDays),
        (2, Urgency::TwoDays),
        (3, Urgency::Week),
        (7, Urgency::Week),
        (8, Urgency::Month),
        (30, Urgency::Month),
        (31, Urgency::Later),
    ];
    for (days, expected) in cases {
        let on = date(TODAY).plus_days(days).to_string();
        assert_eq!(rank(&on, "notice", "acting").urgency(), expected, "{days}");
    }
    for nothing in ["", "2026-02-30", "soon"] {
        assert_eq!(rank(nothing, "notice", "").urgency(), Urgency::Undated, "{nothing}");
    }
}

#[test]
fn dates_come_first_then_stages_and_closed_ones_last() {
    let expected = [
        ("2026-10-01", "rumour", ""),
        ("2026-11-23", "date_set", "acknowledged"),
        ("2026-11-24", "notice", "new"),
        ("2026-11-25", "date_set", ""),
        ("2026-11-25", "bailiff", ""),
        ("2026-11-25", "executed", ""),
        ("2027-11-25", "date_set", "acting"),
        ("", "date_set", ""),
        ("", "bailiff", "acting"),
        ("", "judgment", ""),
        ("", "court", ""),
        ("", "notice", ""),
        ("", "rumour", ""),
        ("", "", "of_a_newer_version"),
        ("2026-11-24", "date_set", "avoided"),
    ];
    let ranks = expected.map(|(on, stage, status)| rank(on, stage, status));
    for (pair, names) in ranks.windows(2).zip(expected.windows(2)) {
        assert!(pair[0] < pair[1], "{names:?}");
    }
}

#[test]
fn closed_ones_are_equal_whatever_their_day() {
    for end in ["avoided", "rehoused", "executed", "closed_no_info"] {
        assert_eq!(rank("2026-11-24", "date_set", end), rank("", "rumour", "avoided"));
        assert_eq!(rank("2026-11-24", "date_set", end).urgency(), Urgency::Closed);
    }
}

#[test]
fn every_stage_of_the_list_has_its_place() {
    let after_all = rank("", "of_a_newer_version", "");
    let last: Vec<String> = codes("alert_stage").into_iter().collect();
    let last = last.iter().filter(|stage| rank("", stage, "") == after_all);
    assert_eq!(last.collect::<Vec<_>>(), ["executed"]);
}

#[test]
fn every_status_of_the_list_can_be_reached_and_left() {
    let known = codes("alert_status");
    let mut reached = BTreeSet::from([NEW.to_owned()]);
    let mut open = vec![NEW];
    while let Some(status) = open.pop() {
        let steps = next_steps(status);
        assert!(!steps.is_empty() && !steps.contains(&status) && !steps.contains(&NEW), "{status}");
        open.extend(steps.iter().filter(|step| reached.insert((**step).to_owned())));
    }
    assert_eq!(reached, known);
    assert!(next_steps("of_a_newer_version").is_empty());
}

#[test]
fn an_alert_is_taken_up_before_it_ends_and_an_end_can_be_taken_back() {
    assert_eq!(status(&Answers::new()), NEW);
    assert_eq!(next_steps(NEW), ["acknowledged"]);
    assert_eq!(next_steps("acknowledged")[0], "acting");
    assert!(next_steps("acting").iter().all(|end| is_closed(end)));
    for end in next_steps("acting") {
        assert!(next_steps(end).iter().all(|step| !is_closed(step)), "{end}");
    }
    assert!(!is_closed("of_a_newer_version"));
}

/// An alert that was closed at 10 by the device of ones, and of which something else was said.
fn closed(at: u64, device: u8) -> View {
    let said = |value: &str, millis: u64, device: u8| Register {
        survivors: vec![Survivor {
            change: ChangeId([device; 16]),
            value: Some(Value::from(value)),
            at: Hlc { millis, counter: 0 },
            device: DeviceId([device; 16]),
        }],
    };
    let registers = [("status", said("avoided", 10, 1)), ("stage", said("bailiff", at, device))];
    View {
        key: RecordKey { kind: "alert".to_owned(), id: RecordId([7; 16]) },
        creator: None,
        registers: registers.map(|(name, said)| (name.to_owned(), said)).into(),
        deletion: Deletion::Kept,
        proposals: Vec::new(),
        closed: false,
        latest: Hlc::default(),
    }
}

#[test]
fn what_another_says_after_the_end_is_to_be_confirmed() {
    let answers = alert("", "bailiff", "avoided");
    let cases = [(9, 2, "avoided"), (10, 2, "avoided"), (11, 1, "avoided"), (11, 2, TO_CONFIRM)];
    for (at, device, expected) in cases {
        assert_eq!(standing(&closed(at, device), &answers), expected, "at {at} by {device}");
    }
    let answers = alert("2026-11-25", "bailiff", "acting");
    assert_eq!(standing(&closed(11, 2), &answers), "acting");
    assert_eq!(standing(&closed(11, 2), &alert("", "", "")), NEW);
    // It stands among the open ones again, and has to be taken up.
    let answers = alert("2026-11-25", "bailiff", "avoided");
    assert_eq!(Rank::of(TO_CONFIRM, &answers, date(TODAY)).urgency(), Urgency::TwoDays);
    assert_eq!(next_steps(TO_CONFIRM), [ACKNOWLEDGED]);
}

#[test]
fn the_moratorium_is_told_from_november_to_the_ides_of_march() {
    let cases = [
        ("2026-10-31", false),
        ("2026-11-01", true),
        ("2026-12-31", true),
        ("2027-01-01", true),
        ("2028-02-29", true),
        ("2027-03-15", true),
        ("2027-03-16", false),
        ("2027-07-01", false),
    ];
    for (today, told) in cases {
        assert_eq!(winter_reminder(NEW, &Answers::new(), date(today)), told, "{today}");
    }
}

#[test]
fn the_moratorium_is_told_in_brussels_of_open_alerts() {
    for (place, told) in [("be:21015", true), ("be:25121", false), ("fr:21015", false)] {
        let mut answers = alert("", "notice", "acting");
        answers.insert("place_code".into(), Answer::Code(place.into()));
        assert_eq!(winter_reminder("acting", &answers, date(TODAY)), told, "{place}");
    }
    assert!(!winter_reminder("rehoused", &alert("", "notice", "rehoused"), date(TODAY)));
    assert!(winter_reminder(TO_CONFIRM, &alert("", "notice", "rehoused"), date(TODAY)));
}
