//! The validator: one for every form.

use std::collections::BTreeSet;

use super::answer::{Answer, Answers};
use super::answering::accepts;
use super::civil_date::CivilDate;
use super::collective_code::normalise_collective_code;
use super::document::{Field, Form, Refusal};
use super::field_type::{ChoicesRules, DateRules, FieldType, Pattern, TextRules};
use super::places::is_place_code;
use super::problem::{Problem, ProblemCode, Severity};
use super::text_length::{text_length, without_direction_controls};

/// On which occasion answers are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// While somebody fills the form in: nothing is missing yet, so neither required fields nor
    /// constraints are reported.
    Filling,
    /// When somebody finishes the form: everything is reported.
    Finishing,
    /// When a merged record is shown: everything is reported as a warning, since a merge may break
    /// a rule that each author kept.
    Showing,
}

/// The problems of these answers in the order of the form; at most one per field and code.
///
/// Fields that are not relevant are not checked, nor, once consent is refused, those that the
/// refusal does not keep; where it keeps none, the refusal itself is the only problem. Automatic fields are
/// checked only when they hold something. A code unknown to this version is a warning and never an error.
#[must_use]
pub fn validate(
    form: &Form,
    answers: &Answers,
    today: CivilDate,
    occasion: Occasion,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (section, field) in form.fields() {
        let mut check = FieldCheck { form, field, today, problems: Vec::new() };
        if form.keeps(field, answers) && field.is_relevant(section, answers) {
            check.run(answers, occasion);
        } else if occasion == Occasion::Finishing && refuses_all(form, field, answers) {
            check.report(ProblemCode::Refused, []);
        }
        problems.append(&mut check.problems);
    }
    problems
}

/// Whether any of these problems stands in the way of finishing.
#[must_use]
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Whether the field holds a refusal after which nothing is kept.
fn refuses_all(form: &Form, field: &Field, answers: &Answers) -> bool {
    let refusal = form.refusal.as_ref().filter(|_| form.is_refused(answers));
    let reads = |refusal: &Refusal| refusal.when.fields().contains(&field.key.as_str());
    refusal.is_some_and(|refusal| refusal.keep.is_empty() && reads(refusal))
}

struct FieldCheck<'a> {
    form: &'a Form,
    field: &'a Field,
    today: CivilDate,
    problems: Vec<Problem>,
}

