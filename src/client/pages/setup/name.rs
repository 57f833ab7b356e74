//! The first step: a name for the campaign.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::i18n::{Key, t, text};
use crate::pages::install::InstallFirst;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::{App, device};
use crate::ui::{Button, Field, If, Look, TextInput, fresh_id};

/// Names the campaign and founds it.
#[component]
pub(super) fn NameStep(
    /// The campaign is founded.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let app: App = expect_context();
    let hash = use_location().hash;
    let pasted = RwSignal::new(String::new());
    let from_address = Signal::derive(move || {
        let hash = hash.get();
        let hash = if hash.is_empty() { device::fragment() } else { hash };
        hash.trim_start_matches('#').to_owned()
    });
    let name = RwSignal::new(String::new());
    let nameless = RwSignal::new(false);
    let task = Task::new();
    let found = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        nameless.set(name.is_empty());
        if name.is_empty() {
            return;
        }
        let typed = pasted.get_untracked();
        let typed = typed.trim().rsplit('#').next().unwrap_or_default().to_owned();
        let secret = if typed.is_empty() { from_address.get_untracked() } else { typed };
        task.run(async move { app.found(&secret, &name).await }, move || {
            device::clear_fragment();
            on_done.run(());
        });
    };
    let (name_id, link_id) = (fresh_id("name"), StoredValue::new(fresh_id("link")));
    let problem =
        move || if nameless.get() { text(Key::SetupNameNeeded).to_owned() } else { String::new() };
    view! {
        <p>{t(Key::SetupIntro)}</p>
        <form class="flow" on:submit=found>
            <If when=move || from_address.with(String::is_empty)>
                <Field id=link_id.get_value() label=t(Key::SetupLink) help=t(Key::SetupNeedLink)>
                    <TextInput
                        id=link_id.get_value()
                        value=pasted
                        on_input=move |text: String| pasted.set(text)
                        keyboard="url"
                    />
                </Field>
            </If>
            <Field id=name_id.clone() label=t(Key::SetupName) help=t(Key::SetupNameHelp) problem>
                <TextInput
                    id=name_id
                    value=name
                    on_input=move |text: String| name.set(text)
                    invalid=nameless
                />
            </Field>
            <InstallFirst>
                <Button
                    label=move || text(if task.busy().get() { Key::SetupCreating } else { Key::SetupCreate })
                    look=Look::Primary
                    wide=true
                    submit=true
                    busy=task.busy()
                />
            </InstallFirst>
        </form>
        <TroubleNotice trouble=task.trouble() />
    }
}
