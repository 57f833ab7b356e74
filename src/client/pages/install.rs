//! Installing: advice where a tab would lose what is written in it, an offer where the browser makes one.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::state::device;
use crate::ui::{Button, If, Look, Notice, Tone, live};

/// Shows what it surrounds, but in an ordinary tab of an iPhone or iPad: there it first explains how to
/// install, and shows it once a person says that it is only to try.
#[component]
pub(super) fn InstallFirst(
    /// What begins a notebook.
    children: ChildrenFn,
) -> impl IntoView {
    let is_advised = RwSignal::new(device::is_passing_tab());
    live(move || {
        if !is_advised.get() {
            return children();
        }
        view! {
            <Notice tone=Tone::Care>
                <p>
                    <strong>{t(Key::InstallTitle)}</strong>
                </p>
                <p>{t(Key::InstallWhy)}</p>
                <p>{t(Key::InstallHow)}</p>
                <Button
                    label=t(Key::InstallAnyway)
                    look=Look::Quiet
                    on_press=move |()| is_advised.set(false)
                />
            </Notice>
        }
        .into_any()
    })
}

/// Under this name it is remembered that a person does not want to be asked again.
const DECLINED: &str = "install-declined";

/// The browser's offer to install, once there is something to come back to; until a person says no.
#[component]
pub(super) fn InstallOffer() -> impl IntoView {
    let is_shown = RwSignal::new(device::can_install() && device::preference(DECLINED).is_none());
    let decline = move |()| {
        device::set_preference(DECLINED, "yes");
        is_shown.set(false);
    };
    let accept = move |()| {
        is_shown.set(false);
        leptos::task::spawn_local(async move {
            if device::install().await {
                // An installed app is promised what a tab is not.
                device::ask_to_persist().await;
            } else {
                device::set_preference(DECLINED, "yes");
            }
        });
    };
    view! {
        <If when=move || is_shown.get()>
            <Notice>
                <p>{t(Key::InstallOffer)}</p>
                <div class="cluster">
                    <Button label=t(Key::InstallDo) on_press=accept />
                    <Button label=t(Key::InstallNo) look=Look::Quiet on_press=decline />
                </div>
            </Notice>
        </If>
    }
}
