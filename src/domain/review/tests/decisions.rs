//! From state to state.

use super::*;
use ReviewState as S;

fn all() -> [Decision; 7] {
    [
        Decision::Open,
        ask("a", "Combien de nuits ?"),
        Decision::Validate,
        Decision::Reject { reason: "test".into() },
        Decision::Merge,
        Decision::Reopen,
        Decision::Withdraw,
    ]
}

#[test]
fn the_table_of_states() {
    let table = [
        (S::Submitted, "in_review withdrawn"),
        (S::InReview, "needs_info validated rejected merged withdrawn"),
        (S::NeedsInfo, "in_review withdrawn"),
        (S::Validated, "merged in_review withdrawn"),
        (S::Rejected, "in_review withdrawn"),
        (S::Merged, "withdrawn"),
        (S::Withdrawn, ""),
        (S::Unknown, ""),
    ];
    for (from, to) in table {
        let open = all().into_iter().filter(|decision| decision.leads_from(from));
        let led: Vec<_> = open.filter_map(|decision| decision.state().code()).collect();
        assert_eq!(led.join(" "), to, "{from:?}");
        let review = Review { state: from, disputed: false, reason: None, questions: vec![] };
        for decision in all() {
            let result = decision.desired(&review, vec![]);
            let expected = (!decision.leads_from(from)).then_some(Refused::NotFrom(from));
            assert_eq!(result.err(), expected, "{from:?} {decision:?}");
        }
    }
}

#[test]
fn every_code_is_in_the_list_that_people_read() {
    let form = crate::forms::visit_form();
    let codes = |key: &str| {
        let list = form.choices(form.field(key).unwrap()).iter();
        list.map(|choice| choice.code.clone()).collect::<Vec<_>>()
    };
    for decision in all() {
        let code = decision.state().code().unwrap().to_owned();
        assert!(codes("review_state").contains(&code), "{code}");
    }
    assert_eq!(codes("review_reason"), ["duplicate", "off_topic", "test", "personal_data"]);
}

#[test]
fn a_visit_from_the_doorstep_to_validated() {
    let mut visit = Visit::new(&[("summary", "Bon accueil")]);
    assert_eq!(visit.review().state, S::Submitted);
    visit.decide(&Decision::Open);
    assert_eq!(visit.review().state, S::InReview);
    visit.decide(&Decision::Validate);
    assert_eq!((visit.review().state, visit.view().closed), (S::Validated, true));
    visit.decide(&Decision::Reopen);
    assert_eq!((visit.review().state, visit.view().closed), (S::InReview, false));
    visit.decide(&Decision::Reject { reason: "duplicate".into() });
    let review = visit.review();
    assert_eq!((review.state, review.reason.as_deref()), (S::Rejected, Some("duplicate")));
}

#[test]
fn a_question_goes_to_the_author_and_its_answer_back() {
    let mut visit = Visit::new(&[("summary", "Bon accueil")]);
    visit.decide(&Decision::Open);
    visit.decide(&ask("a", "  Combien de nuits ?  "));
    let review = visit.review();
    assert_eq!(review.state, S::NeedsInfo);
    let open: Vec<_> = review.open_questions().map(|q| (&*q.key, &*q.text)).collect();
    assert_eq!(open, [("a", "Combien de nuits ?")]);
    // Another volunteer's answer is a proposal, the author's counts.
    visit.write(&CAST.omar, &answer("a", "douze").unwrap());
    assert_eq!((visit.review().state, visit.view().proposals.len()), (S::NeedsInfo, 1));
    visit.write(&CAST.mina, &answer("a", "vingt").unwrap());
    let review = visit.review();
    assert_eq!(
        (review.state, review.questions[0].answer.as_deref()),
        (S::Submitted, Some("vingt"))
    );
    assert_eq!(review.open_questions().count(), 0);
    // A second question: the first answer does not answer it.
    visit.decide(&Decision::Open);
    visit.decide(&ask("b", "Et en octobre ?"));
    assert_eq!(visit.review().state, S::NeedsInfo);
    let keys: Vec<String> = visit.review().open_questions().map(|q| q.key.clone()).collect();
    assert_eq!(keys, ["b"]);
    // Nobody has to wait for ever.
    visit.decide(&Decision::Reopen);
    assert_eq!((visit.review().state, visit.review().open_questions().count()), (S::InReview, 0));
}

