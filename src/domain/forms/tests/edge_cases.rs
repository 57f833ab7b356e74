//! Every nasty case of the domain, by its name: what the domain promises of it.
//!
//! What a screen, an export or a synthesis has to do with them is theirs to test.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::*;
use super::{answers_of, text, today};
use crate::change::{Change, Edit, RecordKey};
use crate::clock::Hlc;
use crate::ids::RecordId;

fn all() -> Vec<Value> {
    serde_json::from_str(include_str!("edge-cases.json")).unwrap()
}

/// Its tests are below, one function per name.
const NAMES: [&str; 19] = [
    "E1 long text at the limit",
    "E1b long text over the limit",
    "E2 Arabic quote with a French word and digits",
    "E2b bidi override character",
    "E3 emoji with joiners",
    "E4 formula injection",
    "E4b formula in an alias",
    "E4c markup in an alias",
    "E5 clock change, first 02:30 on 25 October 2026",
    "E5b clock change, second 02:30 on 25 October 2026",
    "E5c hour that does not exist, 29 March 2026",
    "E6 zero nights, counted",
    "E6b nights unknown",
    "E6c number with precision unknown",
    "E7 two volunteers, same collective, same day (A)",
    "E7b two volunteers, same collective, same day (B)",
    "E8 consent refused",
    "E9 personal data in free text",
    "E10 date in the future (wrong phone clock)",
];

/// A case: its form, what the file says, and the answers.
struct Case {
    form: &'static Form,
    record: Value,
    invalid: Vec<String>,
    answers: Answers,
}

fn case(name: &str) -> Case {
    assert!(NAMES.contains(&name));
    let case = all().into_iter().find(|case| case["case"] == name).unwrap();
    let (form, record) = match case.get("record") {
        Some(record) => (visit_form(), record.clone()),
        None => (initiative_form(), case["initiative"].clone()),
    };
    let invalid = case["invalid"].as_array().into_iter().flatten();
    let invalid = invalid.map(|field| field.as_str().unwrap().to_owned()).collect();
    let answers = answers_of(form, &record);
    Case { form, record, invalid, answers }
}

impl Case {
    fn problems(&self) -> Vec<(String, String)> {
        let problems = validate(self.form, &self.answers, today(), Occasion::Finishing);
        problems.into_iter().map(|p| (p.field, p.code.as_str().to_owned())).collect()
    }

    /// Accepted, and whole after the way through registers and a change's bytes.
    fn accepted(&self) {
        assert_eq!((self.problems(), &self.invalid), (vec![], &vec![]));
        let registers = to_registers(self.form, &self.answers);
        let edits = registers.iter().map(|(field, value)| Edit {
            field: field.clone(),
            value: Some(value.clone().into()),
            replaces: vec![],
        });
        let key = RecordKey { kind: self.form.record_kind.clone(), id: RecordId([1; 16]) };
        let change = Change::new([1; 16], key, Hlc::default(), edits.collect()).unwrap();
        let read = Change::from_bytes(&change.to_bytes()).unwrap();
        let read: Registers = read
            .edits()
            .map(|edit| (edit.field.clone(), edit.value.as_ref().unwrap().register().unwrap()))
            .collect();
        let read = from_registers(self.form, &read);
        assert_eq!(read, FromRegisters { answers: self.answers.clone(), rest: Registers::new() });
    }

    fn refused(&self, field: &str, code: &str) {
        assert_eq!(self.invalid, [field]);
        assert_eq!(self.problems(), [(field.to_owned(), code.to_owned())]);
    }

    fn written(&self, field: &str) -> &str {
        match &self.answers[field] {
            Answer::Text(text) => text,
            other => panic!("{other:?} is no text"),
        }
    }

    fn given(&self, field: &str) -> &str {
        self.record[field].as_str().unwrap()
    }

    /// The instant of a technical stamp, as a device's clock would have it: `YYYY-MM-DDTHH:MM:SSZ`.
    fn stamp(&self, field: &str) -> Hlc {
        let (date, time) = self.given(field).split_once('T').unwrap();
        let date: CivilDate = date.parse().unwrap();
        let part = |range: std::ops::Range<usize>| time[range].parse::<i64>().unwrap();
        let seconds = part(0..2) * 3600 + part(3..5) * 60 + part(6..8);
        let millis = (date.days_since_epoch() * 86_400 + seconds) * 1000;
        Hlc { millis: u64::try_from(millis).unwrap(), counter: 0 }
    }
}

#[test]
fn every_case_of_the_file_has_its_test() {
    let names: Vec<Value> = all().into_iter().map(|case| case["case"].clone()).collect();
    assert_eq!(names, NAMES);
}

#[test]
fn e1_long_text_at_the_limit() {
    let case = case("E1 long text at the limit");
    case.accepted();
    assert_eq!(text_length(case.written("summary")), 280);
    assert_eq!(text_length(case.written("coordinator_note")), 1000);
    assert_eq!(case.written("coordinator_note"), case.given("coordinator_note"));
}

