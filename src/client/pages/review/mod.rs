//! The review of a visit: where it is, what the coordination decides, what its author answers.

mod decisions;
mod obstacles;
mod questions;

use domain::change::RecordKey;
use domain::forms::{text_length, visit_form};
use domain::review::{Pen, Review, ReviewState};
use leptos::prelude::*;

use self::decisions::Decisions;
use self::questions::Questions;
use super::names;
use super::proposals::Proposals;
use crate::i18n::{Key, t, text};
use crate::state::App;
use crate::ui::{Icon, If, Sign, words};

/// All of the review that this person sees of a visit.
#[component]
pub(super) fn ReviewSection(
    /// The visit.
    key: RecordKey,
    /// Whether this member wrote it.
    #[prop(into)]
    own: Signal<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let stored = StoredValue::new(key);
    let review = Memo::new(move |_| stored.with_value(|key| app.review(key)));
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let is_proposal =
        move || own.get() && stored.with_value(|key| app.pen(key)) == Some(Pen::Proposes);
    // Before anybody looked at it, there is nothing to say to its author.
    let is_seen = move || {
        review.with(|review| {
            let seen = |review: &Review| {
                review.state != ReviewState::Submitted || !review.questions.is_empty()
            };
            review.as_ref().is_some_and(seen)
        })
    };
    let is_told = move || coordinator.get() || is_seen();
    view! {
        <If when=is_told>
            <section class="sheet flow">
                <h2>{t(Key::ReviewTitle)}</h2>
                <p class="cluster">
                    <StateTag review />
                </p>
                <If when=is_proposal>
                    <p class="soft">{t(Key::ReviewProposing)}</p>
                </If>
                <Questions record=stored.get_value() review own />
                <If when=move || coordinator.get()>
                    <Proposals record=stored.get_value() form=visit_form() />
                    <Decisions record=stored.get_value() review />
                </If>
            </section>
        </If>
    }
}

/// Where it is, in one word.
#[component]
fn StateTag(review: Memo<Option<Review>>) -> impl IntoView {
    let state = move || review.with(|review| review.as_ref().map(|review| review.state));
    let look = move || match state() {
        Some(ReviewState::Validated) => "good",
        Some(ReviewState::NeedsInfo) => "care",
        _ => "plain",
    };
    let label = words(move || {
        let code = state().and_then(ReviewState::code);
        code.map_or_else(
            || text(Key::ReviewUnknown).to_owned(),
            |code| names::code_in("visit", "review_state", code),
        )
    });
    let reason = words(move || {
        let reason = review.with(|review| review.as_ref().and_then(|r| r.reason.clone()));
        reason.map(|code| names::code_in("visit", "review_reason", &code)).unwrap_or_default()
    });
    view! {
        <span class="tag" data-look=Signal::derive(look)>
            <Icon sign=Sign::Check />
            <span>{label}</span>
        </span>
        <span class="soft">{reason}</span>
    }
}

/// How long what is typed is, in characters as people see them, of so many.
#[component]
fn Counter(typed: RwSignal<String>, max: usize) -> impl IntoView {
    let used = words(move || format!("{} / {max}", typed.with(|typed| text_length(typed))));
    view! { <p class="counter">{used}</p> }
}
