//! What is known of syncing. "Received" is never inferred from it: each record says that itself.

use leptos::prelude::*;

use super::task::Task;
use super::trouble::trouble_text;
use crate::i18n::{Counted, Key, count, moment, say, t, text};
use crate::routes;
use crate::state::{App, Counts, Step, Tally, device};
use crate::ui::{Button, Icon, If, Notice, Progress, Sign, Tone, live, words};

/// A clock is called wrong from here on, in minutes.
const CLOCK_MINUTES: u64 = 10;

/// How much is not received yet, when it was last tried, and a button.
#[component]
pub(super) fn SyncLine() -> impl IntoView {
    let app: App = expect_context();
    let task = Task::new();
    let busy = Signal::derive(move || app.sync_status().running.is_some() || task.busy().get());
    let fault = Memo::new(move |_| app.sync_status().fault.map(|fault| fault.code().to_owned()));
    // Why it failed stands in the status, which outlives this page.
    let sync = move |()| task.run(async move { app.sync_now().await }, || {});
    let failure = live(move || match fault.get() {
        Some(code) => view! {
            <Notice tone=Tone::Care>
                <p>{words(move || trouble_text(&code))}</p>
            </Notice>
        }
        .into_any(),
        None => ().into_any(),
    });
    let last = words(move || match app.sync_history().last_success() {
        Some(at) => say(Key::SyncLast, &[("when", &moment(at))]),
        None => text(Key::SyncNever).to_owned(),
    });
    view! {
        <section class="sheet sync" aria-label=t(Key::SyncTitle)>
            <p class="sync-count" role="status">{words(move || sentence(app))}</p>
            <If when=busy>
                <Running app />
            </If>
            {failure}
            <ClockNotice />
            <div class="cluster spread">
                <p class="soft small">
                    {last}" "<a href=routes::SYNCS>{t(Key::SyncHistory)}</a>
                </p>
                <Button label=t(Key::SyncNow) sign=Sign::Sync on_press=sync busy />
            </div>
        </section>
    }
}

/// That this phone's clock is wrong: dates may be, and nothing else.
#[component]
fn ClockNotice() -> impl IntoView {
    let app: App = expect_context();
    let minutes = Memo::new(move |_| {
        // An answer may have told the time again.
        app.sync_status();
        device::clock_error().map_or(0, |error| error.unsigned_abs() / 60_000)
    });
    let amount = move || match minutes.get() {
        minutes if minutes < 120 => count(Counted::ClockMinutes, minutes as usize),
        minutes if minutes < 2 * 24 * 60 => count(Counted::ClockHours, (minutes / 60) as usize),
        minutes => count(Counted::ClockDays, (minutes / (24 * 60)) as usize),
    };
    view! {
        <If when=move || { minutes.get() >= CLOCK_MINUTES }>
            <Notice tone=Tone::Care>
                <p>{words(move || say(Key::ClockWrong, &[("by", &amount())]))}</p>
            </Notice>
        </If>
    }
}

/// What one must know first.
fn sentence(app: App) -> String {
    // Nothing is said of what was not read yet.
    if app.is_loading() {
        return text(Key::OpeningLoading).to_owned();
    }
    let Counts { visits, notes, .. } = app.counts();
    let some = |n: usize, counted| (n > 0).then(|| count(counted, n));
    let days = app.oldest_unreceived().map_or(0, device::days_since);
    let is_quiet = visits.waiting + notes.waiting + visits.refused + notes.refused == 0;
    // Corrections of collectives and decisions are no lines of a list: they are told by themselves.
    let quiet = || match visits.received + notes.received {
        // Looked for only here: where much waits it takes long.
        _ if app.others_wait() => Key::SyncOthersWait,
        0 => Key::SyncNothingYet,
        _ => Key::SyncAllReceived,
    };
    let sentences = [
        is_quiet.then(|| text(quiet()).to_owned()),
        some(visits.waiting, Counted::SyncWaiting),
        some(notes.waiting, Counted::SyncWaitingNotes),
        some(days as usize, Counted::SyncOldest),
        some(visits.refused, Counted::SyncRefused),
        some(notes.refused, Counted::SyncRefusedNotes),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[component]
fn Running(app: App) -> impl IntoView {
    let progress = move || app.sync_status().running;
    let label = move || {
        text(match progress().map(|progress| progress.step) {
            Some(Step::Sending) => Key::StepSending,
            Some(Step::Receiving) => Key::StepReceiving,
            _ => Key::StepAsking,
        })
    };
    let done = move || progress().map(|progress| progress.done).unwrap_or_default();
    let total = move || progress().and_then(|progress| progress.total);
    view! { <Progress label done total /> }
}

/// In the bar on top: how much waits, on every page.
#[component]
pub fn SyncPill() -> impl IntoView {
    let app: App = expect_context();
    let counts = Memo::new(move |_| app.counts());
    let tally = |tally: Tally| tally.waiting + tally.refused;
    let waiting = move || counts.with(|counts| tally(counts.visits) + tally(counts.notes));
    view! {
        <If when=move || { waiting() > 0 && !app.is_loading() }>
            <a class="pill" data-look="waiting" href=routes::HOME>
                <Icon sign=Sign::Letter />
                <span>{words(move || count(Counted::SyncPill, waiting()))}</span>
            </a>
        </If>
    }
}
