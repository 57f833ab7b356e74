//! Questions of the coordination, and the author's answers.

use domain::change::RecordKey;
use domain::review::{ANSWER_MAX, Question, Review};
use leptos::prelude::*;

use super::Counter;
use crate::i18n::{Key, t, text};
use crate::pages::autosave::{Autosave, Saved};
use crate::pages::files::BackUpUnsaved;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::{AnswerDraft, App, device};
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
    let app: App = expect_context();
    let asked = words(move || question.get().map(|question| question.text).unwrap_or_default());
    let answer = Memo::new(move |_| {
        question.get().and_then(|question| question.answer).unwrap_or_default().trim().to_owned()
    });
    // An answer may have to be written anew: the guard can stop it.
    let is_begun = question.get_untracked().is_some_and(|question| {
        record.with_value(|record| app.half_answer(record, &question.key)).is_some()
    });
    let again = RwSignal::new(is_begun);
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
    let asked = question.get_untracked();
    let before = asked.as_ref().and_then(|asked| asked.answer.clone()).unwrap_or_default();
    let key = StoredValue::new(asked.map(|asked| asked.key).unwrap_or_default());
    let is_again = !before.trim().is_empty();
    let half = app.half_answer(&record.get_value(), &key.get_value());
    let saved = RwSignal::new(if half.is_some() { Saved::OnDisk } else { Saved::Untouched });
    let saver = Autosave::new(app, saved);
    let typed = RwSignal::new(half.unwrap_or_else(|| before.clone()));
    let before = StoredValue::new(before);
    let written = move || AnswerDraft {
        record: record.get_value(),
        question: key.get_value(),
        text: typed.get_untracked(),
    };
    let give_up = move || {
        saver.with_value(Autosave::stop);
        saved.set(Saved::Untouched);
        record.with_value(|record| key.with_value(|key| app.forget_answer(record, key)));
    };
    let write = move |text: String| {
        let says_more = !text.trim().is_empty() && before.with_value(|before| *before != text);
        typed.set(text);
        if says_more {
            saver.with_value(|saver| saver.touch(written().document()));
        } else {
            give_up();
        }
    };
    let cancel = move |()| {
        give_up();
        again.set(false);
    };
    let unsaved = Callback::new(move |()| written().document());
    let task = Task::new();
    let send = move |()| {
        saver.with_value(Autosave::stop);
        let answer = written();
        let work = async move {
            let kept = answer.document();
            let sent = app.answer_question(answer).await;
            if sent.is_err() {
                // It is this form's again, if the form is still there.
                let _ = saver.try_with_value(|saver| saver.touch(kept));
            }
            sent
        };
        task.run(work, move || again.set(false));
    };
    let id = fresh_id("answer");
    let input = view! {
        <TextInput id=id.clone() value=typed on_input=write lines=3 />
    }
    .into_any();
    view! {
        <div inert=task.busy()>
            <Field id label=t(Key::ReviewAnswer)>
                <GuardedInput text=typed.into() finder=device::matches marked=true input />
            </Field>
        </div>
        <Counter typed max=ANSWER_MAX />
        <p class="soft small" role="status">{words(move || saved.with(Saved::say))}</p>
        <If when=move || saved.with(|saved| matches!(saved, Saved::Failed(_)))>
            <BackUpUnsaved unsaved />
        </If>
        <div class="cluster">
            <Button
                label=t(Key::ReviewSendAnswer)
                look=Look::Primary
                sign=Sign::Letter
                on_press=send
                busy=task.busy()
            />
            {is_again.then(|| view! { <Button label=t(Key::WordCancel) on_press=cancel /> })}
        </div>
        <TroubleNotice trouble=task.trouble() />
    }
}
