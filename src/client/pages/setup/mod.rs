//! Setting a campaign up: a name, a code on paper, the proof that it can be read there.

mod code;
mod name;
mod prove;

use leptos::prelude::*;

use self::code::CodeStep;
use self::name::NameStep;
use self::prove::ProveStep;
use crate::i18n::{Key, say, t, text};
use crate::routes;
use crate::state::{App, Phase};
use crate::ui::{LinkButton, Look, Notice, Page, Sign, Tone, live, words};

/// Where one is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Not known yet: the store is being read.
    Looking,
    /// The campaign gets its name, and the keys are made.
    Name,
    /// The code is shown.
    Code(String),
    /// The code is typed back.
    Prove(String),
    /// Everything is in place.
    Done,
}

/// The steps, from wherever this device stands: a reload goes on where it was.
#[component]
pub fn SetupPage() -> impl IntoView {
    let app: App = expect_context();
    let step = RwSignal::new(Step::Looking);
    let look = move || {
        let is_new = app.phase() == Phase::New;
        if is_new {
            step.set(Step::Name);
            return;
        }
        leptos::task::spawn_local(async move {
            let next = app.recovery_code().await.map_or(Step::Done, Step::Code);
            // The page may be gone by now.
            let _ = step.try_set(next);
        });
    };
    untrack(look);
    let title = move || {
        text(match step.get() {
            Step::Looking | Step::Name => Key::SetupTitle,
            Step::Code(_) => Key::SetupCodeTitle,
            Step::Prove(_) => Key::SetupProveTitle,
            Step::Done => Key::SetupDoneTitle,
        })
    };
    let number = words(move || {
        let number = match step.get() {
            Step::Name => "1",
            Step::Code(_) => "2",
            Step::Prove(_) => "3",
            Step::Looking | Step::Done => return String::new(),
        };
        say(Key::SetupSteps, &[("n", number)])
    });
    let body = live(move || match step.get() {
        Step::Looking => ().into_any(),
        Step::Name => view! { <NameStep on_done=move |()| untrack(look) /> }.into_any(),
        Step::Code(code) => {
            let kept = code.clone();
            let written = move |()| step.set(Step::Prove(kept.clone()));
            view! { <CodeStep code on_written=written /> }.into_any()
        }
        Step::Prove(code) => {
            let back = move |()| step.set(Step::Code(code.clone()));
            view! { <ProveStep on_back=back on_done=move |()| step.set(Step::Done) /> }.into_any()
        }
        Step::Done => view! { <DoneStep /> }.into_any(),
    });
    view! {
        <Page title>
            <p class="soft small">{number}</p>
            {body}
        </Page>
    }
}

#[component]
fn DoneStep() -> impl IntoView {
    let app: App = expect_context();
    if !untrack(|| app.is_coordinator()) {
        // A member's phone that was led here has nothing to set up.
        return view! {
            <Notice>
                <p>{t(Key::TroubleAlreadyMember)}</p>
            </Notice>
            <LinkButton href=routes::HOME label=t(Key::JoinStart) />
        }
        .into_any();
    }
    view! {
        <Notice tone=Tone::Good>
            <p>{t(Key::SetupDoneWhat)}</p>
        </Notice>
        <p>{t(Key::SetupDoneSecond)}</p>
        <div class="cluster">
            <LinkButton
                href=routes::INVITE
                label=t(Key::InviteTitle)
                look=Look::Primary
                sign=Sign::People
            />
            <LinkButton href=routes::HOME label=t(Key::JoinStart) />
        </div>
    }
    .into_any()
}
