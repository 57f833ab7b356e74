//! Questions of the coordination, and the author's answers.

use domain::change::RecordKey;
use domain::review::{ANSWER_MAX, Question, Review};
use leptos::prelude::*;

use super::Counter;
use crate::i18n::{Key, t, text};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::{App, device};
use crate::ui::form::GuardedInput;
use crate::ui::{Button, Field, If, Keyed, Look, Sign, TextInput, fresh_id, live, words};

/// Every question with its answer; the author answers here.
#[component]
pub(super) fn Questions(
    record: RecordKey,
    review: Memo<Option<Review>>,
    own: Signal<bool>,
) -> impl IntoView {
    let record = StoredValue::new(record);
    let keys = move || {
        review.with(|review| {
            let questions = review.as_ref().map(|review| review.questions.as_slice());
            questions.unwrap_or_default().iter().map(|one| one.key.clone()).collect::<Vec<_>>()
        })
    };
    let part = move |key: String| {
        let stored = StoredValue::new(key);
        let is_it = move |question: &&Question| stored.with_value(|key| question.key == *key);
        let question = Memo::new(move |_| {
            review.with(|review| review.as_ref()?.questions.iter().find(is_it).cloned())
        });
        let is_open = Memo::new(move |_| {
            review.with(|review| {
                review.as_ref().is_some_and(|r| r.open_questions().any(|q| is_it(&q)))
            })
        });
        view! { <OneQuestion record question is_open own /> }.into_any()
    };
    view! { <Keyed keys part /> }
}

#[component]
fn OneQuestion(
    record: StoredValue<RecordKey>,
    question: Memo<Option<Question>>,
    is_open: Memo<bool>,
    own: Signal<bool>,
) -> impl IntoView {
    let asked = words(move || question.get().map(|question| question.text).unwrap_or_default());
    let answer = Memo::new(move |_| {
        question.get().and_then(|question| question.answer).unwrap_or_default().trim().to_owned()
    });
    // An answer may have to be written anew: the guard can stop it.
    let again = RwSignal::new(false);
    let writes = Memo::new(move |_| own.get() && (is_open.get() || again.get()));
    let body = live(move || {
        if writes.get() {
            return view! { <AnswerForm record question again /> }.into_any();
        }
        if answer.with(String::is_empty) {
            return view! { <p class="soft">{text(Key::ReviewNoAnswer)}</p> }.into_any();
        }
        view! {
            <p class="written">
                <bdi>{answer}</bdi>
            </p>
            <If when=own>
                <Button
                    label=t(Key::ReviewAnswerAgain)
                    look=Look::Quiet
                    sign=Sign::Pencil
                    on_press=move |()| again.set(true)
                />
            </If>
        }
        .into_any()
    });
    view! {
        <div class="asked">
            <p>
                <span class="soft small">{t(Key::ReviewAsks)}</span>
                <br />
                <bdi>{asked}</bdi>
            </p>
            {body}
        </div>
    }
}

#[component]
fn AnswerForm(
    record: StoredValue<RecordKey>,
    question: Memo<Option<Question>>,
    again: RwSignal<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let before = question.get_untracked().and_then(|question| question.answer);
    let typed = RwSignal::new(before.unwrap_or_default());
    let task = Task::new();
    let send = move |()| {
        let (record, text) = (record.get_value(), typed.get_untracked());
        let Some(question) = question.get_untracked() else { return };
        let work = async move { app.answer_question(record, &question.key, &text).await };
        task.run(work, move || again.set(false));
    };
    let id = fresh_id("answer");
    let input = view! {
        <TextInput id=id.clone() value=typed on_input=move |text: String| typed.set(text) lines=3 />
    }
    .into_any();
    view! {
        <Field id label=t(Key::ReviewAnswer)>
            <GuardedInput text=typed.into() finder=device::matches marked=true input />
        </Field>
        <Counter typed max=ANSWER_MAX />
        <Button label=t(Key::ReviewSendAnswer) look=Look::Primary sign=Sign::Letter on_press=send busy=task.busy() />
        <TroubleNotice trouble=task.trouble() />
    }
}
