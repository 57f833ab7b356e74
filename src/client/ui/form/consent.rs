//! The question of consent: what to say aloud, and the answer for several fields at once.

use domain::forms::{ConsentRules, Field, choose_consent, chosen_consent};
use leptos::prelude::*;

use super::scope::FormScope;
use crate::i18n::{Key, language, t};
use crate::ui::{ChoiceButtons, Opt, words};

/// Buttons, and the script one tap away.
#[component]
pub(super) fn Consent(
    scope: FormScope,
    field: &'static Field,
    rules: &'static ConsentRules,
) -> impl IntoView {
    let options = move || {
        let language = language();
        let option = |option: &domain::forms::ConsentOption| Opt {
            code: option.key.clone(),
            label: option.label.get(language).to_owned(),
        };
        rules.options.iter().map(option).collect::<Vec<_>>()
    };
    let chosen = Memo::new(move |_| {
        scope
            .answers
            .with(|answers| chosen_consent(field, answers).map(|option| option.key.clone()))
    });
    let choose = move |key: String| {
        let language = untrack(language);
        scope.edit(&mut |answers| {
            choose_consent(field, answers, &key, language);
        });
    };
    view! {
        <details class="aside">
            <summary>{t(Key::FormScript)}</summary>
            <blockquote class="script">{words(move || rules.script.text.get(language()).to_owned())}</blockquote>
        </details>
        <ChoiceButtons options chosen on_choose=choose />
    }
}
