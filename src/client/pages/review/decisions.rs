//! What a coordinator can decide about a visit, from where it is.

use domain::change::RecordKey;
use domain::review::{Decision, QUESTION_MAX, Review, ReviewState};
use leptos::prelude::*;

use super::Counter;
use super::obstacles::{flag_text, obstacle_text};
use crate::i18n::{Key, t};
use crate::pages::names;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::App;
use crate::ui::{
    Button, ChoiceButtons, Field, If, Look, Opt, Shape, Sign, TextInput, fresh_id, live_list,
};

/// Codes of the list `review_reason`.
const REASONS: [&str; 4] = ["duplicate", "off_topic", "test", "personal_data"];
/// What a reviewer looks at before validating.
const CHECKS: [Key; 6] = [
    Key::ReviewCheckPerson,
    Key::ReviewCheckPlace,
    Key::ReviewCheckConsent,
    Key::ReviewCheckKnown,
    Key::ReviewCheckNights,
    Key::ReviewCheckFollowUp,
];

/// The decisions that lead on from where the visit is.
#[component]
pub(super) fn Decisions(record: RecordKey, review: Memo<Option<Review>>) -> impl IntoView {
    let app: App = expect_context();
    let record = StoredValue::new(record);
    let task = Task::new();
    let state = Memo::new(move |_| {
        review.with(|review| review.as_ref().map_or(ReviewState::Unknown, |review| review.state))
    });
    let decide = Callback::new(move |decision: Decision| {
        let record = record.get_value();
        task.run(async move { app.decide(record, decision).await }, || {});
    });
    let busy = task.busy();
    let is = move |wanted: ReviewState| move || state.get() == wanted;
    let can_reopen = move || Decision::Reopen.leads_from(state.get());
    view! {
        <If when=is(ReviewState::Submitted)>
            <Button
                label=t(Key::ReviewOpen)
                sign=Sign::Search
                on_press=move |()| decide.run(Decision::Open)
                busy
            />
        </If>
        <If when=is(ReviewState::InReview)>
            <Validation record decide busy />
            <Asking record task />
            <Rejection decide busy />
        </If>
        <If when=can_reopen>
            <Button
                label=t(Key::ReviewReopen)
                sign=Sign::Back
                on_press=move |()| decide.run(Decision::Reopen)
                busy
            />
        </If>
        <TroubleNotice trouble=task.trouble() />
    }
}

/// The check-list, what stands in the way, and the button.
#[component]
fn Validation(
    record: StoredValue<RecordKey>,
    decide: Callback<Decision>,
    busy: Signal<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let obstacles = Memo::new(move |_| record.with_value(|record| app.obstacles(record)));
    let is_free = move || obstacles.with(Vec::is_empty);
    let flags = Memo::new(move |_| record.with_value(|record| app.flags(record)));
    let line = |key: Key| view! { <li>{t(key)}</li> }.into_any();
    let told = |sentence: String| view! { <li>{sentence}</li> }.into_any();
    view! {
        <details class="aside">
            <summary>{t(Key::ReviewChecks)}</summary>
            <ul>{CHECKS.map(line).into_iter().collect::<Vec<_>>()}</ul>
        </details>
        <If when=move || !flags.with(Vec::is_empty)>
            <p>{t(Key::ReviewFlags)}</p>
            <ul>
                {live_list(move || flags.with(|all| all.iter().map(|one| told(flag_text(one))).collect()))}
            </ul>
        </If>
        <If
            when=is_free
            otherwise=move || view! {
                <p>{t(Key::ReviewObstacles)}</p>
                <ul>
                    {live_list(move || {
                        obstacles.with(|all| all.iter().map(|one| told(obstacle_text(app, one))).collect())
                    })}
                </ul>
            }
        >
            <Button
                label=t(Key::ReviewValidate)
                look=Look::Primary
                sign=Sign::Check
                on_press=move |()| decide.run(Decision::Validate)
                busy
            />
        </If>
    }
}

/// A question to the author.
#[component]
fn Asking(record: StoredValue<RecordKey>, task: Task) -> impl IntoView {
    let app: App = expect_context();
    let typed = RwSignal::new(String::new());
    let ask = move |()| {
        let (record, text) = (record.get_value(), typed.get_untracked());
        task.run(async move { app.ask_author(record, text).await }, || {});
    };
    let id = fresh_id("question");
    view! {
        <details class="aside">
            <summary>{t(Key::ReviewAsk)}</summary>
            <Field id=id.clone() label=t(Key::ReviewQuestion) help=t(Key::ReviewQuestionHelp)>
                <TextInput id value=typed on_input=move |text: String| typed.set(text) lines=3 />
            </Field>
            <Counter typed max=QUESTION_MAX />
            <Button label=t(Key::ReviewSendQuestion) sign=Sign::Letter on_press=ask busy=task.busy() />
        </details>
    }
}

/// Setting a visit aside, with the reason.
#[component]
fn Rejection(decide: Callback<Decision>, busy: Signal<bool>) -> impl IntoView {
    let reason = RwSignal::new(None::<String>);
    let reject = move |()| {
        if let Some(reason) = reason.get_untracked() {
            decide.run(Decision::Reject { reason });
        }
    };
    let options = move || {
        let option = |code: &str| Opt {
            code: code.to_owned(),
            label: names::code_in("visit", "review_reason", code),
        };
        REASONS.map(option).to_vec()
    };
    view! {
        <details class="aside">
            <summary>{t(Key::ReviewReject)}</summary>
            <p class="soft small">{t(Key::ReviewRejectWhat)}</p>
            <ChoiceButtons
                options
                chosen=reason
                on_choose=move |code: String| reason.set(Some(code))
                shape=Shape::Wrap
            />
            <If when=move || reason.with(Option::is_some)>
                <Button label=t(Key::ReviewRejectDo) on_press=reject busy />
            </If>
        </details>
    }
}