#[test]
fn e1b_long_text_over_the_limit() {
    let case = case("E1b long text over the limit");
    case.refused("summary", "too_long");
    let problems = validate(case.form, &case.answers, today(), Occasion::Filling);
    assert_eq!(problems[0].params, [("count", "281".to_owned()), ("max", "280".to_owned())].into());
    assert_eq!(text_length(clip_text(case.written("summary"), 280)), 280);
}

#[test]
fn e2_arabic_quote_with_a_french_word_and_digits() {
    let case = case("E2 Arabic quote with a French word and digits");
    case.accepted();
    // Not a character more or less: no mark of direction is put into anybody's words.
    assert_eq!(case.written("quote"), case.given("quote"));
    assert!(case.written("quote").contains("« Merci »"));
}

#[test]
fn e2b_bidi_override_character() {
    let case = case("E2b bidi override character");
    assert!(case.given("summary").contains('\u{202E}'));
    assert_eq!(case.written("summary"), "Texte normal  esrevni");
    case.accepted();
    // Whoever wrote it is told, and so is whoever reads it, should another app have let it through.
    let field = case.form.field("summary").unwrap();
    let given = Some(text(case.given("summary")));
    let mut answers = Answers::new();
    assert_eq!(set_answer(field, &mut answers, given), Taken::Cleaned);
    // The reviewer is told, until the field is emptied.
    let flagged = vec![format!("summary:{DIRECTION_CONTROLS}")];
    assert_eq!(set_answer(field, &mut answers, Some(text("Texte normal"))), Taken::AsGiven);
    assert_eq!(answers.get(FLAGS), Some(&Answer::Codes(flagged)));
    set_answer(field, &mut answers, None);
    assert_eq!(answers.get(FLAGS), None);
    let mut foreign = case.answers.clone();
    foreign.insert("summary".into(), text(case.given("summary")));
    let problems = validate(case.form, &foreign, today(), Occasion::Showing);
    assert_eq!(problems[0].code, ProblemCode::DirectionControls);
    assert_eq!((problems.len(), problems[0].severity), (1, Severity::Warning));
}

#[test]
fn e3_emoji_with_joiners() {
    let case = case("E3 emoji with joiners");
    case.accepted();
    let words = case.written("summary");
    assert_eq!((words, text_length(words)), (case.given("summary"), 36));
    for max in 0..=36 {
        let clipped = clip_text(words, max);
        assert_eq!(text_length(clipped), max);
        assert!(!clipped.ends_with('\u{200D}'), "cut in the middle: {clipped}");
    }
}

#[test]
fn e4_formula_injection() {
    let case = case("E4 formula injection");
    case.accepted();
    for field in ["summary", "coordinator_note"] {
        assert_eq!(case.written(field), case.given(field), "stored as typed");
    }
}

#[test]
fn e4b_formula_in_an_alias() {
    let case = case("E4b formula in an alias");
    case.accepted();
    assert_eq!(case.written("alias"), "@SOMME(1+1)*lien");
}

#[test]
fn e4c_markup_in_an_alias() {
    let case = case("E4c markup in an alias");
    case.accepted();
    assert_eq!(case.written("alias"), "<b>Cour</b><img src=x>");
}

#[test]
fn e5_and_e5b_clock_change_25_october_2026() {
    let first = case("E5 clock change, first 02:30 on 25 October 2026");
    let second = case("E5b clock change, second 02:30 on 25 October 2026");
    first.accepted();
    second.accepted();
    let (early, late) = (first.stamp("created_at"), second.stamp("created_at"));
    assert!(early < late, "one hour apart, whatever the wall said");
    assert_eq!(late.millis - early.millis, 3_600_000);
    // One visit's date has no hour: both are of one day, and the window has thirty.
    assert_eq!(first.written("visited_on"), second.written("visited_on"));
    let day: CivilDate = first.written("visited_on").parse().unwrap();
    let window: Vec<CivilDate> = (0..30).map(|back| day.plus_days(-back)).collect();
    assert_eq!(window[29].to_string(), "2026-09-26");
    assert_eq!(window.iter().collect::<std::collections::BTreeSet<_>>().len(), 30);
}

#[test]
fn e5c_hour_that_does_not_exist_29_march_2026() {
    let case = case("E5c hour that does not exist, 29 March 2026");
    case.accepted();
    let day: CivilDate = case.written("visited_on").parse().unwrap();
    assert_eq!(case.stamp("created_at").millis, 1_774_746_000_000);
    assert_eq!(
        (day.yesterday().to_string(), day.plus_days(1).to_string()),
        ("2026-03-28".into(), "2026-03-30".into())
    );
    // The stamp follows the UTC clock through the hour that a wall skips.
    let at = case.stamp("created_at");
    let next = at.tick(at.millis + 1_800_000);
    assert_eq!((next.millis - at.millis, next.counter), (1_800_000, 0));
}

