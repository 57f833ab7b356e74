//! The home page: the door to a new visit, what is not received yet, what is to be finished.

mod coordination;
mod doors;

use domain::ids::RecordId;
use leptos::prelude::*;

pub(super) use self::coordination::{Coordination, coordination};
use super::draft::UndoDrop;
use super::files::HandOverHint;
use super::later::{Later, LaterPart};
use super::names;
use super::note_rows::NoteRows;
use super::sync_line::SyncLine;
use super::visit_rows::{DraftRows, VisitRows, VisitSection};
use crate::i18n::{Counted, Key, count, t, text};
use crate::routes;
use crate::state::{App, device};
use crate::ui::{EmptyState, Icon, If, LinkButton, Look, Notice, Page, Sign, Tone, live, words};

/// A draft is reminded of after so many days.
const OLD_DRAFT_DAYS: u64 = 14;

/// The home page of a volunteer or of a coordinator.
#[component]
pub fn HomePage() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let confirmed = Memo::new(move |_| app.read(|n| n.confirmed()).unwrap_or(true));
    let title =
        move || text(if coordinator.get() { Key::HomeTitleCoordinator } else { Key::HomeTitle });
    let own = Memo::new(move |_| app.visit_ids(true));
    view! {
        <Page title>
            <p class="soft">{words(move || names::campaign(app))}</p>
            <UndoDrop />
            <Threshold />
            <OtherNotes />
            <If when=move || coordinator.get()>
                {part(Coordination::Alerts)}
            </If>
            <If when=move || !confirmed.get() && !app.is_training()>
                <Notice>
                    <p>{t(Key::HomeUnconfirmed)}</p>
                </Notice>
            </If>
            <If when=move || coordinator.get()>
                {part(Coordination::Unproven)}
            </If>
            <If when=move || app.is_copy()>
                <LaterPart part=Later::CopyNotice />
            </If>
            <If when=move || app.has_twin()>
                <LaterPart part=Later::TwinNotice />
            </If>
            <If when=move || app.is_cramped()>
                <Notice tone=Tone::Care>
                    <p>{t(Key::HomeCramped)}</p>
                </Notice>
            </If>
            <If when=move || !app.is_training()>
                <SyncLine />
                <HandOverHint />
            </If>
            <If when=move || coordinator.get()>
                {part(Coordination::Doors)}
            </If>
            <Asked own />
            <Drafts />
            {live(move || if coordinator.get() { part(Coordination::Recent) } else { own_visits(own) })}
            <OwnNotes />
            {app.is_training().then(|| view! { <LaterPart part=Later::Examples /> })}
            <If when=move || !own.with(Vec::is_empty)>
                <LaterPart part=Later::InstallOffer />
            </If>
        </Page>
    }
}

/// The door: one tap to the ten questions.
#[component]
fn Threshold() -> impl IntoView {
    view! {
        <a class="threshold" href=routes::NEW_VISIT>
            <span class="threshold-words">
                <span class="threshold-title">{t(Key::HomeNewVisit)}</span>
                <span>{t(Key::HomeNewVisitHint)}</span>
            </span>
            <Icon sign=Sign::Plus />
        </a>
    }
}

/// What else can be noted: an alert in one tap, the rest in two.
#[component]
fn OtherNotes() -> impl IntoView {
    view! {
        <nav class="cluster" aria-label=t(Key::NoteTitle)>
            <LinkButton href=routes::new("alert") label=t(Key::HomeAlert) sign=Sign::Attention />
            <LinkButton href=routes::NOTE label=t(Key::NoteTitle) sign=Sign::Pencil look=Look::Quiet />
        </nav>
    }
}

/// Visits about which the coordination asks something, before all that can wait.
#[component]
fn Asked(own: Memo<Vec<RecordId>>) -> impl IntoView {
    let app: App = expect_context();
    let rows = Memo::new(move |_| {
        let asked = app.asked();
        own.with(|own| own.iter().copied().filter(|id| asked.contains(id)).collect::<Vec<_>>())
    });
    view! { <VisitSection title=Key::HomeAsked rows /> }
}

/// What this person noted beside visits.
#[component]
fn OwnNotes() -> impl IntoView {
    let app: App = expect_context();
    let notes = Memo::new(move |_| app.notes(true));
    view! {
        <If when=move || !notes.with(Vec::is_empty)>
            <section>
                <h2>{t(Key::HomeNotes)}</h2>
                <NoteRows rows=notes />
            </section>
        </If>
    }
}

#[component]
fn Drafts() -> impl IntoView {
    let app: App = expect_context();
    let drafts = Memo::new(move |_| app.drafts());
    let days = Memo::new(move |_| {
        let begun = drafts.with(|drafts| drafts.iter().map(|draft| draft.begun_at).min());
        begun.map_or(0, device::days_since)
    });
    view! {
        <If when=move || !drafts.with(Vec::is_empty)>
            <section>
                <h2>{t(Key::HomeDrafts)}</h2>
                <If when=move || { days.get() >= OLD_DRAFT_DAYS }>
                    <p class="soft">{words(move || count(Counted::HomeOldDraft, days.get() as usize))}</p>
                </If>
                <DraftRows drafts />
            </section>
        </If>
    }
}

fn own_visits(own: Memo<Vec<RecordId>>) -> AnyView {
    view! {
        <section>
            <h2>{t(Key::HomeOwn)}</h2>
            <If
                when=move || !own.with(Vec::is_empty)
                otherwise=|| view! { <EmptyState words=t(Key::HomeEmpty) /> }
            >
                <VisitRows rows=own />
            </If>
        </section>
    }
    .into_any()
}

/// A part that only the coordination sees.
fn part(part: Coordination) -> AnyView {
    view! { <LaterPart part=Later::Home(part) /> }.into_any()
}
