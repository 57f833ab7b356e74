//! A municipality: one tap for the nineteen of Brussels, a code for elsewhere.

use domain::forms::places::{COMMUNES, commune_of};
use domain::forms::{Answer, Field, set_answer};
use leptos::prelude::*;

use super::scope::FormScope;
use crate::i18n::{Key, language, t};
use crate::ui::{ChoiceButtons, Field as Frame, Opt, Shape, TextInput};

/// The municipality.
#[component]
pub(super) fn PlaceChoice(scope: FormScope, field: &'static Field, id: String) -> impl IntoView {
    let answer = scope.answer(field);
    let chosen = Signal::derive(move || match answer.get() {
        Some(Answer::Code(code)) => Some(code),
        _ => None,
    });
    let set = move |code: String| {
        scope.edit(&mut |answers| {
            set_answer(field, answers, Some(Answer::Code(code.clone())));
        });
    };
    let options = move || {
        let language = language();
        let option = |commune: &domain::forms::places::Commune| Opt {
            code: commune.place_code(),
            label: commune.name(language).to_owned(),
        };
        COMMUNES.iter().map(option).collect::<Vec<_>>()
    };
    let elsewhere =
        move || chosen.get().filter(|code| commune_of(code).is_none()).unwrap_or_default();
    view! {
        <ChoiceButtons options chosen on_choose=set shape=Shape::Wrap />
        <details class="aside">
            <summary>{t(Key::PlaceElsewhere)}</summary>
            <Frame id=id.clone() label=t(Key::PlaceCode) help=t(Key::PlaceCodeHelp)>
                <TextInput id value=elsewhere on_input=move |code: String| set(code.trim().to_owned()) code=true />
            </Frame>
        </details>
    }
}
