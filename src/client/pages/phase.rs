//! When there is no notebook to show: why, and what to do.

use leptos::prelude::*;

use super::later::{Later, LaterPart};
use crate::i18n::{Counted, Key, coded, count, say, t};
use crate::routes;
use crate::state::{App, Phase, device};
use crate::ui::{Button, If, Look, Notice, Page, Tone, live, words};

/// While the notebook is opened.
#[component]
pub fn OpeningPage() -> impl IntoView {
    view! {
        <Page title=t(Key::OpeningTitle) passing=true>
            <p class="soft" role="status"></p>
        </Page>
    }
}

/// Another tab has it.
#[component]
pub fn OtherTabPage() -> impl IntoView {
    let app: App = expect_context();
    view! {
        <Page title=t(Key::OtherTabTitle)>
            <p>{t(Key::OtherTabWhat)}</p>
            <Button label=t(Key::OtherTabTake) look=Look::Primary on_press=move |()| app.take_over() />
        </Page>
    }
}

/// The browser lost what was stored: what is known of it, before anything begins anew.
#[component]
pub fn LostPage() -> impl IntoView {
    let app: App = expect_context();
    let canary = move || match app.phase() {
        Phase::Lost(canary) => Some(canary),
        _ => None,
    };
    let known = live(move || {
        let Some(canary) = canary() else { return ().into_any() };
        let id = canary.device.get(..8).unwrap_or_default();
        view! {
            <ul>
                <li>{count(Counted::LostRecords, canary.records)}</li>
                <li>{count(Counted::LostUnsent, canary.unsent)}</li>
                <li>{say(Key::LostDevice, &[("id", id)])}</li>
            </ul>
        }
        .into_any()
    });
    view! {
        <Page title=t(Key::LostTitle)>
            <Notice tone=Tone::Bad>
                <p>{t(Key::LostWhat)}</p>
                {known}
            </Notice>
            <p>{t(Key::LostAcceptWhat)}</p>
            <LaterPart part=Later::AcceptLoss />
        </Page>
    }
}

/// Goes on with what is left.
#[component]
pub(super) fn AcceptLoss() -> impl IntoView {
    let app: App = expect_context();
    view! {
        <Button label=t(Key::LostAccept) look=Look::Danger on_press=move |()| app.accept_loss() />
    }
}

/// Why the notebook does not open although its rows may.
const CAN_COPY: [&str; 4] = ["damaged", "full", "newer_store", "store"];

/// It cannot be opened; nothing was changed.
#[component]
pub fn FailedPage() -> impl IntoView {
    let app: App = expect_context();
    let code = Memo::new(move |_| match app.phase() {
        Phase::Failed(code) => code,
        _ => String::new(),
    });
    view! {
        <Page title=t(Key::FailedTitle)>
            <Notice tone=Tone::Bad>
                <p>{words(move || coded("failed", &code.get(), Key::FailedOther).to_owned())}</p>
            </Notice>
            <p class="soft small">{words(move || say(Key::TroubleCode, &[("code", &code.get())]))}</p>
            <div class="cluster">
                <Button
                    label=t(Key::FailedRetry)
                    look=Look::Primary
                    on_press=move |()| device::reload()
                />
                <If when=move || code.with(|code| CAN_COPY.contains(&code.as_str()))>
                    <Button
                        label=t(Key::BackupMake)
                        on_press=move |()| device::open(routes::RESCUE)
                    />
                </If>
            </div>
        </Page>
    }
}
