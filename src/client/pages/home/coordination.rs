//! What the home page of the coordination shows beside everybody's; no part of the first load.

use leptos::prelude::*;

use super::doors::Doors;
use crate::i18n::{Key, t};
use crate::pages::note_rows::AlertRows;
use crate::pages::visit_rows::VisitSection;
use crate::routes;
use crate::state::{App, NoteRow};
use crate::ui::{If, LinkButton, Notice, Tone};

/// Of the visits of all, so many are shown here.
const RECENT: usize = 5;

/// A part of it.
#[derive(Clone, Copy)]
pub(in crate::pages) enum Coordination {
    /// Alerts that nobody of it has seen.
    Alerts,
    /// The doors.
    Doors,
    /// Whether the recovery code was typed back.
    Unproven,
    /// The newest visits of all.
    Recent,
}

/// Shows a part.
pub(in crate::pages) fn coordination(part: Coordination) -> AnyView {
    match part {
        Coordination::Alerts => view! { <UnseenAlerts /> }.into_any(),
        Coordination::Doors => view! { <Doors /> }.into_any(),
        Coordination::Unproven => view! { <UnprovenNotice /> }.into_any(),
        Coordination::Recent => recent(expect_context()),
    }
}

/// Alerts that nobody of the coordination has seen.
#[component]
fn UnseenAlerts() -> impl IntoView {
    let app: App = expect_context();
    let alerts = Memo::new(move |_| {
        let mut rows = if app.is_coordinator() { app.notes(false) } else { Vec::new() };
        rows.retain(NoteRow::is_new_alert);
        rows
    });
    view! {
        <If when=move || !alerts.with(Vec::is_empty)>
            <section>
                <h2>{t(Key::AlertUnseenTitle)}</h2>
                <AlertRows rows=alerts />
            </section>
        </If>
    }
}

fn recent(app: App) -> AnyView {
    let rows = Memo::new(move |_| {
        let mut rows = app.visit_ids(false);
        rows.truncate(RECENT);
        rows
    });
    view! {
        <VisitSection title=Key::HomeRecent rows with_author=true />
        <LinkButton href=routes::VISITS label=t(Key::HomeAllVisits) />
    }
    .into_any()
}

/// A campaign whose recovery code was not typed back yet.
#[component]
fn UnprovenNotice() -> impl IntoView {
    let app: App = expect_context();
    let unproven = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let code = app.recovery_code().await;
        // The page may be gone by now.
        let _ = unproven.try_set(code.is_some());
    });
    view! {
        <If when=move || unproven.get()>
            <Notice tone=Tone::Care>
                <p>{t(Key::HomeNotProven)}</p>
                <LinkButton href=routes::SETUP label=t(Key::HomeProve) />
            </Notice>
        </If>
    }
}
