//! A whole number as an answer, and the help to count person-nights.

use domain::forms::{Answer, Field, IntegerRules, set_answer, step_integer};
use leptos::prelude::*;

use super::scope::FormScope;
use crate::i18n::{Key, language, say, t};
use crate::ui::{Button, Stepper, fresh_id, words};

/// The one number that people count as so many persons for so many nights.
const PERSON_NIGHTS: &str = "person_nights_30d";
/// Nights that this number looks back on.
const NIGHTS: i64 = 30;

/// A number.
#[component]
pub(super) fn Number(
    scope: FormScope,
    field: &'static Field,
    rules: &'static IntegerRules,
    id: String,
) -> impl IntoView {
    let answer = scope.answer(field);
    let value = move || match answer.get() {
        Some(Answer::Int(number)) => Some(number),
        _ => None,
    };
    let set = move |number: Option<i64>| {
        scope.edit(&mut |answers| {
            set_answer(field, answers, number.map(Answer::Int));
        });
    };
    let step = move |by: i64| scope.edit(&mut |answers| step_integer(field, answers, by));
    let problem = scope.problem(field);
    view! {
        <label class="hidden-words" for=id.clone()>
            {words(move || field.question(language()).to_owned())}
        </label>
        <Stepper
            id
            value
            on_set=set
            on_step=step
            buttons=rules.stepper
            invalid=move || problem.with(|problem| !problem.is_empty())
        />
        {(field.key == PERSON_NIGHTS).then(|| view! { <NightsHelper on_use=move |n| set(Some(n)) /> })}
    }
}

/// So many persons, so many nights: their product is the answer.
#[component]
fn NightsHelper(#[prop(into)] on_use: Callback<i64>) -> impl IntoView {
    let (persons, nights) = (RwSignal::new(1_i64), RwSignal::new(1_i64));
    let product = move || persons.get().saturating_mul(nights.get());
    let part = move |label: Key, value: RwSignal<i64>, max: i64| {
        let id = fresh_id("nights");
        let set = move |number: i64| value.set(number.clamp(0, max));
        let write = move |number: Option<i64>| set(number.unwrap_or_default());
        view! {
            <div class="nights-part">
                <label for=id.clone()>{t(label)}</label>
                <Stepper
                    id
                    value=move || Some(value.get())
                    on_set=write
                    on_step=move |by: i64| set(value.get_untracked() + by)
                />
            </div>
        }
    };
    let label = move || say(Key::NightsUse, &[("n", &product().to_string())]);
    view! {
        <details class="aside">
            <summary>{t(Key::NightsTitle)}</summary>
            <div class="nights">
                {part(Key::NightsPersons, persons, 100)}
                {part(Key::NightsNights, nights, NIGHTS)}
            </div>
            <Button label on_press=move |()| on_use.run(untrack(product)) />
        </details>
    }
}