impl FieldCheck<'_> {
    fn run(&mut self, answers: &Answers, occasion: Occasion) {
        match answers.get(&self.field.key).filter(|answer| !answer.is_blank()) {
            Some(answer) => self.answer(answer),
            None if occasion != Occasion::Filling => self.missing(),
            None => {}
        }
        if occasion != Occasion::Filling {
            let broken = self.field.constraints.iter().filter(|rule| !rule.holds.holds(answers));
            for rule in broken {
                self.report(ProblemCode::Constraint(rule.code.clone()), []);
            }
        }
        if occasion == Occasion::Showing {
            self.problems.iter_mut().for_each(|problem| problem.severity = Severity::Warning);
        }
    }

    fn missing(&mut self) {
        if self.field.required && !self.field.automatic {
            self.report(ProblemCode::Required, []);
        }
    }

    fn answer(&mut self, answer: &Answer) {
        use FieldType as F;
        match (&self.field.field_type, answer) {
            (F::Text(rules) | F::LongText(rules), Answer::Text(text)) => self.text(rules, text),
            (F::Integer(rules), Answer::Int(n)) => self.number(rules.min, rules.max, *n),
            (F::Scale5(_), Answer::Int(point)) => self.number(Some(-2), Some(2), *point),
            (F::Date(rules), Answer::Text(text)) => self.date(rules, text),
            (F::Choice(_) | F::Consent(_), Answer::Code(code)) => self.known([code]),
            (F::Choices(rules) | F::OrderedChoices(rules), Answer::Codes(codes)) => {
                self.codes(rules, codes);
            }
            (F::Place, Answer::Code(code)) if !is_place_code(code) => {
                self.report(ProblemCode::BadPlace, []);
            }
            (kind, answer) if !accepts(kind, answer) => self.report(ProblemCode::WrongType, []),
            _ => {}
        }
    }

    fn text(&mut self, rules: &TextRules, text: &str) {
        let count = text_length(text);
        let trimmed = text_length(text.trim());
        if let Some(min) = rules.min.filter(|min| trimmed < *min) {
            let params = [("min", min.to_string()), ("count", trimmed.to_string())];
            self.report(ProblemCode::TooShort, params);
        }
        if count > rules.max {
            let params = [("max", rules.max.to_string()), ("count", count.to_string())];
            self.report(ProblemCode::TooLong, params);
        }
        if without_direction_controls(text).is_some() {
            self.report(ProblemCode::DirectionControls, []);
        }
        if let Some(pattern) = rules.pattern.filter(|pattern| !self.fits(*pattern, text)) {
            self.report(ProblemCode::BadPattern, [("pattern", pattern.as_str().to_owned())]);
        }
    }

    fn fits(&self, pattern: Pattern, text: &str) -> bool {
        match pattern {
            Pattern::Year => {
                let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
                digits && text.parse::<u16>().is_ok_and(|year| year <= self.today.year())
            }
            Pattern::Month => {
                let first = format!("{text}-01").parse::<CivilDate>();
                first.is_ok_and(|first| first <= self.today)
            }
            Pattern::HttpsUrl => is_https_url(text),
            Pattern::Phone => is_phone(text),
            Pattern::CollectiveCode => normalise_collective_code(text).as_deref() == Some(text),
        }
    }

    fn number(&mut self, min: Option<i64>, max: Option<i64>, number: i64) {
        if let Some(min) = min.filter(|min| number < *min) {
            self.report(ProblemCode::TooSmall, [("min", min.to_string())]);
        }
        if let Some(max) = max.filter(|max| number > *max) {
            self.report(ProblemCode::TooLarge, [("max", max.to_string())]);
        }
    }

    fn date(&mut self, rules: &DateRules, text: &str) {
        let Ok(date) = text.parse::<CivilDate>() else {
            return self.report(ProblemCode::BadDate, []);
        };
        let (min, max) = (rules.min.map(|l| l.resolve(self.today)), rules.max);
        if let Some(min) = min.filter(|min| date < *min) {
            self.report(ProblemCode::DateTooEarly, [("min", min.to_string())]);
        }
        if let Some(max) = max.map(|l| l.resolve(self.today)).filter(|max| date > *max) {
            self.report(ProblemCode::DateTooLate, [("max", max.to_string())]);
        }
    }

    fn codes(&mut self, rules: &ChoicesRules, codes: &[String]) {
        self.known(codes);
        let mut seen = BTreeSet::new();
        if let Some(repeated) = codes.iter().find(|code| !seen.insert(*code)) {
            self.report(ProblemCode::RepeatedCode, [("code", repeated.clone())]);
        }
        if let Some(max) = rules.max.filter(|max| codes.len() > *max) {
            let params = [("max", max.to_string()), ("count", codes.len().to_string())];
            self.report(ProblemCode::TooManyCodes, params);
        }
        let alone = codes.iter().find(|code| rules.exclusive.contains(code));
        if let Some(alone) = alone.filter(|_| codes.len() > 1) {
            self.report(ProblemCode::ExclusiveCode, [("code", alone.clone())]);
        }
    }

    fn known<'c>(&mut self, codes: impl IntoIterator<Item = &'c String>) {
        let list = self.form.choices(self.field);
        let unknown = codes.into_iter().find(|code| !list.iter().any(|one| one.code == **code));
        if let Some(code) = unknown {
            self.report(ProblemCode::UnknownCode, [("code", code.clone())]);
        }
    }

    fn report<const N: usize>(&mut self, code: ProblemCode, params: [(&'static str, String); N]) {
        let severity = match code {
            ProblemCode::UnknownCode | ProblemCode::DirectionControls => Severity::Warning,
            _ => Severity::Error,
        };
        let field = self.field.key.clone();
        self.problems.push(Problem { field, code, severity, params: params.into() });
    }
}

fn is_https_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels = host.split('.');
    // No user, no port: the address of an organisation's own page.
    let is_plain = |c: char| c.is_alphanumeric() || c == '-';
    labels.clone().count() > 1
        && labels.clone().all(|label| !label.is_empty() && label.chars().all(is_plain))
        && !rest.contains(char::is_whitespace)
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (8..=15).contains(&digits)
        && rest.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '/' | '-' | '(' | ')'))
}
