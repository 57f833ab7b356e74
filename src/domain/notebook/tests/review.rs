//! A review's whole way between two devices.

use super::*;

#[test]
fn a_review_goes_to_the_author_and_back_and_closes_the_record() {
    use crate::review::{Decision, Pen, Review, ReviewState, answer};
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let visit = volunteer.write("summary", "Bon accueil");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    let review = |phone: &Phone| Review::of(&phone.notebook.view(&visit));
    let pen = |phone: &Phone| phone.notebook.pen(&phone.notebook.view(&visit));
    let save = |phone: &mut Phone, desired| {
        let writes = phone.notebook.save(&visit, None, desired, 1, &mut phone.rng).unwrap();
        phone.store(writes);
    };
    for decision in [Decision::Open, Decision::Ask { key: "a".into(), text: "Combien ?".into() }] {
        let desired = decision.desired(&review(&coordinator), vec![]).unwrap();
        save(&mut coordinator, desired);
    }
    coordinator.push(&mut server);
    volunteer.pull(&server);
    assert_eq!(review(&volunteer).state, ReviewState::NeedsInfo);
    assert_eq!(review(&volunteer).open_questions().next().unwrap().text, "Combien ?");
    save(&mut volunteer, answer("a", "Douze").unwrap());
    assert_eq!((review(&volunteer).state, pen(&volunteer)), (ReviewState::Submitted, Pen::Counts));
    volunteer.push(&mut server);
    coordinator.pull(&server);
    for decision in [Decision::Open, Decision::Validate] {
        let desired = decision.desired(&review(&coordinator), vec![]).unwrap();
        save(&mut coordinator, desired);
    }
    // Corrected without a network, before the news came.
    volunteer.edit(&visit, "summary", "Très bon accueil");
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("Très bon accueil"));
    for _ in 0..2 {
        coordinator.push(&mut server);
        volunteer.push(&mut server);
        volunteer.pull(&server);
        coordinator.pull(&server);
    }
    for phone in [&mut volunteer, &mut coordinator] {
        phone.reopen();
        assert_eq!(review(phone).state, ReviewState::Validated);
        assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("Bon accueil"));
        assert_eq!(phone.notebook.view(&visit).proposals.len(), 1);
    }
    assert_eq!((pen(&volunteer), pen(&coordinator)), (Pen::Proposes, Pen::Counts));
    let proposal = coordinator.notebook.view(&visit).proposals[0].clone();
    let Phone { notebook, rng, .. } = &mut coordinator;
    let writes = notebook.settle(&visit, &proposal, true, 1, rng).unwrap();
    coordinator.store(writes);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    for phone in [&volunteer, &coordinator] {
        assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("Très bon accueil"));
        assert_eq!(phone.notebook.view(&visit).proposals.len(), 0);
    }
}

#[test]
fn a_clock_that_went_ahead_is_told_of_and_so_are_signs_that_were_taken_out() {
    use crate::forms::{Answer, set_answer, to_registers, visit_form};
    use crate::review::{Flag, flags};
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let form = visit_form();
    let mut answers = BTreeMap::new();
    let summary = form.field("summary").unwrap();
    set_answer(summary, &mut answers, Some(Answer::Text("Texte \u{202E} esrevni".into())));
    let registers = to_registers(form, &answers);
    assert!(registers.contains_key("pii_flags/summary:direction_controls"));
    let mut told = Vec::new();
    for (now, flagged) in [(DAY - 1, false), (3 * DAY + 5, true)] {
        let new = volunteer.notebook.new_record(&mut volunteer.rng);
        let visit = RecordKey { kind: "visit".into(), id: new.id };
        let cleaned = "pii_flags/summary:direction_controls".to_owned();
        let mut desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("Texte")))]);
        if flagged {
            desired.insert(cleaned, Some(Value::Bool(true)));
        }
        let Phone { notebook, rng, .. } = &mut volunteer;
        let writes = notebook.save(&visit, Some(&new), desired, now, rng).unwrap();
        volunteer.store(writes);
        told.push(visit);
    }
    volunteer.push(&mut server);
    coordinator.pull(&server);
    coordinator.reopen();
    let of = |visit: &RecordKey| {
        let ahead = coordinator.notebook.ahead_of_receipt(visit);
        flags(&coordinator.notebook.view(visit), form, ahead)
    };
    assert_eq!(of(&told[0]), []);
    let cleaned = Flag::Cleaned { field: "summary".into() };
    assert_eq!(of(&told[1]), [cleaned, Flag::ClockAhead { days: 3 }]);
}
