//! The home page: the door to a new visit, what is not received yet, what is to be finished.

mod doors;

use leptos::prelude::*;

use self::doors::Doors;
use super::files::{CopyNotice, HandOverHint};
use super::names;
use super::sync_line::SyncLine;
use super::visit::UndoDrop;
use super::visit_rows::{DraftRows, VisitRows, VisitSection};
use crate::i18n::{Key, t, text};
use crate::routes;
use crate::state::App;
use crate::ui::{EmptyState, Icon, If, LinkButton, Notice, Page, Sign, Tone, live, words};

/// Of the visits of all, so many are shown here.
const RECENT: usize = 5;

/// The home page of a volunteer or of a coordinator.
#[component]
pub fn HomePage() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let confirmed = Memo::new(move |_| app.read(|n| n.confirmed()).unwrap_or(true));
    let title =
        move || text(if coordinator.get() { Key::HomeTitleCoordinator } else { Key::HomeTitle });
    let own = Memo::new(move |_| app.visits(true));
    view! {
        <Page title>
            <p class="soft">{words(move || names::campaign(app))}</p>
            <UndoDrop />
            <Threshold />
            <If when=move || !confirmed.get()>
                <Notice>
                    <p>{t(Key::HomeUnconfirmed)}</p>
                </Notice>
            </If>
            <UnprovenNotice />
            <CopyNotice />
            <SyncLine />
            <HandOverHint />
            <If when=move || coordinator.get()>
                <Doors />
            </If>
            <Drafts />
            {live(move || if coordinator.get() { recent(app) } else { own_visits(own) })}
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

#[component]
fn Drafts() -> impl IntoView {
    let app: App = expect_context();
    let drafts = Memo::new(move |_| app.drafts());
    view! {
        <If when=move || !drafts.with(Vec::is_empty)>
            <section>
                <h2>{t(Key::HomeDrafts)}</h2>
                <DraftRows drafts />
            </section>
        </If>
    }
}

fn own_visits(own: Memo<Vec<crate::state::VisitRow>>) -> AnyView {
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

fn recent(app: App) -> AnyView {
    let rows = Memo::new(move |_| {
        let mut rows = app.visits(false);
        rows.truncate(RECENT);
        rows
    });
    view! {
        <VisitSection title=Key::HomeRecent rows with_author=true />
        <LinkButton href=routes::VISITS label=t(Key::HomeAllVisits) />
    }
    .into_any()
}

/// A campaign whose recovery code was not typed back yet.
#[component]
fn UnprovenNotice() -> impl IntoView {
    let app: App = expect_context();
    let unproven = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let code = app.recovery_code().await;
        // The page may be gone by now.
        let _ = unproven.try_set(code.is_some());
    });
    view! {
        <If when=move || unproven.get()>
            <Notice tone=Tone::Care>
                <p>{t(Key::HomeNotProven)}</p>
                <LinkButton href=routes::SETUP label=t(Key::HomeProve) />
            </Notice>
        </If>
    }
}
