//! Advice to install, where a tab would lose what is written in it.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::state::device;
use crate::ui::{Button, Look, Notice, Tone, live};

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
