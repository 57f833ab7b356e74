//! One question: its words, its control, what is wrong with the answer.

use domain::forms::{Answer, ChoiceStyle, Field, FieldType, companions, set_answer};
use leptos::prelude::*;

use super::choices::{OneChoice, ScaleChoice, SeveralChoices, TriState};
use super::consent::Consent;
use super::number::Number;
use super::place::PlaceChoice;
use super::references::{SeveralRecords, one_record};
use super::scope::FormScope;
use super::text::TextAnswer;
use crate::i18n::{Key, language, t};
use crate::ui::{DateChoice, Shape, fresh_id, live_list, words};

/// A question with its control and those of its companions.
#[component]
pub(super) fn Question(scope: FormScope, field: &'static Field) -> impl IntoView {
    let id = fresh_id("q");
    let node: NodeRef<leptos::html::Fieldset> = NodeRef::new();
    Effect::new(move |_| {
        let wanted = scope.focus.with(|wanted| wanted.as_deref() == Some(field.key.as_str()));
        if let Some(node) = node.get().filter(|_| wanted) {
            node.scroll_into_view();
            drop(node.focus());
            scope.focus.set(None);
        }
    });
    let beside = Memo::new(move |_| {
        let found = scope.answers.with(|answers| companions(scope.form, field, answers).len());
        // A question of consent answers its companion itself.
        if matches!(field.field_type, FieldType::Consent(_)) { 0 } else { found }
    });
    let companion = move || {
        let beside = beside.get() > 0;
        let found = scope.answers.with_untracked(|answers| companions(scope.form, field, answers));
        let found = found.into_iter().filter(move |_| beside);
        found.map(|field| view! { <Companion scope field /> }.into_any()).collect()
    };
    let problem = scope.problem(field);
    let help = words(move || {
        field.help.as_ref().map(|help| help.get(language()).to_owned()).unwrap_or_default()
    });
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <fieldset
            class="question"
            class:wrong=Signal::derive(move || problem.with(|problem| !problem.is_empty()))
            node_ref=node
            tabindex="-1"
            aria-describedby=described
            data-field=field.key.clone()
        >
            <legend class="question-words">
                <Words scope field />
            </legend>
            <p class="help" id=help_id>{help}</p>
            {control(scope, field, id)}
            {live_list(companion)}
            <p class="problem" id=problem_id aria-live="polite">{problem}</p>
        </fieldset>
    }
}

/// A field that is asked inside another's question.
#[component]
fn Companion(scope: FormScope, field: &'static Field) -> impl IntoView {
    let id = fresh_id("q");
    let problem = scope.problem(field);
    let problem_id = format!("{id}-problem");
    let described = problem_id.clone();
    view! {
        <fieldset class="companion" aria-describedby=described data-field=field.key.clone()>
            <legend>{words(move || field.question(language()).to_owned())}</legend>
            {control(scope, field, id)}
            <p class="problem" id=problem_id aria-live="polite">{problem}</p>
        </fieldset>
    }
}

/// Number, words, and whether an answer is needed.
#[component]
fn Words(scope: FormScope, field: &'static Field) -> impl IntoView {
    let number = words(move || scope.number(&field.key).map(|n| n.to_string()).unwrap_or_default());
    view! {
        <span class="question-number">{number}</span>
        <span>{words(move || field.question(language()).to_owned())}</span>
        {field.required.then(|| view! { <span class="needed">{t(Key::FormNeeded)}</span> })}
    }
}

fn control(scope: FormScope, field: &'static Field, id: String) -> AnyView {
    match &field.field_type {
        FieldType::Text(rules) | FieldType::LongText(rules) => {
            view! { <TextAnswer scope field rules id /> }.into_any()
        }
        FieldType::Integer(rules) => view! { <Number scope field rules id /> }.into_any(),
        FieldType::Date(_) => date(scope, field, id),
        FieldType::Choice(rules) => {
            let shape = if rules.style == ChoiceStyle::List { Shape::Stack } else { Shape::Wrap };
            view! { <OneChoice scope field shape /> }.into_any()
        }
        FieldType::Choices(rules) => {
            view! { <SeveralChoices scope field rules ranked=false /> }.into_any()
        }
        FieldType::OrderedChoices(rules) => {
            view! { <SeveralChoices scope field rules ranked=true /> }.into_any()
        }
        FieldType::Scale5(_) => view! { <ScaleChoice scope field /> }.into_any(),
        FieldType::TriState => view! { <TriState scope field /> }.into_any(),
        FieldType::Place => view! { <PlaceChoice scope field id /> }.into_any(),
        FieldType::Consent(rules) => view! { <Consent scope field rules /> }.into_any(),
        FieldType::Reference(_) => one_record(scope, field, id),
        FieldType::References(_) => view! { <SeveralRecords scope field id /> }.into_any(),
    }
}

fn date(scope: FormScope, field: &'static Field, id: String) -> AnyView {
    let FieldType::Date(rules) = &field.field_type else { return ().into_any() };
    let answer = scope.answer(field);
    let limit = |limit: Option<domain::forms::DateLimit>| {
        limit.map(|limit| limit.resolve(scope.today).to_string()).unwrap_or_default()
    };
    let value = move || match answer.get() {
        Some(Answer::Text(date)) => date,
        _ => String::new(),
    };
    let choose = move |date: String| {
        scope.edit(&mut |answers| {
            let date = (!date.is_empty()).then(|| Answer::Text(date.clone()));
            set_answer(field, answers, date);
        });
    };
    // What may lie ahead is seldom behind.
    let beside = if rules.max.is_some() {
        (scope.today.yesterday().to_string(), Key::DateYesterday)
    } else {
        (scope.today.plus_days(1).to_string(), Key::DateTomorrow)
    };
    view! {
        <DateChoice
            id
            value
            on_choose=choose
            today=scope.today.to_string()
            beside
            can_clear=!field.required
            min=limit(rules.min)
            max=limit(rules.max)
        />
    }
    .into_any()
}
