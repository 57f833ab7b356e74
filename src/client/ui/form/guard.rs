//! The guard while somebody writes: it marks the words that could let a person or a place be recognised, and
//! says why. It stands in nobody's way: what it finds can be saved.

use domain::forms::{Answer, Answers, Form, clip_text};
use domain::guard::{Finder, Finding, Mark, RULES, Severity, Spot, findings, marks, spots};
use leptos::prelude::*;

use crate::i18n::{Key, coded, t};
use crate::ui::{If, live_list};

/// More characters than any field takes. Rules that look back from every letter take longer than anybody waits in what
/// was pasted beyond.
const LONGEST: usize = 2_000;

/// Who matches the guard's rules.
pub type Matches = fn(&'static domain::guard::Rule, &str) -> Vec<std::ops::Range<usize>>;

/// A reason to look again, with the words that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Key of its sentence: see [`domain::guard::Rule::message`].
    pub message: &'static str,
    /// The worst of what was found.
    pub severity: Severity,
    /// The words, each once, in order.
    pub words: Vec<String>,
}

impl Reason {
    /// Whether it stands in the way of validating the record.
    fn stops(&self) -> bool {
        self.severity == Severity::Stop
    }
}

/// What the guard finds in the answers to a form: one entry for each reason, the graver first.
pub fn reasons_in(form: &Form, answers: &Answers, finder: Finder<'_>) -> Vec<Reason> {
    let mut texts: Vec<(String, Guarded)> = Vec::new();
    for Spot { field, finding } in spots(form, answers, finder) {
        let Some(Answer::Text(text)) = answers.get(&field) else { continue };
        match texts.last_mut().filter(|(of, _)| *of == field) {
            Some((_, guarded)) => guarded.found.push(finding),
            None => texts.push((field, Guarded { text: text.clone(), found: vec![finding] })),
        }
    }
    reasons_of(&texts.iter().map(|(_, guarded)| guarded).collect::<Vec<_>>())
}

fn reasons_of(texts: &[&Guarded]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for message in RULES.iter().map(|rule| rule.message) {
        if reasons.iter().any(|reason| reason.message == message) {
            continue;
        }
        let mut reason = Reason { message, severity: Severity::Warn, words: Vec::new() };
        for guarded in texts {
            let about = |finding: &&Finding| finding.rule.message == message;
            let found: Vec<Finding> = guarded.found.iter().filter(about).cloned().collect();
            for Mark { range, severity } in marks(&found) {
                let words = guarded.text.get(range).unwrap_or_default().to_owned();
                reason.severity = reason.severity.max(severity);
                if !reason.words.contains(&words) {
                    reason.words.push(words);
                }
            }
        }
        if !reason.words.is_empty() {
            reasons.push(reason);
        }
    }
    let (mut first, then): (Vec<_>, Vec<_>) = reasons.into_iter().partition(Reason::stops);
    first.extend(then);
    first
}

/// The reasons as sentences.
#[component]
pub fn Reasons(
    /// What was found.
    #[prop(into)]
    reasons: Signal<Vec<Reason>>,
) -> impl IntoView {
    let line = |reason: Reason| {
        let words = reason.words.into_iter();
        let words: Vec<AnyView> =
            words.map(|words| view! { <q>{words}</q>" " }.into_any()).collect();
        view! {
            <li data-look=look(reason.severity)>
                <p class="guard-words">{words}</p>
                <p>{coded("guard", reason.message, Key::GuardPerson)}</p>
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="guard" role="list">
            {live_list(move || reasons.get().into_iter().map(line).collect())}
        </ul>
    }
}

/// A text with what the guard finds in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Guarded {
    text: String,
    found: Vec<Finding>,
}

impl Guarded {
    /// Looks a text through, as far as it can be saved.
    fn new(text: String, finder: Finder<'_>) -> Self {
        Self { found: findings(clip_text(&text, LONGEST), finder), text }
    }

    /// Why to look again.
    fn reasons(&self) -> Vec<Reason> {
        reasons_of(&[self])
    }

    fn pieces(&self) -> Vec<AnyView> {
        let piece = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default().to_owned();
        let mut at = 0;
        let mut pieces = Vec::new();
        for Mark { range, severity } in marks(&self.found) {
            let words = piece(range.start, range.end);
            pieces.push(piece(at, range.start).into_any());
            pieces.push(view! { <mark data-look=look(severity)>{words}</mark> }.into_any());
            at = range.end;
        }
        pieces.push(piece(at, self.text.len()).into_any());
        // A last line break has no line of its own without something on it.
        pieces.push("\u{200B}".into_any());
        pieces
    }
}

/// A control for words, with what the guard finds in them: marked behind the words, said below them.
#[component]
pub fn GuardedInput(
    /// The words.
    text: Signal<String>,
    /// Matches the rules.
    finder: Matches,
    /// Whether the words are marked where they stand: the control must break its lines as their copy does.
    marked: bool,
    /// The control.
    input: AnyView,
) -> impl IntoView {
    let guarded = Memo::new(move |_| Guarded::new(text.get(), &finder));
    let reasons = Memo::new(move |_| guarded.with(Guarded::reasons));
    let is_stopped =
        Signal::derive(move || reasons.with(|reasons| reasons.iter().any(Reason::stops)));
    // The text once more behind what is written. Screen readers hear the reasons instead.
    let copy = marked.then(|| {
        view! {
            <div class="writing-marks" dir="auto" aria-hidden="true">
                {live_list(move || guarded.with(Guarded::pieces))}
            </div>
        }
    });
    view! {
        <div class="writing">{copy} {input}</div>
        <div role="status">
            <Reasons reasons />
            <If when=move || is_stopped.get()>
                <p class="help">{t(Key::GuardStop)}</p>
            </If>
        </div>
    }
}

fn look(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => "stop",
        Severity::Warn => "warn",
    }
}
