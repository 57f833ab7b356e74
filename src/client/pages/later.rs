//! Pages that the first load leaves out: nobody needs them to note a first visit.
//!
//! The only way to them is [`later_view`], and the only way to that is a pointer that the compiler cannot see
//! through. So all they are made of can be cut out into a second file, which is loaded when the first of
//! them is opened, and stored beforehand by the service worker like every other.

use std::hint::black_box;

use domain::ids::RecordId;
use leptos::prelude::*;

use super::card::CardPage;
use super::collective::CollectivePage;
use super::collectives::CollectivesPage;
use super::devices::DevicesPage;
use super::files::{BackUpUnsaved, CopyNotice, Restore, TwinNotice};
use super::home::{Coordination, coordination};
use super::install::InstallOffer;
use super::invite::InvitePage;
use super::note::NotePage;
use super::notes::NotesPage;
use super::phase::AcceptLoss;
use super::record_parts::RecordParts;
use super::rescue::Rescue;
use super::settings::SettingsPage;
use super::setup::SetupPage;
use super::syncs::SyncsPage;
use super::training::ExampleVisits;
use super::visits::VisitsPage;
use crate::i18n::{Key, t};
use crate::routes::{self, Place};
use crate::state::{App, Document, device};
use crate::ui::{Button, Notice, Page, Tone, live};

/// What the second file shows.
#[derive(Clone, Copy)]
pub(super) enum Later {
    /// The page of a place.
    Page(Place),
    /// A part of the home page.
    Home(Coordination),
    /// The invented visits of a training.
    Examples,
    /// The browser's offer to install.
    InstallOffer,
    /// What the page of a record shows below its standing.
    Record(&'static str, RecordId),
    /// A backup's way in.
    Restore,
    /// A copy of everything beside a form that cannot be saved.
    Unsaved(Callback<(), Document>),
    /// That this device is a copy.
    CopyNotice,
    /// That another phone seals under this one's name.
    TwinNotice,
    /// How one goes on after a loss.
    AcceptLoss,
    /// What is left to do once the app broke down again and again.
    Rescue,
}

/// How far the second file has come; lives as long as the app.
#[derive(Clone, Copy)]
pub struct SecondFile(RwSignal<Stage>);

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Absent,
    Loading,
    Failed,
    There,
}

impl SecondFile {
    /// Not asked for yet; there from the start when the program is whole.
    #[must_use]
    pub fn new() -> Self {
        let is_whole = device::place_of_later().is_none();
        Self(RwSignal::new(if is_whole { Stage::There } else { Stage::Absent }))
    }

    /// Asks for it, if that is not done or did not go well.
    fn ask(self) {
        let Some(place) = device::place_of_later() else { return };
        if matches!(self.0.get_untracked(), Stage::Loading | Stage::There) {
            return;
        }
        self.0.set(Stage::Loading);
        leptos::task::spawn_local(async move {
            let loaded = device::load_later(&place).await;
            self.0.set(if loaded.is_ok() { Stage::There } else { Stage::Failed });
        });
    }
}

impl Default for SecondFile {
    fn default() -> Self {
        Self::new()
    }
}

/// A page that the second file shows.
#[component]
pub fn LaterPage(
    /// Whose page.
    place: Place,
) -> impl IntoView {
    let file: SecondFile = expect_context();
    file.ask();
    live(move || match file.0.get() {
        Stage::There => open(Later::Page(place)),
        Stage::Failed => failed(file),
        Stage::Absent | Stage::Loading => loading(),
    })
}

fn loading() -> AnyView {
    view! {
        <Page title=t(Key::LaterTitle) passing=true>
            <p class="soft" role="status">{t(Key::LaterLoading)}</p>
        </Page>
    }
    .into_any()
}

fn failed(file: SecondFile) -> AnyView {
    view! {
        <Page title=t(Key::LaterTitle)>
            {not_loaded(file)}
        </Page>
    }
    .into_any()
}

fn not_loaded(file: SecondFile) -> AnyView {
    view! {
        <Notice tone=Tone::Care>
            <p>{t(Key::LaterFailed)}</p>
            <Button label=t(Key::FailedRetry) on_press=move |()| file.ask() />
        </Notice>
    }
    .into_any()
}

/// A part of another page that the second file shows: until it is there, nothing; when it cannot be loaded,
/// that.
#[component]
pub(super) fn LaterPart(
    /// Which.
    part: Later,
) -> impl IntoView {
    let file: SecondFile = expect_context();
    file.ask();
    live(move || match file.0.get() {
        Stage::There => open(part),
        Stage::Failed => not_loaded(file),
        Stage::Absent | Stage::Loading => ().into_any(),
    })
}

/// The page at [`RESCUE`](crate::routes::RESCUE).
#[component]
pub fn RescuePage() -> impl IntoView {
    view! { <LaterPart part=Later::Rescue /> }
}

/// Through a pointer that the compiler cannot see through: see above.
fn open(later: Later) -> AnyView {
    let view: fn(Later) -> AnyView = black_box(later_view);
    view(later)
}

/// `cargo xtask dist` knows this function by its name.
#[inline(never)]
fn later_view(later: Later) -> AnyView {
    match later {
        Later::Page(place) => page(place),
        Later::Home(part) => coordination(part),
        Later::Record(kind, id) => view! { <RecordParts kind id /> }.into_any(),
        Later::Examples => view! { <ExampleVisits /> }.into_any(),
        Later::InstallOffer => view! { <InstallOffer /> }.into_any(),
        Later::Restore => view! { <Restore /> }.into_any(),
        Later::Unsaved(unsaved) => view! { <BackUpUnsaved unsaved /> }.into_any(),
        Later::CopyNotice => view! { <CopyNotice /> }.into_any(),
        Later::TwinNotice => view! { <TwinNotice /> }.into_any(),
        Later::AcceptLoss => view! { <AcceptLoss /> }.into_any(),
        Later::Rescue => view! { <Rescue /> }.into_any(),
    }
}

/// A page that has nothing for others than coordinators.
fn coordination_only(title: Key, page: fn() -> AnyView) -> AnyView {
    let app: App = expect_context();
    let allowed = Memo::new(move |_| app.is_coordinator());
    live(move || {
        if allowed.get() {
            return page();
        }
        view! {
            <Page title=t(title) back=(routes::HOME, Key::NavHome)>
                <p>{t(Key::TroubleNotAllowed)}</p>
            </Page>
        }
        .into_any()
    })
    .into_any()
}

fn page(place: Place) -> AnyView {
    match place {
        Place::Setup => view! { <SetupPage /> }.into_any(),
        Place::Settings => view! { <SettingsPage /> }.into_any(),
        Place::Note => view! { <NotePage /> }.into_any(),
        Place::Notes => view! { <NotesPage /> }.into_any(),
        Place::Visits => view! { <VisitsPage /> }.into_any(),
        Place::Collectives => view! { <CollectivesPage /> }.into_any(),
        Place::Card(id) => view! { <CardPage id /> }.into_any(),
        Place::Collective(id) => view! { <CollectivePage id /> }.into_any(),
        Place::Invite => {
            coordination_only(Key::InviteTitle, || view! { <InvitePage /> }.into_any())
        }
        Place::Syncs => view! { <SyncsPage /> }.into_any(),
        Place::Devices => {
            coordination_only(Key::DevicesTitle, || view! { <DevicesPage /> }.into_any())
        }
        // The first file shows these.
        Place::Home
        | Place::Join
        | Place::New(_)
        | Place::Draft(_)
        | Place::Record(..)
        | Place::Nowhere => ().into_any(),
    }
}
