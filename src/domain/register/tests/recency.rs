//! What is said of visits in the last thirty days.

use super::*;
use Claim::{ComingMonth, EarlierMonth, OtherVisit, OwnVisit, ThisMonth};

fn check(today: &str, listed: Option<&str>, known: &[(&str, bool)], claims: &[Claim]) {
    let known: Vec<KnownVisit> =
        known.iter().map(|(on, own)| KnownVisit { on: date(on), own: *own }).collect();
    assert_eq!(recent_claims(date(today), listed, &known), claims, "{today} {listed:?} {known:?}");
}

#[test]
fn of_others_the_month_is_claimed_and_no_day() {
    check("2026-11-22", Some("2026-11"), &[], &[ThisMonth]);
    check("2026-11-22", Some("2026-10"), &[], &[EarlierMonth]);
    check("2026-11-22", Some("2026-09"), &[], &[]);
    check("2026-01-05", Some("2025-12"), &[], &[EarlierMonth]);
    check("2026-11-22", None, &[], &[]);
    check("2026-11-22", Some("2027-01"), &[], &[ComingMonth]);
    for nonsense in ["", "2026", "2026-13", "2026-11-02", "x"] {
        check("2026-11-22", Some(nonsense), &[], &[]);
    }
}

#[test]
fn the_month_before_is_claimed_only_while_a_part_of_it_is_within_thirty_days() {
    // Thirty civil days: 25 October and the 29 before it begin on 26 September.
    check("2026-10-25", Some("2026-09"), &[], &[EarlierMonth]);
    check("2026-10-29", Some("2026-09"), &[], &[EarlierMonth]);
    check("2026-10-30", Some("2026-09"), &[], &[]);
    check("2026-10-31", Some("2026-10"), &[], &[ThisMonth]);
    check("2026-03-01", Some("2026-02"), &[], &[EarlierMonth]);
    check("2026-03-30", Some("2026-02"), &[], &[]);
    check("2026-03-01", Some("2026-01"), &[], &[EarlierMonth]);
    check("2026-03-02", Some("2026-01"), &[], &[]);
    check("2028-03-29", Some("2028-02"), &[], &[EarlierMonth]);
}

#[test]
fn own_visits_are_claimed_with_their_day_for_thirty_days() {
    check("2026-11-22", None, &[("2026-11-22", true)], &[OwnVisit(0)]);
    check("2026-11-22", None, &[("2026-10-24", true), ("2026-01-01", true)], &[OwnVisit(29)]);
    check("2026-11-22", None, &[("2026-10-23", true)], &[]);
    check("2026-11-22", None, &[("2026-11-23", true)], &[]);
    check(
        "2026-11-22",
        None,
        &[("2026-11-20", false), ("2026-11-02", true)],
        &[OwnVisit(20), OtherVisit(2)],
    );
}

#[test]
fn a_month_that_a_known_visit_explains_says_nothing_of_others() {
    check("2026-11-22", Some("2026-11"), &[("2026-11-03", true)], &[OwnVisit(19)]);
    check("2026-11-22", Some("2026-10"), &[("2026-10-03", true)], &[]);
    check("2026-11-22", Some("2026-11"), &[("2026-10-30", true)], &[OwnVisit(23), ThisMonth]);
    check("2026-11-22", Some("2026-10"), &[("2026-11-03", false)], &[OtherVisit(19)]);
}

#[test]
fn a_claim_is_never_false() {
    // Every day of two years against every day on which somebody else may have been there.
    let first = date("2027-01-01");
    for today in (0..730).map(|days| first.plus_days(days)) {
        for ago in 0..70 {
            let month = today.plus_days(-ago).month();
            let claims = recent_claims(today, Some(&month), &[]);
            let others = (0..70).filter(|ago| today.plus_days(-ago).month() == month);
            let days: Vec<i64> = others.collect();
            match claims.as_slice() {
                [ThisMonth] => assert!(month == today.month()),
                [EarlierMonth] => assert!(
                    days.iter().all(|ago| (1..=59).contains(ago))
                        && days.iter().any(|ago| *ago < 30)
                ),
                [] => assert!(days.iter().all(|ago| *ago >= 30), "{today} {ago}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn claims_have_words_and_days() {
    let all = [OwnVisit(3), OtherVisit(4), ThisMonth, EarlierMonth, ComingMonth];
    let words = ["own_visit", "other_visit", "this_month", "earlier_month", "coming_month"];
    assert_eq!(all.map(Claim::as_str), words);
    assert_eq!(all.map(Claim::days), [Some(3), Some(4), None, None, None]);
}
