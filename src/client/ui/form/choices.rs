//! Answers that are chosen from a list.

use domain::forms::{
    Answer, ChoicesRules, Field, NOT_SAID, Toggled, is_answered, set_answer, toggle_choice,
};
use leptos::prelude::*;

use super::scope::FormScope;
use crate::i18n::{Counted, Key, count, language, text};
use crate::ui::{Chips, ChoiceButtons, Opt, Scale, Shape, words};

/// The options of a field in the language of the moment, and codes that are held but not known.
fn options(scope: FormScope, field: &'static Field) -> Signal<Vec<Opt>> {
    let answer = scope.answer(field);
    let memo = Memo::new(move |_| {
        let choices = scope.form.choices(field);
        let known = choices.iter().map(|choice| Opt {
            code: choice.code.clone(),
            label: choice.label.get(language()).to_owned(),
        });
        let held = match answer.get() {
            Some(Answer::Codes(codes)) => codes,
            Some(Answer::Code(code)) => vec![code],
            _ => Vec::new(),
        };
        let foreign = held.into_iter().filter(|code| !choices.iter().any(|one| one.code == *code));
        known.chain(foreign.map(|code| Opt { label: code.clone(), code })).collect::<Vec<_>>()
    });
    memo.into()
}

fn toggle(scope: FormScope, field: &'static Field, code: &str) -> Toggled {
    let mut toggled = Toggled::NotAChoice;
    scope.edit(&mut |answers| toggled = toggle_choice(field, answers, code));
    toggled
}

/// One code of a list.
#[component]
pub(super) fn OneChoice(scope: FormScope, field: &'static Field, shape: Shape) -> impl IntoView {
    let answer = scope.answer(field);
    let chosen = move || match answer.get() {
        Some(Answer::Code(code)) => Some(code),
        _ => None,
    };
    let choose = move |code: String| {
        toggle(scope, field, &code);
    };
    view! { <ChoiceButtons options=options(scope, field) chosen on_choose=choose shape /> }
}

/// Several codes of a list, in an order or in none.
#[component]
pub(super) fn SeveralChoices(
    scope: FormScope,
    field: &'static Field,
    rules: &'static ChoicesRules,
    ranked: bool,
) -> impl IntoView {
    let answer = scope.answer(field);
    let chosen = move || match answer.get() {
        Some(Answer::Codes(codes)) => codes,
        _ => Vec::new(),
    };
    let full = RwSignal::new(false);
    let tap = move |code: String| full.set(toggle(scope, field, &code) == Toggled::Full);
    let told = words(move || match rules.max.filter(|_| full.get()) {
        Some(max) => count(Counted::FormFull, max),
        None => String::new(),
    });
    view! {
        <Chips options=options(scope, field) chosen on_toggle=tap ranked />
        <p class="told" role="status">{told}</p>
    }
}

/// A point of a scale.
#[component]
pub(super) fn ScaleChoice(scope: FormScope, field: &'static Field) -> impl IntoView {
    let answer = scope.answer(field);
    let chosen = move || match answer.get() {
        Some(Answer::Int(point)) => Some(point.to_string()),
        _ => None,
    };
    let choose = move |code: String| {
        let held = scope.answers.with_untracked(|answers| is_answered(answers, &field.key));
        // "Not said" is what holds already while nothing is said.
        if held || code != NOT_SAID {
            toggle(scope, field, &code);
        }
    };
    view! { <Scale options=options(scope, field) chosen on_choose=choose /> }
}

/// Yes, no, or nothing.
#[component]
pub(super) fn TriState(scope: FormScope, field: &'static Field) -> impl IntoView {
    let answer = scope.answer(field);
    let chosen = move || match answer.get() {
        Some(Answer::Bool(true)) => Some("yes".to_owned()),
        Some(Answer::Bool(false)) => Some("no".to_owned()),
        _ => None,
    };
    let options = move || {
        let option = |code: &str, key| Opt { code: code.to_owned(), label: text(key).to_owned() };
        vec![option("yes", Key::WordYes), option("no", Key::WordNo)]
    };
    let choose = move |code: String| {
        let tapped = Answer::Bool(code == "yes");
        scope.edit(&mut |answers| {
            let again = answers.get(&field.key) == Some(&tapped);
            set_answer(field, answers, (!again).then(|| tapped.clone()));
        });
    };
    view! { <ChoiceButtons options chosen on_choose=choose shape=Shape::Wrap /> }
}
