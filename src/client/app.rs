//! The shell: what surrounds every page, and which page a path means.

use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;

use crate::browser::service_worker::{self, ServiceWorker};
use crate::i18n::{Key, t};
use crate::pages::{
    AbsentPage, DraftPage, DroppedDraft, FailedPage, FreshDraft, HomePage, JoinPage, LanguageMenu,
    LaterPage, LostPage, NewRecordPage, NotFoundPage, OpeningPage, OtherTabPage, RecordPage,
    RescuePage, SecondFile, SyncPill, TrainingBand, WelcomePage, apply_preferences,
};
use crate::routes::{self, Place};
use crate::state::{self, Phase, device};
use crate::ui::{Button, Destination, If, NavBar, Sign, TopBar, live};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_context(SecondFile::new());
    apply_preferences();
    if device::path() == routes::RESCUE {
        return view! { <Rescue /> }.into_any();
    }
    provide_context(service_worker::start());
    provide_context(state::App::start(routes::leads_into_campaign(&device::path())));
    provide_context(FreshDraft::new());
    provide_context(DroppedDraft::new());
    view! {
        <Router>
            <Shell />
        </Router>
    }
    .into_any()
}

/// In the place of all else, once the app broke down again and again: it knows no notebook and no server.
#[component]
fn Rescue() -> impl IntoView {
    view! {
        <div class="shell">
            <TopBar>
                <LanguageMenu />
            </TopBar>
            <RescuePage />
        </div>
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
    let body = live(move || match stage.get() {
        Stage::Opening => view! { <OpeningPage /> }.into_any(),
        Stage::OtherTab => view! { <OtherTabPage /> }.into_any(),
        Stage::Lost => view! { <LostPage /> }.into_any(),
        Stage::Failed => view! { <FailedPage /> }.into_any(),
        Stage::Open => view! {
            <Navigation />
            <Pages />
        }
        .into_any(),
    });
    view! {
        <div class="shell">
            <TopBar>
                <SyncPill />
                <LanguageMenu />
            </TopBar>
            <TrainingBand />
            <UpdateNotice />
            <LoadingNotice />
            {body}
        </div>
    }
}

/// One route that takes every path: what a path means is said in [`routes`], in one place.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| ().into_any()>
            <Route path=WildcardSegment("path") view=|| view! { <PageOfPath /> }.into_any() />
        </FlatRoutes>
    }
}

#[component]
fn PageOfPath() -> impl IntoView {
    let app: state::App = expect_context();
    let path = use_location().pathname;
    let place = Memo::new(move |_| path.with(|path| Place::of(path)));
    let is_new = Memo::new(move |_| app.phase() == Phase::New);
    let is_training = app.is_training();
    live(move || match place.get() {
        Place::Setup | Place::Join if is_training => {
            // Reached from within the page: it is loaded anew, with the campaign's notebook.
            device::reload();
            ().into_any()
        }
        place if is_training && place.needs_campaign() => view! { <AbsentPage /> }.into_any(),
        Place::Join => view! { <JoinPage /> }.into_any(),
        place @ (Place::Setup | Place::Settings) => view! { <LaterPage place /> }.into_any(),
        Place::Nowhere => view! { <NotFoundPage /> }.into_any(),
        // All else needs a notebook; a device without one is welcomed instead.
        place => {
            live(
                move || {
                    if is_new.get() { view! { <WelcomePage /> }.into_any() } else { page(place) }
                },
            )
            .into_any()
        }
    })
}

/// What noting a visit needs; the rest is loaded later.
fn page(place: Place) -> AnyView {
    match place {
        Place::Home => view! { <HomePage /> }.into_any(),
        Place::New(kind) => view! { <NewRecordPage kind /> }.into_any(),
        Place::Draft(id) => view! { <DraftPage id /> }.into_any(),
        Place::Record(kind, id) => view! { <RecordPage kind id /> }.into_any(),
        place => view! { <LaterPage place /> }.into_any(),
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
        <If when=move || is_shown.get()>
            <NavBar places current />
        </If>
    }
}

/// That there is more in the notebook than what is shown yet.
#[component]
fn LoadingNotice() -> impl IntoView {
    let app: state::App = expect_context();
    view! {
        <If when=move || app.is_loading()>
            <p class="soft small loading" role="status">{t(Key::OpeningLoading)}</p>
        </If>
    }
}

/// Offers a newer version; nothing happens until the person taps, and nothing is offered inside a form.
#[component]
fn UpdateNotice() -> impl IntoView {
    let worker: ServiceWorker = expect_context();
    let current = use_location().pathname;
    let is_shown =
        move || worker.update_waits() && !current.with(|path| routes::is_written_at(path));
    view! {
        <If when=is_shown>
            <aside class="update" aria-label=t(Key::UpdateLabel)>
                <p>{t(Key::UpdateWaits)}</p>
                <Button label=t(Key::UpdateApply) on_press=move |()| worker.apply_update() />
            </aside>
        </If>
    }
}
