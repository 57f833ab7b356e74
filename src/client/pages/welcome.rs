//! A device that is in no campaign yet.

use leptos::prelude::*;

use super::join::PasteInvitation;
use super::later::{Later, LaterPart};
use super::training::TrainingDoor;
use crate::i18n::{Key, t};
use crate::ui::{Doorstep, Page};

/// What this is, and how to begin.
#[component]
pub fn WelcomePage() -> impl IntoView {
    view! {
        <Page title=t(Key::WelcomeTitle)>
            <Doorstep />
            <p>{t(Key::WelcomeWhat)}</p>
            <p>{t(Key::WelcomeHow)}</p>
            <PasteInvitation />
            <TrainingDoor />
            <LaterPart part=Later::Restore />
            <p class="soft small">{t(Key::WelcomeSetUp)}</p>
        </Page>
    }
}
