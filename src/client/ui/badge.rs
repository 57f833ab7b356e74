//! How far a record has come, said by a drawing and by words.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use super::live::live;
use crate::i18n::{Key, t};

/// A few words that call for somebody.
#[component]
pub fn CareTag(
    /// Beside them.
    sign: Sign,
    /// The words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="tag" data-look="care">
            <Icon sign />
            <span>{label}</span>
        </span>
    }
}

/// How far a record has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordBadge {
    /// Half-filled.
    Draft,
    /// Only here.
    OnThisPhone,
    /// Sent, no receipt yet.
    OnItsWay,
    /// A receipt names it.
    Received,
    /// The server refused it.
    Refused,
    /// Written to practise.
    Exercise,
    /// Invented, to practise with.
    Example,
}

impl RecordBadge {
    fn parts(self) -> (&'static str, Sign, Key, Key) {
        match self {
            Self::Draft => ("draft", Sign::Pencil, Key::StateDraft, Key::StateDraftWhy),
            Self::OnThisPhone => ("here", Sign::Phone, Key::StateHere, Key::StateHereWhy),
            Self::OnItsWay => ("going", Sign::Letter, Key::StateGoing, Key::StateGoingWhy),
            Self::Received => ("received", Sign::Check, Key::StateReceived, Key::StateReceivedWhy),
            Self::Refused => ("refused", Sign::Attention, Key::StateRefused, Key::StateRefusedWhy),
            Self::Exercise => {
                ("exercise", Sign::Notebook, Key::StateExercise, Key::StateExerciseWhy)
            }
            Self::Example => ("example", Sign::Info, Key::StateExample, Key::StateExampleWhy),
        }
    }
}

/// A state with its explanation behind a tap.
///
/// A long list has one on each line, and `details` costs a browser as much to lay out as all else of a line:
/// so it is a button, and the explanation is there once it was asked for.
#[component]
pub fn StateBadge(
    /// How far it has come.
    #[prop(into)]
    state: Signal<RecordBadge>,
) -> impl IntoView {
    live(move || {
        let (name, sign, words, why) = state.get().parts();
        let is_open = RwSignal::new(false);
        let expanded = Signal::derive(move || if is_open.get() { "true" } else { "false" });
        let reason =
            live(
                move || {
                    if is_open.get() { view! { <p>{t(why)}</p> }.into_any() } else { ().into_any() }
                },
            );
        view! {
            <div class="state" data-state=name>
                <button
                    type="button"
                    aria-expanded=expanded
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    <Icon sign />
                    <span>{t(words)}</span>
                </button>
                {reason}
            </div>
        }
        .into_any()
    })
}
