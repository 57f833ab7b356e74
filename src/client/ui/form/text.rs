//! Words as an answer, with their length where there is a limit.

use domain::forms::{Answer, Field, FieldType, Pattern, TextRules, text_length};
use leptos::prelude::*;

use super::guard::{Guarded, Marked, Reason, Reasons};
use super::scope::FormScope;
use crate::i18n::{Key, language, t};
use crate::ui::{If, TextInput, words};

/// Lines from this many characters on get a box.
const LONG: usize = 120;

/// Words. What is typed is kept as it is typed; blanks count as no answer.
#[component]
pub(super) fn TextAnswer(
    scope: FormScope,
    field: &'static Field,
    rules: &'static TextRules,
    id: String,
) -> impl IntoView {
    let answer = scope.answer(field);
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Text(text)) => text,
        _ => String::new(),
    });
    let write = move |text: String| {
        scope.edit(&mut |answers| {
            // Blanks stay while somebody types: the domain drops them when the form is finished.
            if text.is_empty() {
                answers.remove(&field.key);
            } else {
                domain::forms::set_answer(field, answers, Some(Answer::Text(text.clone())));
            }
        });
    };
    let problem = scope.problem(field);
    let invalid = move || problem.with(|problem| !problem.is_empty());
    let lines = match field.field_type {
        FieldType::LongText(_) => 5,
        _ if rules.max >= LONG => 3,
        _ => 1,
    };
    let keyboard = if rules.pattern == Some(Pattern::Year) { "numeric" } else { "text" };
    let code = matches!(rules.pattern, Some(Pattern::CollectiveCode));
    let used = move || value.with(|text| text_length(text));
    // A counter is of use near the end only; before, it would be one more thing to read.
    let counter = words(move || match used() {
        used if used * 2 > rules.max => format!("{used} / {}", rules.max),
        _ => String::new(),
    });
    let input =
        view! { <TextInput id=id.clone() value on_input=write lines invalid keyboard code /> };
    let input = if rules.guard {
        let finder = scope.finder;
        let guarded = Memo::new(move |_| Guarded::new(value.get(), &finder));
        let reasons = Memo::new(move |_| guarded.with(Guarded::reasons));
        let is_stopped =
            Signal::derive(move || reasons.with(|reasons| reasons.iter().any(Reason::stops)));
        // A line scrolls sideways away from what stands behind it; its words are named below.
        let marked = (lines > 1).then(|| view! { <Marked guarded /> });
        view! {
            <div class="writing">{marked} {input}</div>
            <div role="status">
                <Reasons reasons />
                <If when=is_stopped>
                    <p class="help">{t(Key::GuardStop)}</p>
                </If>
            </div>
        }
        .into_any()
    } else {
        input.into_any()
    };
    view! {
        <label class="hidden-words" for=id>
            {words(move || field.question(language()).to_owned())}
        </label>
        {input}
        <p class="counter" class:over=Signal::derive(move || used() > rules.max)>{counter}</p>
    }
}
