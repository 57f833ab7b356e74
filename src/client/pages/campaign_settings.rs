//! What the coordination settles for the whole campaign.

use domain::notebook::MAX_RETENTION_DAYS;
use leptos::prelude::*;

use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, t, text};
use crate::state::{App, CampaignSettings, Trouble};
use crate::ui::{Button, Field, TextInput, fresh_id, words};

/// Contact line and days, on a coordinator's device.
#[component]
pub(super) fn CampaignSettingsForm() -> impl IntoView {
    let app: App = expect_context();
    let known = StoredValue::new(untrack(|| app.campaign_settings()));
    let contact = RwSignal::new(known.with_value(|known| known.contact.clone()));
    let days = RwSignal::new(known.with_value(|known| known.retention_days.to_string()));
    let saved = RwSignal::new(false);
    let task = Task::new();
    let save = move |()| {
        saved.set(false);
        let typed = days.with_untracked(|days| days.trim().parse::<u64>().ok());
        let Some(retention_days) = typed.filter(|days| *days <= MAX_RETENTION_DAYS) else {
            task.fail(Trouble::Rule("bad_days"));
            return;
        };
        let before = known.get_value();
        let contact = contact.get_untracked();
        let after = CampaignSettings { contact, retention_days, ..before.clone() };
        let settled = after.clone();
        let work = async move { app.settle_campaign(&before, &after).await };
        task.run(work, move || {
            known.set_value(settled);
            saved.set(true);
        });
    };
    let days_id = fresh_id("days");
    let told = words(
        move || {
            if saved.get() { text(Key::CampaignSaved).to_owned() } else { String::new() }
        },
    );
    view! {
        <section class="flow">
            <h2>{t(Key::CampaignTitle)}</h2>
            <ContactField contact />
            <Field id=days_id.clone() label=t(Key::CampaignDays) help=t(Key::CampaignDaysHelp)>
                <TextInput
                    id=days_id
                    value=days
                    on_input=move |typed: String| days.set(typed)
                    keyboard="numeric"
                />
            </Field>
            <Button label=t(Key::WordSave) on_press=save busy=task.busy() />
            <p role="status" class="soft small">{told}</p>
            <TroubleNotice trouble=task.trouble() />
        </section>
    }
}

/// How a collective reaches the coordination.
#[component]
pub(super) fn ContactField(
    /// What is typed.
    contact: RwSignal<String>,
) -> impl IntoView {
    let id = fresh_id("contact");
    view! {
        <Field id=id.clone() label=t(Key::CampaignContact) help=t(Key::CampaignContactHelp)>
            <TextInput id value=contact on_input=move |typed: String| contact.set(typed) />
        </Field>
    }
}
