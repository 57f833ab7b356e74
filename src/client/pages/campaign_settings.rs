//! What the coordination settles for the whole campaign.

use domain::notebook::MAX_RETENTION_DAYS;
use leptos::prelude::*;

use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, t, text};
use crate::state::{App, CampaignSettings};
use crate::ui::{Button, Field, TextInput, fresh_id, words};

/// Contact line and days, on a coordinator's device.
#[component]
pub(super) fn CampaignSettingsForm() -> impl IntoView {
    let app: App = expect_context();
    let known = untrack(|| app.campaign_settings());
    let contact = RwSignal::new(known.contact);
    let days = RwSignal::new(known.retention_days);
    let saved = RwSignal::new(false);
    let task = Task::new();
    let save = move |()| {
        saved.set(false);
        let settings = CampaignSettings {
            contact: contact.get_untracked(),
            retention_days: days.get_untracked(),
            ..untrack(|| app.campaign_settings())
        };
        let work = async move { app.settle_campaign(settings).await };
        task.run(work, move || saved.set(true));
    };
    let (contact_id, days_id) = (fresh_id("contact"), fresh_id("days"));
    let told = words(
        move || {
            if saved.get() { text(Key::CampaignSaved).to_owned() } else { String::new() }
        },
    );
    view! {
        <section class="flow">
            <h2>{t(Key::CampaignTitle)}</h2>
            <Field id=contact_id.clone() label=t(Key::CampaignContact) help=t(Key::CampaignContactHelp)>
                <TextInput
                    id=contact_id
                    value=contact
                    on_input=move |typed: String| contact.set(typed)
                />
            </Field>
            <Field id=days_id.clone() label=t(Key::CampaignDays) help=t(Key::CampaignDaysHelp)>
                <DaysInput id=days_id days />
            </Field>
            <Button label=t(Key::WordSave) on_press=save busy=task.busy() />
            <p role="status" class="soft small">{told}</p>
            <TroubleNotice trouble=task.trouble() />
        </section>
    }
}

#[component]
fn DaysInput(id: String, days: RwSignal<u64>) -> impl IntoView {
    let value = words(move || days.get().to_string());
    let typed = move |typed: String| {
        if let Ok(typed) = typed.trim().parse::<u64>() {
            days.set(typed.min(MAX_RETENTION_DAYS));
        }
    };
    view! { <TextInput id value on_input=typed keyboard="numeric" /> }
}
