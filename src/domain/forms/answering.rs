//! What taps and typing do to the answers of a form.

use super::answer::{Answer, Answers};
use super::civil_date::CivilDate;
use super::document::{DefaultAnswer, Field, Form};
use super::field_type::{ChoicesRules, ConsentOption, FieldType};
use super::label::Language;
use super::text_length::without_direction_controls;
use crate::order::{self, Gather};

/// The key under which a form keeps what was flagged for the reviewer and cannot be derived from the answers any
/// more: `field:rule`.
pub const FLAGS: &str = "pii_flags";
/// The rule: invisible characters that change a text's direction were taken out.
pub const DIRECTION_CONTROLS: &str = "direction_controls";

/// The code of "not said" in the list of a scale. It is never stored: not said is no answer.
pub const NOT_SAID: &str = "not_said";

/// What a tap did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggled {
    /// The code is chosen now; what excludes it was taken away.
    Chosen,
    /// The code was chosen and is not any more.
    Removed,
    /// Nothing changed: as many codes are chosen as the field allows.
    Full,
    /// Nothing changed: the field has no such choice to tap.
    NotAChoice,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is the field's answer now.
    AsGiven,
    /// It is, without the invisible characters that would change the direction of what stands around it.
    /// Worth a word to whoever pasted them.
    Cleaned,
    /// Nothing changed: it is of another type than the field.
    Refused,
}

/// The answers that a new form starts with.
#[must_use]
pub fn initial_answers(form: &Form, today: CivilDate) -> Answers {
    let defaults = form.fields().filter_map(|(_, field)| {
        let answer = match field.default.as_ref()? {
            DefaultAnswer::Today => Answer::Text(today.to_string()),
            DefaultAnswer::ThisMonth => Answer::Text(today.month()),
            DefaultAnswer::Code(code) => Answer::Code(code.clone()),
        };
        Some((field.key.clone(), answer))
    });
    defaults.gather()
}

/// Taps a code of a choice, of several or of one, or a point of a scale.
///
/// A second tap takes it away, except from a required choice of one. Codes that stand alone push
/// the others out and are pushed out by them. An ordered choice keeps the order of the taps. An
/// over-full field (after a merge) can only shrink. [`NOT_SAID`] takes the point of a scale away.
pub fn toggle_choice(field: &Field, answers: &mut Answers, code: &str) -> Toggled {
    match &field.field_type {
        FieldType::Choice(_) => toggle_one(field, answers, Answer::Code(code.to_owned())),
        FieldType::Scale5(_) => toggle_point(field, answers, code),
        FieldType::Choices(rules) => toggle_several(field, rules, false, answers, code),
        FieldType::OrderedChoices(rules) => toggle_several(field, rules, true, answers, code),
        FieldType::References(_) => toggle_id(field, answers, code),
        _ => Toggled::NotAChoice,
    }
}

/// Taps a button of a question of consent: gives every field that any button names the code that
/// this one assigns, or empties it, and keeps the version of the script in the language read.
/// Returns false, and changes nothing, when the field has no such button.
pub fn choose_consent(
    field: &Field,
    answers: &mut Answers,
    option_key: &str,
    language: Language,
) -> bool {
    let FieldType::Consent(rules) = &field.field_type else { return false };
    let Some(chosen) = rules.options.iter().find(|option| option.key == option_key) else {
        return false;
    };
    for (key, _) in rules.options.iter().flat_map(|option| &option.assigns) {
        answers.remove(key);
    }
    for (key, code) in &chosen.assigns {
        answers.insert(key.clone(), Answer::Code(code.clone()));
    }
    let version = rules.script.version_read(language);
    answers.insert(rules.version_field.clone(), Answer::Text(version));
    true
}

/// The button of a question of consent that these answers come from; none when nothing was
/// answered or a combination is held that no button gives.
#[must_use]
pub fn chosen_consent<'a>(field: &'a Field, answers: &Answers) -> Option<&'a ConsentOption> {
    let FieldType::Consent(rules) = &field.field_type else { return None };
    rules.options.iter().find(|option| {
        let mut named = rules.options.iter().flat_map(|other| &other.assigns);
        named.all(|(key, _)| match (option.code_for(key), answers.get(key)) {
            (Some(code), Some(Answer::Code(held))) => code == held,
            (None, held) => held.is_none(),
            (Some(_), _) => false,
        })
    })
}

/// Gives the field this answer, or takes its answer away. Blank answers are no answers; texts lose
/// the invisible characters that would change their direction, which is flagged for the reviewer
/// ([`FLAGS`]) as long as the field is answered; ids and codes in no order are sorted.
pub fn set_answer(field: &Field, answers: &mut Answers, answer: Option<Answer>) -> Taken {
    if answer.as_ref().is_some_and(|answer| !accepts(&field.field_type, answer)) {
        return Taken::Refused;
    }
    let mut taken = Taken::AsGiven;
    let tidied = answer.map(|answer| match answer {
        Answer::Text(text) => match without_direction_controls(&text) {
            Some(clean) => {
                taken = Taken::Cleaned;
                Answer::Text(clean)
            }
            None => Answer::Text(text),
        },
        Answer::Codes(codes) => Answer::Codes(sorted(&field.field_type, codes)),
        other => other,
    });
    let flag = match tidied {
        Some(answer) if !answer.is_blank() => {
            answers.insert(field.key.clone(), answer);
            (taken == Taken::Cleaned).then_some(true)
        }
        _ => {
            answers.remove(&field.key);
            Some(false)
        }
    };
    if let Some(raised) = flag {
        raise(&format!("{}:{DIRECTION_CONTROLS}", field.key), raised, answers);
    }
    taken
}