#[test]
fn two_coordinators_who_ask_apart_both_get_an_answer() {
    let mut a = Visit::new(&[("summary", "Bon accueil")]);
    a.decide(&Decision::Open);
    let mut b = a.clone();
    a.decide(&ask("a", "Combien ?"));
    b.written += 50;
    b.decide(&ask("b", "Quand ?"));
    a.history.merge(&b.history);
    let review = a.review();
    assert_eq!((review.state, review.disputed), (S::NeedsInfo, false));
    assert_eq!(review.open_questions().count(), 2);
    a.written += 100;
    a.write(&CAST.mina, &answer("a", "Trois").unwrap());
    assert_eq!(a.review().state, S::NeedsInfo);
    a.write(&CAST.mina, &answer("b", "Hier").unwrap());
    assert_eq!(a.review().state, S::Submitted);
}

#[test]
fn two_decisions_apart_are_a_dispute_and_the_protective_one_holds() {
    let mut a = Visit::new(&[("summary", "Bon accueil")]);
    a.decide(&Decision::Open);
    let mut b = a.clone();
    a.decide(&Decision::Validate);
    b.written += 50;
    b.decide(&Decision::Withdraw);
    a.history.merge(&b.history);
    assert_eq!((a.review().state, a.review().disputed), (S::Withdrawn, true));
}

#[test]
fn words_of_questions_and_answers_have_limits() {
    let review = Review { state: S::InReview, disputed: false, reason: None, questions: vec![] };
    let asked = |text: &str| ask("a", text).desired(&review, vec![]);
    assert_eq!(asked(&"é".repeat(QUESTION_MAX)).unwrap().len(), 2);
    for bad in [" \n".to_owned(), "é".repeat(QUESTION_MAX + 1)] {
        assert_eq!(asked(&bad), Err(Refused::Question));
    }
    assert_eq!(answer("a", &"x".repeat(ANSWER_MAX + 1)), None);
    assert_eq!(answer("a", "  "), None);
    assert_eq!(answer("a", "un\u{202E}deux"), Some(told(&[("clarification/a", "undeux")])));
}

#[test]
fn only_coordinators_decide_and_ask() {
    let mut visit = Visit::new(&[("summary", "Bon accueil")]);
    for person in [&CAST.mina, &CAST.omar] {
        let mut desired = Decision::Open.desired(&visit.review(), vec![]).unwrap();
        desired.extend(told(&[("review_question/a", "?"), ("review_reason", "test")]));
        visit.write(person, &desired);
        let review = visit.review();
        assert_eq!((review.state, review.questions, review.reason), (S::Submitted, vec![], None));
    }
    assert_eq!(visit.view().proposals.len(), 6);
}

#[test]
fn whoever_corrects_knows_what_becomes_of_it() {
    let mut visit = Visit::new(&[("summary", "Bon accueil")]);
    let (mina, omar) = (Standing::Member(CAST.mina.member), Standing::Member(CAST.omar.member));
    let pens = |visit: &Visit| {
        let standings =
            [Standing::Coordinator, mina, omar, Standing::Unconfirmed, Standing::Revoked];
        standings.map(|standing| Pen::of(&visit.view(), standing))
    };
    let [all, own, others, none] = [Pen::Counts, Pen::Counts, Pen::Proposes, Pen::Nothing];
    assert_eq!(pens(&visit), [all, own, others, none, none]);
    visit.decide(&Decision::Open);
    assert_eq!(pens(&visit), [all, own, others, none, none]);
    visit.decide(&Decision::Validate);
    assert_eq!(pens(&visit), [all, Pen::Proposes, others, none, none]);
}

#[test]
fn a_newer_app_s_state_counts_nowhere_and_is_left_alone() {
    let mut visit = Visit::new(&[]);
    visit.write(&CAST.second, &told(&[("review_state", "archived")]));
    assert_eq!((visit.review().state, visit.view().closed), (S::Unknown, false));
    assert_eq!(S::Unknown.code(), None);
}
