//! Phones: those that wait to be confirmed, and those that were.

use domain::ids::DeviceId;
use domain::notebook::ToldLoss;
use domain::roster::Role;
use leptos::prelude::*;

use super::files::{FurtherPhone, TakeIn};
use super::names;
use super::sync_line::SyncLine;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Counted, Key, count, moment, say, t, text};
use crate::routes;
use crate::state::{App, Enrolling};
use crate::ui::{Button, If, Look, Page, live_list, words};

/// One phone that is in the roster.
#[derive(Clone, PartialEq)]
struct Known {
    device: DeviceId,
    role: Role,
    revoked: bool,
    own: bool,
    /// Whether another sends under its name.
    doubled: bool,
}

/// Both lists.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let app: App = expect_context();
    let waiting = move || app.enrolments();
    let unconfirmed = Memo::new(move |_| app.counts().unconfirmed);
    let known = Memo::new(move |_| known(app));
    let losses = Memo::new(move |_| app.losses());
    let task = Task::new();
    let nobody = move || waiting().is_empty();
    view! {
        <Page title=t(Key::DevicesTitle) back=(routes::HOME, Key::NavHome)>
            <section>
                <h2>{t(Key::DevicesWaiting)}</h2>
                <p class="soft">{t(Key::DevicesWaitingWhat)}</p>
                <p hidden=Signal::derive(move || !nobody()) role="status">{t(Key::DevicesNobody)}</p>
                <ul class="rows" role="list" hidden=Signal::derive(nobody)>
                    {live_list(move || waiting().into_iter().map(|one| waits(app, one, task)).collect())}
                </ul>
                <If when=move || { unconfirmed.get() > 0 }>
                    <p class="soft">
                        {words(move || count(Counted::DevicesUnconfirmed, unconfirmed.get()))}
                    </p>
                </If>
                <TroubleNotice trouble=task.trouble() />
            </section>
            <SyncLine />
            <TakeIn />
            <section>
                <h2>{t(Key::DevicesConfirmed)}</h2>
                <ul class="rows" role="list">
                    {live_list(move || known.get().into_iter().map(|one| confirmed(app, one)).collect())}
                </ul>
            </section>
            <If when=move || !losses.with(Vec::is_empty)>
                <section>
                    <h2>{t(Key::DevicesLosses)}</h2>
                    <p class="soft">{t(Key::DevicesLossesWhat)}</p>
                    <ul class="rows" role="list">
                        {live_list(move || losses.get().into_iter().map(|one| lost(app, one)).collect())}
                    </ul>
                </section>
            </If>
        </Page>
    }
}

fn waits(app: App, one: Enrolling, task: Task) -> AnyView {
    let name = StoredValue::new(one.name);
    let shown =
        words(move || name.get_value().unwrap_or_else(|| text(Key::DevicesNameless).to_owned()));
    let invite = one.invite;
    let confirm = move |()| task.run(async move { app.confirm(invite).await }, || {});
    let label = move || say(Key::DevicesConfirmName, &[("name", &shown.get())]);
    view! {
        <li class="row row-plain">
            <div class="row-body cluster spread">
                <div>
                    <p class="row-title">{shown}</p>
                    <p class="row-detail">{words(move || one.role.map_or("", role_label).to_owned())}</p>
                </div>
                <Button label look=Look::Primary on_press=confirm busy=task.busy() />
            </div>
        </li>
    }
    .into_any()
}

fn confirmed(app: App, one: Known) -> AnyView {
    let note = move || match (one.own, one.revoked) {
        (true, _) => Some(text(Key::DevicesThisOne)),
        (_, true) => Some(text(Key::DevicesRevoked)),
        _ => None,
    };
    let detail = words(move || {
        let parts = [Some(role_label(one.role)), note()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    view! {
        <li class="row row-plain">
            <div class="row-body">
                <p class="row-title">{words(move || names::person(app, one.device))}</p>
                <p class="row-detail">{detail}</p>
                {(!one.revoked && one.doubled).then(|| view! { <p>{t(Key::DevicesDoubled)}</p> })}
                {(!one.revoked && !one.own).then(|| view! { <FurtherPhone device=one.device /> })}
            </div>
        </li>
    }
    .into_any()
}

fn lost(app: App, loss: ToldLoss) -> AnyView {
    let ToldLoss { by, at, records, unsent } = loss;
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let detail = words(move || {
        let records = count(Counted::DevicesLossRecords, number(records));
        let unsent = count(Counted::DevicesLossUnsent, number(unsent));
        format!("{} · {records} {unsent}", moment(at))
    });
    view! {
        <li class="row row-plain">
            <div class="row-body">
                <p class="row-title">{words(move || names::person(app, by))}</p>
                <p class="row-detail">{detail}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The word for a role. Tracked.
pub(super) fn role_label(role: Role) -> &'static str {
    text(match role {
        Role::Volunteer => Key::InviteVolunteer,
        Role::Coordinator => Key::InviteCoordinator,
        Role::Partner => Key::DevicesPartner,
    })
}

fn known(app: App) -> Vec<Known> {
    let known = app.read(|notebook| {
        let (own, doubled) = (notebook.device(), notebook.doubled_devices());
        let row = |(device, standing): (&DeviceId, &domain::roster::DeviceStanding)| Known {
            device: *device,
            role: standing.role,
            revoked: standing.revoked.is_some(),
            own: *device == own,
            doubled: doubled.contains(device),
        };
        notebook.line().devices().iter().map(row).collect::<Vec<_>>()
    });
    known.unwrap_or_default()
}
