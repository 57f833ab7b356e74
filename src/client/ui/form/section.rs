//! A section: open, or folded behind its heading.

use domain::forms::{Section, is_answered};
use leptos::prelude::*;

use super::question::Question;
use super::scope::FormScope;
use crate::i18n::{Counted, count, language};
use crate::ui::{Keyed, fresh_id, words};

/// The section with this key.
#[component]
pub(super) fn SectionView(scope: FormScope, key: String) -> impl IntoView {
    let section = scope.form.sections.iter().find(|section| section.key == key)?;
    let questions = Memo::new(move |_| {
        let shape = scope.shape.read();
        let own = shape.iter().find(|(held, _)| *held == section.key);
        own.map(|(_, questions)| questions.clone()).unwrap_or_default()
    });
    let label = words(move || section.label.get(language()).to_owned());
    let question = move |key: String| match scope.form.field(&key) {
        Some(field) => view! { <Question scope field /> }.into_any(),
        None => ().into_any(),
    };
    let list = move || view! { <Keyed keys=questions part=question /> };
    Some(if section.folded && scope.folds {
        view! {
            <details class="fold">
                <summary>
                    <span class="fold-label">{label}</span>
                    <span class="fold-count">{words(move || answered(scope, section))}</span>
                </summary>
                {list()}
            </details>
        }
        .into_any()
    } else {
        let heading = fresh_id("section");
        let named_by = heading.clone();
        view! {
            <section aria-labelledby=named_by>
                <h2 class="hidden-words" id=heading>{label}</h2>
                {list()}
            </section>
        }
        .into_any()
    })
}

fn answered(scope: FormScope, section: &Section) -> String {
    let answers = scope.answers.read();
    let held = section.fields.iter().filter(|field| !field.automatic && field.default.is_none());
    match held.filter(|field| is_answered(&answers, &field.key)).count() {
        0 => String::new(),
        answered => count(Counted::FormAnswered, answered),
    }
}