/// Raises a flag, or takes it away.
fn raise(flag: &str, raised: bool, answers: &mut Answers) {
    let mut held = match answers.remove(FLAGS) {
        Some(Answer::Codes(codes)) => codes,
        _ => Vec::new(),
    };
    held.retain(|code| code != flag);
    if raised {
        held.push(flag.to_owned());
        order::sort(&mut held);
    }
    if !held.is_empty() {
        answers.insert(FLAGS.to_owned(), Answer::Codes(held));
    }
}

/// Moves a number by this much within the field's limits. Without an answer it starts from zero,
/// or from the limit nearest to it. Does nothing on a field that is no number.
pub fn step_integer(field: &Field, answers: &mut Answers, by: i64) {
    let FieldType::Integer(rules) = &field.field_type else { return };
    let current = match answers.get(&field.key) {
        Some(Answer::Int(number)) => *number,
        _ => 0,
    };
    let lowest = rules.min.unwrap_or(i64::MIN);
    let stepped = current.saturating_add(by).min(rules.max.unwrap_or(i64::MAX)).max(lowest);
    answers.insert(field.key.clone(), Answer::Int(stepped));
}

/// Whether an answer is of the kind that a field of this type holds.
#[must_use]
pub fn accepts(field_type: &FieldType, answer: &Answer) -> bool {
    use FieldType as F;
    matches!(
        (field_type, answer),
        (F::Text(_) | F::LongText(_) | F::Date(_), Answer::Text(_))
            | (F::Integer(_) | F::Scale5(_), Answer::Int(_))
            | (F::Choice(_) | F::Place | F::Consent(_), Answer::Code(_))
            | (F::Choices(_) | F::OrderedChoices(_) | F::References(_), Answer::Codes(_))
            | (F::TriState, Answer::Bool(_))
            | (F::Reference(_), Answer::Reference(_))
    )
}

fn sorted(field_type: &FieldType, mut codes: Vec<String>) -> Vec<String> {
    if !matches!(field_type, FieldType::OrderedChoices(_)) {
        order::sort(&mut codes);
        codes.dedup();
    }
    codes
}

fn toggle_one(field: &Field, answers: &mut Answers, answer: Answer) -> Toggled {
    if answers.get(&field.key) != Some(&answer) {
        answers.insert(field.key.clone(), answer);
    } else if !field.required {
        answers.remove(&field.key);
        return Toggled::Removed;
    }
    Toggled::Chosen
}

fn toggle_point(field: &Field, answers: &mut Answers, code: &str) -> Toggled {
    match code.parse() {
        Ok(point @ -2..=2) => toggle_one(field, answers, Answer::Int(point)),
        _ if code == NOT_SAID => {
            answers.remove(&field.key);
            Toggled::Removed
        }
        _ => Toggled::NotAChoice,
    }
}

fn toggle_id(field: &Field, answers: &mut Answers, id: &str) -> Toggled {
    let mut ids = held_codes(field, answers);
    let toggled = push_or_remove(&mut ids, id, None);
    order::sort(&mut ids);
    set_answer(field, answers, Some(Answer::Codes(ids)));
    toggled
}

fn toggle_several(
    field: &Field,
    rules: &ChoicesRules,
    ordered: bool,
    answers: &mut Answers,
    code: &str,
) -> Toggled {
    let mut codes = held_codes(field, answers);
    let stands_alone = |code: &String| rules.exclusive.contains(code);
    if !codes.iter().any(|held| held == code) {
        if stands_alone(&code.to_owned()) {
            codes.clear();
        } else {
            codes.retain(|held| !stands_alone(held));
        }
    }
    let toggled = push_or_remove(&mut codes, code, rules.max);
    if toggled == Toggled::Full {
        return toggled;
    }
    if !ordered {
        order::sort(&mut codes);
    }
    set_answer(field, answers, Some(Answer::Codes(codes)));
    toggled
}

fn held_codes(field: &Field, answers: &Answers) -> Vec<String> {
    match answers.get(&field.key) {
        Some(Answer::Codes(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

fn push_or_remove(codes: &mut Vec<String>, code: &str, max: Option<usize>) -> Toggled {
    if codes.iter().any(|held| held == code) {
        codes.retain(|held| held != code);
        Toggled::Removed
    } else if max.is_some_and(|max| codes.len() >= max) {
        Toggled::Full
    } else {
        codes.push(code.to_owned());
        Toggled::Chosen
    }
}
