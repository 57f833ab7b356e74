//! An address that leads nowhere.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::routes;
use crate::ui::{LinkButton, Look, Page};

/// Says so, and the way back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title=t(Key::NotFoundTitle)>
            <p>{t(Key::NotFoundWhat)}</p>
            <LinkButton href=routes::HOME label=t(Key::NotFoundHome) look=Look::Primary />
        </Page>
    }
}
