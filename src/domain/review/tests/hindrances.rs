//! What stands in the way of validating.

use super::*;
use crate::forms::{CivilDate, visit_form};
use crate::guard::tests::native;

fn today() -> CivilDate {
    CivilDate::new(2026, 11, 22).unwrap()
}

fn found(visit: &Visit, collective_known: bool) -> Vec<Obstacle> {
    obstacles(&visit.view(), visit_form(), today(), collective_known, &native)
}

const WHOLE: [(&str, &str); 4] = [
    ("visited_on", "2026-11-20"),
    ("consent_record", "yes"),
    ("hosting_status", "paused"),
    ("summary", "Le groupe souffle un peu."),
];

#[test]
fn nothing_stands_in_the_way_of_a_clean_visit() {
    let mut visit = Visit::new(&WHOLE);
    visit.decide(&Decision::Open);
    assert_eq!(found(&visit, true), []);
    assert!(Decision::Validate.desired(&visit.review(), found(&visit, true)).is_ok());
    assert_eq!(found(&visit, false), [Obstacle::Collective]);
}

#[test]
fn a_stop_does_until_author_or_coordinator_cleaned_it() {
    for person in [&CAST.mina, &CAST.second] {
        let mut visit = Visit::new(&WHOLE);
        visit.write(
            &CAST.mina,
            &told(&[("summary", "Vu Mme Exemple, débouté"), ("quote", "rue de la Paix")]),
        );
        visit.decide(&Decision::Open);
        let stop = vec![Obstacle::Stop { field: "summary".into() }];
        assert_eq!(found(&visit, true), stop, "a warning is none");
        let refused = Decision::Validate.desired(&visit.review(), found(&visit, true));
        assert_eq!(refused, Err(Refused::Obstacles(stop)));
        // Everything else is possible meanwhile.
        assert!(ask("a", "Sans nom ?").desired(&visit.review(), found(&visit, true)).is_ok());
        visit.write(person, &told(&[("summary", "Vu une habitante")]));
        assert_eq!(found(&visit, true), []);
    }
}

#[test]
fn an_answer_is_read_like_all_words() {
    let mut visit = Visit::new(&WHOLE);
    visit.decide(&Decision::Open);
    visit.decide(&ask("a", "Qui ?"));
    visit.write(&CAST.mina, &answer("a", "Mme Exemple, 0470 00 00 00").unwrap());
    assert_eq!(found(&visit, true), [Obstacle::Stop { field: "clarification".into() }]);
}

#[test]
fn a_disagreement_and_a_date_ahead_do() {
    let mut visit = Visit::new(&WHOLE);
    let mut apart = visit.clone();
    visit.write(&CAST.mina, &told(&[("hosting_status", "stopped"), ("visited_on", "2026-11-23")]));
    apart.written += 50;
    apart.write(&CAST.second, &told(&[("hosting_status", "hosting_now")]));
    visit.history.merge(&apart.history);
    let conflict = Obstacle::Conflict { register: "hosting_status".into() };
    let ahead = Obstacle::DateAhead { field: "visited_on".into() };
    assert_eq!(found(&visit, true), [conflict, ahead]);
}

#[test]
fn a_deletion_in_dispute_does() {
    let mut visit = Visit::new(&WHOLE);
    let mut apart = visit.clone();
    let delete = apart.view().delete_edit();
    apart.written += 50;
    let key = apart.history.key().clone();
    let change = Change::new([99; 16], key, Hlc::default(), vec![delete]).unwrap();
    apart.history.insert(change, Source::own(CAST.second.device(), None));
    visit.write(&CAST.mina, &told(&[("summary", "Encore")]));
    visit.history.merge(&apart.history);
    assert_eq!(found(&visit, true), [Obstacle::Conflict { register: "deleted".into() }]);
}
