//! Making an invitation: a role, a name, then a link and its QR code.

use domain::roster::Role;
use leptos::prelude::*;

use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, say, t, text};
use crate::routes;
use crate::state::{App, Invitation, device};
use crate::ui::{
    Button, ChoiceButtons, Field, Look, Opt, Page, QrCode, Sign, TextInput, fresh_id, live, words,
};

const VOLUNTEER: &str = "volunteer";
const COORDINATOR: &str = "coordinator";

/// The question, then the invitation.
#[component]
pub fn InvitePage() -> impl IntoView {
    let made: RwSignal<Option<Invitation>> = RwSignal::new(None);
    let title = move || match made.get() {
        Some(made) => say(Key::InviteReady, &[("name", &made.name)]),
        None => text(Key::InviteTitle).to_owned(),
    };
    let body = live(move || match made.get() {
        Some(invitation) => {
            view! { <Made invitation on_another=move |()| made.set(None) /> }.into_any()
        }
        None => view! { <Ask made /> }.into_any(),
    });
    view! { <Page title tab=t(Key::InviteTitle) back=(routes::HOME, Key::NavHome)>{body}</Page> }
}

#[component]
fn Ask(made: RwSignal<Option<Invitation>>) -> impl IntoView {
    let app: App = expect_context();
    let role = RwSignal::new(VOLUNTEER.to_owned());
    let name = RwSignal::new(String::new());
    let nameless = RwSignal::new(false);
    let task = Task::new();
    let invite = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        nameless.set(name.is_empty());
        if name.is_empty() {
            return;
        }
        let is_coordinator = role.with_untracked(|role| role == COORDINATOR);
        let role = if is_coordinator { Role::Coordinator } else { Role::Volunteer };
        let slot: StoredValue<Option<Invitation>> = StoredValue::new(None);
        let work = async move {
            let invitation = app.invite(role, &name, None).await?;
            // The page may be gone by now; then nobody is left to show it to.
            let _ = slot.try_set_value(Some(invitation));
            Ok(())
        };
        task.run(work, move || made.set(slot.get_value()));
    };
    let roles = move || {
        let option = |code: &str, key| Opt { code: code.to_owned(), label: text(key).to_owned() };
        vec![option(VOLUNTEER, Key::InviteVolunteer), option(COORDINATOR, Key::InviteCoordinator)]
    };
    let what = words(move || {
        let is_coordinator = role.with(|role| role == COORDINATOR);
        let key =
            if is_coordinator { Key::InviteCoordinatorWhat } else { Key::InviteVolunteerWhat };
        text(key).to_owned()
    });
    let problem =
        move || if nameless.get() { text(Key::InviteNameNeeded).to_owned() } else { String::new() };
    let id = fresh_id("name");
    view! {
        <form class="flow" on:submit=invite>
            <fieldset class="field">
                <legend class="label">{t(Key::InviteRole)}</legend>
                <ChoiceButtons
                    options=roles
                    chosen=move || Some(role.get())
                    on_choose=move |code: String| role.set(code)
                />
                <p class="soft small" role="status">{what}</p>
            </fieldset>
            <Field id=id.clone() label=t(Key::InviteName) help=t(Key::InviteNameHelp) problem>
                <TextInput
                    id
                    value=name
                    on_input=move |text: String| name.set(text)
                    invalid=nameless
                />
            </Field>
            <Button
                label=t(Key::InviteGo)
                look=Look::Primary
                wide=true
                submit=true
                busy=task.busy()
            />
        </form>
        <TroubleNotice trouble=task.trouble() />
    }
}

#[component]
pub(super) fn Made(
    invitation: Invitation,
    #[prop(into)] on_another: Callback<()>,
) -> impl IntoView {
    let copied: RwSignal<Option<bool>> = RwSignal::new(None);
    let link = StoredValue::new(invitation.link.clone());
    let copy = move |()| {
        leptos::task::spawn_local(async move {
            let done = device::copy(&link.get_value()).await;
            // The page may be gone by now.
            let _ = copied.try_set(Some(done));
        });
    };
    let told = words(move || match copied.get() {
        Some(true) => text(Key::WordCopied).to_owned(),
        Some(false) => text(Key::InviteCopyFailed).to_owned(),
        None => String::new(),
    });
    view! {
        <p>{t(Key::InviteShow)}</p>
        <QrCode content=invitation.link.clone() label=t(Key::InviteQr) />
        <p class="shown-link" role="group" aria-label=t(Key::InviteLink)>{invitation.link}</p>
        <div class="cluster">
            <Button label=t(Key::InviteCopy) look=Look::Primary sign=Sign::Copy on_press=copy />
            <p class="soft small" role="status">{told}</p>
        </div>
        <p>{t(Key::InviteThen)}</p>
        <Button label=t(Key::InviteAnother) look=Look::Quiet on_press=move |()| on_another.run(()) />
    }
}
