//! One renderer for every form: documents of `domain::forms` become questions.
//!
//! What may be answered and what is wrong with it is decided by the domain; here is only how it is
//! asked. The renderer holds no answers: it shows those it is given and tells the next ones.

mod choices;
mod consent;
mod guard;
mod messages;
mod number;
mod place;
mod question;
mod reading;
mod references;
mod scope;
mod section;
mod text;

use domain::forms::{Answers, CivilDate, FieldType, Form, Occasion, Severity};
use leptos::prelude::*;

pub use guard::{GuardedInput, Matches, Reasons, reasons_in};
pub use messages::problem_text;
pub use reading::{Reading, answer_text};
pub use scope::{ReferenceSlot, form_progress};

use self::scope::FormScope;
use self::section::SectionView;
use crate::i18n::{Counted, Key, count, language, t};
use crate::ui::{If, Keyed, live_list, words};

/// A form with its answers.
#[component]
pub fn FormView(
    /// The form.
    form: &'static Form,
    /// The answers so far.
    #[prop(into)]
    answers: Signal<Answers>,
    /// The answers after a tap or a letter.
    #[prop(into)]
    on_change: Callback<Answers>,
    /// Today, for limits of dates.
    today: CivilDate,
    /// What is checked: less while the form is filled in, everything once it was to be finished.
    #[prop(into)]
    occasion: Signal<Occasion>,
    /// Shows the picker of a field that refers to another record.
    picker: Callback<ReferenceSlot, AnyView>,
    /// Whether the field with this key is asked here; all are, without it.
    #[prop(optional)]
    asked: Option<Callback<String, bool>>,
    /// Whether its sections fold although they are not all of the form.
    #[prop(optional)]
    folds: bool,
    /// What is folded before the form's own sections.
    #[prop(optional)]
    folded_first: Option<Callback<(), AnyView>>,
    /// Whether the questions of the open sections carry numbers.
    #[prop(optional)]
    numbered: bool,
    /// Matches the rules of the guard.
    finder: Matches,
) -> impl IntoView {
    let mut scope =
        FormScope::new(form, answers, on_change, today, occasion, picker, asked, numbered, finder);
    let whole = scope.folds;
    scope.folds |= folds;
    let sections = move || {
        let shape = scope.shape.get();
        shape.into_iter().map(|(section, _)| section).collect::<Vec<_>>()
    };
    let folds_follow = move |key: &str| {
        let folded = scope.form.sections.iter().filter(|section| section.folded);
        folded.map(|section| section.key.as_str()).next() == Some(key)
    };
    let section = move |key: String| {
        let first_fold = whole && folds_follow(&key);
        view! {
            {first_fold.then(|| view! { <h2 class="folds">{t(Key::FormMore)}</h2> })}
            {folded_first.filter(|_| first_fold).map(|first| first.run(()))}
            <SectionView scope key />
        }
        .into_any()
    };
    view! {
        <div class="form">
            <Keyed keys=sections part=section />
            <ProblemList scope occasion />
        </div>
    }
}

/// What stands in the way of finishing; each entry leads to its question.
#[component]
fn ProblemList(scope: FormScope, #[prop(into)] occasion: Signal<Occasion>) -> impl IntoView {
    let errors = Memo::new(move |_| {
        let mut found: Vec<(String, String)> = Vec::new();
        scope.problems.with(|problems| {
            for problem in problems.iter().filter(|p| p.severity == Severity::Error) {
                let question = scope.question_of(&problem.field);
                // Consent is one question, whatever it answers.
                let is_consent = scope
                    .form
                    .field(&question)
                    .is_some_and(|field| matches!(field.field_type, FieldType::Consent(_)));
                let part = if is_consent { question.clone() } else { problem.field.clone() };
                let entry = (question, part);
                if scope.asks(&entry.0) && !found.contains(&entry) {
                    found.push(entry);
                }
            }
        });
        found
    });
    let is_shown = move || occasion.get() == Occasion::Finishing && !errors.with(Vec::is_empty);
    let entry = move |(key, part): (String, String)| {
        let field = scope.form.field(&key)?;
        // A part of a question is named with it.
        let part = scope.form.field(&part).filter(|_| part != key);
        let name = move || match part {
            Some(part) => [field, part].map(|field| field.question(language())).join(" · "),
            None => field.question(language()).to_owned(),
        };
        let go = move |_| scope.focus.set(Some(key.clone()));
        let entry = view! {
            <li>
                <button type="button" class="link" on:click=go>
                    {words(name)}
                </button>
            </li>
        };
        Some(entry.into_any())
    };
    let node: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if is_shown()
            && let Some(node) = node.get()
        {
            node.scroll_into_view();
        }
    });
    view! {
        <div role="alert" node_ref=node>
            <If when=is_shown>
                <div class="notice" data-tone="bad">
                    <div class="flow">
                        <p>{words(move || count(Counted::FormMissing, errors.with(Vec::len)))}</p>
                        <ul>{live_list(move || errors.get().into_iter().filter_map(entry).collect())}</ul>
                    </div>
                </div>
            </If>
        </div>
    }
}