#[test]
fn e6_zero_nights_counted() {
    let case = case("E6 zero nights, counted");
    case.accepted();
    let registers = to_registers(case.form, &case.answers);
    assert_eq!(registers["person_nights_30d"], RegisterValue::Int(0));
}

#[test]
fn e6b_nights_unknown() {
    let case = case("E6b nights unknown");
    case.accepted();
    assert!(!to_registers(case.form, &case.answers).contains_key("person_nights_30d"));
}

#[test]
fn e6c_number_with_precision_unknown() {
    let case = case("E6c number with precision unknown");
    case.refused("person_nights_precision", "number_needs_precision");
}

#[test]
fn e7_and_e7b_two_volunteers_same_collective_same_day() {
    use crate::fold::{Authority, CREATED, History, Source, View};
    let cases = [
        case("E7 two volunteers, same collective, same day (A)"),
        case("E7b two volunteers, same collective, same day (B)"),
    ];
    let mut camp = crate::testing::Camp::new(7);
    let mut views = Vec::new();
    for (case, salt) in cases.iter().zip([1_u8, 2]) {
        case.accepted();
        let person = camp.join(crate::roster::Role::Volunteer);
        let id = RecordId::of(&person.member, &[salt; 16]);
        let key = RecordKey { kind: "visit".into(), id };
        let registers = to_registers(case.form, &case.answers).into_iter();
        let mut values: BTreeMap<String, crate::change::Value> =
            registers.map(|(field, value)| (field, value.into())).collect();
        values.insert(CREATED.into(), crate::change::Value::Bytes(vec![salt; 16]));
        let edits = values.into_iter().map(|(field, value)| Edit {
            field,
            value: Some(value),
            replaces: vec![],
        });
        let change = Change::new([salt; 16], key.clone(), Hlc::default(), edits.collect()).unwrap();
        let mut history = History::new(key);
        history.insert(change, Source::own(person.device(), None));
        let none = std::collections::BTreeSet::new();
        views.push(View::of(&history, &Authority::new(&camp.line, None, &none)));
    }
    // Two records of two people: both whole, nothing in conflict.
    let [a, b] = views.as_slice() else { panic!("two views") };
    assert_ne!((a.key.id, a.creator), (b.key.id, b.creator));
    for same in ["initiative_id", "visited_on"] {
        assert_eq!(a.text(same), b.text(same), "what makes them a co-visit");
    }
    let nights = |view: &View| view.value("person_nights_30d").cloned();
    assert_eq!(
        (nights(a), nights(b)),
        (Some(crate::change::Value::Int(12)), Some(crate::change::Value::Int(20)))
    );
    assert_eq!(
        (a.text("person_nights_precision"), b.text("person_nights_precision")),
        (Some("exact"), Some("estimate"))
    );
    assert_eq!(a.conflicts().count() + b.conflicts().count(), 0);
}

#[test]
fn e8_consent_refused() {
    let mut case = case("E8 consent refused");
    assert_eq!(case.problems(), []);
    // Even what was tapped before the refusal stays on the phone.
    for (key, words) in [("summary", "Bon accueil"), ("initiative_id", "5f0c")] {
        case.answers.insert(key.into(), text(words));
    }
    let kept: Vec<String> = to_registers(case.form, &case.answers).into_keys().collect();
    assert_eq!(kept, ["consent_record", "visited_on"]);
    let sections = visible_sections(case.form, &case.answers);
    let asked = sections.iter().flat_map(|visible| &visible.questions);
    assert_eq!(asked.map(|f| f.key.as_str()).collect::<Vec<_>>(), ["visited_on", "consent_record"]);
}

#[test]
fn e9_personal_data_in_free_text() {
    use crate::guard::{holds_stop, spots, tests::native};
    let case = case("E9 personal data in free text");
    // It can be saved and sent.
    case.accepted();
    let spots = spots(case.form, &case.answers, &native);
    let rules: std::collections::BTreeSet<&str> = spots.iter().map(|s| s.finding.rule.id).collect();
    let expected =
        ["case_file", "legal_status", "person_title", "phone", "street_name", "street_number"];
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), expected);
    assert!(spots.iter().all(|spot| spot.field == "summary"));
    // It cannot be validated: see `review::tests::hindrances`.
    assert!(holds_stop(&spots));
}

#[test]
fn e10_date_in_the_future() {
    let case = case("E10 date in the future (wrong phone clock)");
    case.refused("visited_on", "date_too_late");
    // A phone that lives in 2027 accepts it; its stamp moves no other clock by more than a day, and whoever
    // reads the record is told.
    let stamp = case.stamp("created_at");
    let now = stamp.millis - 40 * 86_400_000;
    assert_eq!(Hlc::default().observe(stamp, now), Hlc::default());
    let told = validate(case.form, &case.answers, today(), Occasion::Showing);
    assert_eq!(told[0].code, ProblemCode::DateTooLate);
}
