//! After three breakdowns within a minute: what is here can be taken away, sealed, before anything is tried again.

use leptos::prelude::*;

use super::files::MakeCopy;
use crate::i18n::{Key, say, t};
use crate::routes;
use crate::state::{self, device};
use crate::ui::{Button, Look, Notice, Page, Tone, words};

/// The page; behind `#` stands where the app broke down.
#[component]
pub(super) fn Rescue() -> impl IntoView {
    let code = device::fragment();
    let is_told = !code.is_empty();
    view! {
        <Page title=t(Key::RescueTitle)>
            <Notice tone=Tone::Bad>
                <p>{t(Key::RescueWhat)}</p>
            </Notice>
            {is_told.then(|| view! {
                <p class="soft small">{words(move || say(Key::RescueCode, &[("code", &code)]))}</p>
            })}
            <Button
                label=t(Key::RescueAgain)
                look=Look::Primary
                on_press=move |()| device::open(routes::HOME)
            />
            <section class="flow">
                <h2>{t(Key::RescueCopy)}</h2>
                <p>{t(Key::RescueCopyWhat)}</p>
                <MakeCopy make=Callback::new(|()| Box::pin(state::rescue()) as _) />
            </section>
        </Page>
    }
}
