//! The shell: what surrounds every page, and which page a path means.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::browser::service_worker::{self, ServiceWorker};
use crate::i18n::{Key, t};
use crate::pages::{
    CollectivePage, CollectivesPage, DevicesPage, DraftPage, FailedPage, FreshDraft, HomePage,
    InvitePage, JoinPage, LostPage, NewVisitPage, NotFoundPage, OpeningPage, OtherTabPage,
    SettingsPage, SetupPage, SyncPill, VisitRecordPage, VisitsPage, WelcomePage, apply_preferences,
};
use crate::routes;
use crate::state::{self, Phase};
use crate::ui::{Button, Destination, NavBar, Sign, TopBar};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_context(service_worker::start());
    provide_context(state::App::start());
    provide_context(FreshDraft::new());
    apply_preferences();
    view! {
        <Router>
            <Shell />
        </Router>
    }
}

/// What there is to show. A device that joins keeps its page: new and ready are one stage.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Opening,
    Open,
    OtherTab,
    Lost,
    Failed,
}

#[component]
fn Shell() -> impl IntoView {
    let app: state::App = expect_context();
    let stage = Memo::new(move |_| match app.phase() {
        Phase::Opening => Stage::Opening,
        Phase::New | Phase::Ready => Stage::Open,
        Phase::OtherTab => Stage::OtherTab,
        Phase::Lost(_) => Stage::Lost,
        Phase::Failed(_) => Stage::Failed,
    });
    let body = move || match stage.get() {
        Stage::Opening => view! { <OpeningPage /> }.into_any(),
        Stage::OtherTab => view! { <OtherTabPage /> }.into_any(),
        Stage::Lost => view! { <LostPage /> }.into_any(),
        Stage::Failed => view! { <FailedPage /> }.into_any(),
        Stage::Open => view! {
            <Navigation />
            <Pages />
        }
        .into_any(),
    };
    view! {
        <div class="shell">
            <TopBar>
                <SyncPill />
            </TopBar>
            <UpdateNotice />
            {body}
        </div>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <NotFoundPage /> }.into_any()>
            <Route path=path!("/") view=ready(|| view! { <HomePage /> }.into_any()) />
            <Route path=path!("/setup") view=|| view! { <SetupPage /> }.into_any() />
            <Route path=path!("/join") view=|| view! { <JoinPage /> }.into_any() />
            <Route path=path!("/visit/new") view=ready(|| view! { <NewVisitPage /> }.into_any()) />
            <Route path=path!("/visit/:id") view=ready(|| view! { <DraftPage /> }.into_any()) />
            <Route
                path=path!("/record/visit/:id")
                view=ready(|| view! { <VisitRecordPage /> }.into_any())
            />
            <Route path=path!("/visits") view=ready(|| view! { <VisitsPage /> }.into_any()) />
            <Route
                path=path!("/collectives")
                view=ready(|| view! { <CollectivesPage /> }.into_any())
            />
            <Route
                path=path!("/collectives/:id")
                view=ready(|| view! { <CollectivePage /> }.into_any())
            />
            <Route path=path!("/invite") view=ready(|| view! { <InvitePage /> }.into_any()) />
            <Route path=path!("/devices") view=ready(|| view! { <DevicesPage /> }.into_any()) />
            <Route path=path!("/settings") view=|| view! { <SettingsPage /> }.into_any() />
        </Routes>
    }
}

/// A page that needs a notebook; a device without one is welcomed instead.
fn ready(page: fn() -> AnyView) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || {
        let app: state::App = expect_context();
        let is_new = Memo::new(move |_| app.phase() == Phase::New);
        let shown =
            move || if is_new.get() { view! { <WelcomePage /> }.into_any() } else { page() };
        shown.into_any()
    }
}

/// The way around; not beside a form that is being filled in, nor before there is anything to go to.
#[component]
fn Navigation() -> impl IntoView {
    let app: state::App = expect_context();
    let current = use_location().pathname;
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let places = move || {
        let place = |href, label, sign| Destination { href, label, sign };
        let second = if coordinator.get() {
            place(routes::VISITS, Key::NavVisits, Sign::Notebook)
        } else {
            place(routes::NEW_VISIT, Key::NavNewVisit, Sign::Plus)
        };
        vec![
            place(routes::HOME, Key::NavHome, Sign::Door),
            second,
            place(routes::COLLECTIVES, Key::NavCollectives, Sign::Houses),
            place(routes::SETTINGS, Key::NavSettings, Sign::Settings),
        ]
    };
    let is_shown = Memo::new(move |_| {
        app.phase() == Phase::Ready && !current.with(|path| routes::is_form(path))
    });
    view! {
        <Show when=move || is_shown.get()>
            <NavBar places current />
        </Show>
    }
}

/// Offers a newer version; nothing happens until the person taps, and nothing is offered inside a form.
#[component]
fn UpdateNotice() -> impl IntoView {
    let worker: ServiceWorker = expect_context();
    let current = use_location().pathname;
    let is_shown = move || worker.update_waits() && !current.with(|path| routes::is_form(path));
    view! {
        <Show when=is_shown>
            <aside class="update" aria-label=t(Key::UpdateLabel)>
                <p>{t(Key::UpdateWaits)}</p>
                <Button label=t(Key::UpdateApply) on_press=move |()| worker.apply_update() />
            </aside>
        </Show>
    }
}
