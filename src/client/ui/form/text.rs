//! Words as an answer, with their length where there is a limit.

use domain::forms::{Answer, Field, FieldType, Pattern, TextRules, text_length};
use leptos::prelude::*;

use super::guard::GuardedInput;
use super::scope::FormScope;
use crate::i18n::language;
use crate::ui::{MonthInput, TextInput, words};

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
        _ if rules.max >= LONG && rules.pattern.is_none() => 3,
        _ => 1,
    };
    let keyboard = match rules.pattern {
        Some(Pattern::Year) => "numeric",
        Some(Pattern::Phone) => "tel",
        Some(Pattern::HttpsUrl) => "url",
        _ => "text",
    };
    let code = matches!(rules.pattern, Some(Pattern::CollectiveCode));
    let used = move || value.with(|text| text_length(text));
    // A counter is of use near the end only; before, it would be one more thing to read.
    let counter = words(move || match used() {
        used if used * 2 > rules.max && rules.pattern.is_none() => {
            format!("{used} / {}", rules.max)
        }
        _ => String::new(),
    });
    let label = id.clone();
    let input = if rules.pattern == Some(Pattern::Month) {
        let max = scope.today.month();
        view! { <MonthInput id value on_input=write max /> }.into_any()
    } else {
        view! { <TextInput id value on_input=write lines invalid keyboard code /> }.into_any()
    };
    let input = if rules.guard {
        // A line scrolls sideways away from what stands behind it; its words are named below.
        let marked = lines > 1;
        view! { <GuardedInput text=value finder=scope.finder marked input /> }.into_any()
    } else {
        input
    };
    view! {
        <label class="hidden-words" for=label>
            {words(move || field.question(language()).to_owned())}
        </label>
        {input}
        <p class="counter" class:over=Signal::derive(move || used() > rules.max)>{counter}</p>
    }
}
