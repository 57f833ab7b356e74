//! Enrolling by an invitation. Opening the link uses nothing up; the button does.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::install::InstallFirst;
use super::offline::OfflineLine;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, t, text};
use crate::routes;
use crate::state::{App, Phase, device};
use crate::ui::{
    Button, Doorstep, Field, LinkButton, Look, Notice, Page, TextInput, Tone, fresh_id, live,
};

/// What this is, and the button.
#[component]
pub fn JoinPage() -> impl IntoView {
    let app: App = expect_context();
    let hash = use_location().hash;
    // A link that is pasted changes the fragment while the page is open.
    let link = Signal::derive(move || {
        Some(hash.get()).filter(|h| !h.is_empty()).unwrap_or_else(device::fragment)
    });
    let joined = RwSignal::new(false);
    // A copy from a backup joins once more, with keys of its own; so does one of two that seal under one name.
    let was_member = untrack(|| app.phase() == Phase::Ready && !app.is_to_renew());
    let task = Task::new();
    let join = move |()| {
        let link = link.get_untracked();
        task.run(async move { app.join(&link).await }, move || {
            // The invitation is used up: it need not stay in the address bar.
            device::clear_fragment();
            joined.set(true);
        });
    };
    let invited = move || {
        view! {
            <p>{t(Key::JoinWhat1)}</p>
            <p>{t(Key::JoinWhat2)}</p>
            <p>{t(Key::JoinWhat3)}</p>
            <InstallFirst>
                <Button
                    label=move || text(if task.busy().get() { Key::JoinGoing } else { Key::JoinGo })
                    look=Look::Primary
                    wide=true
                    busy=task.busy()
                    on_press=join
                />
            </InstallFirst>
            <p class="soft small">{t(Key::JoinOnce)}</p>
            <OfflineLine />
        }
        .into_any()
    };
    let body = live(move || match (joined.get(), was_member, link.with(String::is_empty)) {
        (true, _, _) => view! { <Joined /> }.into_any(),
        (_, true, _) => view! {
            <Notice>
                <p>{t(Key::JoinAlready)}</p>
            </Notice>
            <LinkButton href=routes::HOME label=t(Key::JoinStart) look=Look::Primary />
        }
        .into_any(),
        (_, _, true) => view! {
            <p>{t(Key::WelcomeHow)}</p>
            <PasteInvitation />
        }
        .into_any(),
        _ => invited(),
    });
    view! {
        <Page title=move || text(if joined.get() { Key::JoinDone } else { Key::JoinTitle })>
            <Doorstep />
            {body}
            <TroubleNotice trouble=task.trouble() />
        </Page>
    }
}

#[component]
fn Joined() -> impl IntoView {
    view! {
        <Notice tone=Tone::Good>
            <p>{t(Key::JoinDoneWhat)}</p>
        </Notice>
        <OfflineLine />
        <LinkButton href=routes::HOME label=t(Key::JoinStart) look=Look::Primary wide=true />
    }
}

/// For a link that came as words: by message, on paper.
#[component]
pub(super) fn PasteInvitation() -> impl IntoView {
    let pasted = RwSignal::new(String::new());
    let id = fresh_id("invitation");
    let navigate = use_navigate();
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let pasted = pasted.get_untracked();
        let fragment = pasted.trim().rsplit('#').next().unwrap_or_default().to_owned();
        if !fragment.is_empty() {
            navigate(&format!("{}#{fragment}", routes::JOIN), NavigateOptions::default());
        }
    };
    view! {
        <form class="flow" on:submit=go>
            <Field id=id.clone() label=t(Key::JoinPaste) help=t(Key::JoinPasteHelp)>
                <TextInput id value=pasted on_input=move |text: String| pasted.set(text) keyboard="url" />
            </Field>
            <Button label=t(Key::JoinContinue) submit=true />
        </form>
    }
}
