//! Practising: the door to it, the band that says so on every page, the way back, and what is not there.

use leptos::prelude::*;

use super::task::Task;
use super::trouble::TroubleNotice;
use super::visit_rows::VisitSection;
use crate::i18n::{Key, t};
use crate::routes;
use crate::state::App;
use crate::ui::{Button, Dialog, Icon, If, LinkButton, Look, Page, Sign};

/// Of the invented visits, so many are shown at home.
const FEW: usize = 3;

/// Above every page while somebody practises: that it is so, and the way back.
#[component]
pub fn TrainingBand() -> impl IntoView {
    let app: App = expect_context();
    app.is_training().then(|| {
        view! {
            <aside class="training" aria-label=t(Key::TrainingTitle)>
                <Icon sign=Sign::Notebook />
                <p>
                    <strong>{t(Key::TrainingTitle)}</strong>
                    <span>{t(Key::TrainingBand)}</span>
                </p>
                <Button
                    label=t(Key::TrainingLeave)
                    look=Look::Quiet
                    on_press=move |()| app.leave_training()
                />
            </aside>
        }
    })
}

/// What practising is, and the way in.
#[component]
pub(super) fn TrainingDoor() -> impl IntoView {
    let app: App = expect_context();
    view! {
        <section class="flow">
            <h2>{t(Key::TrainingTitle)}</h2>
            <p>{t(Key::TrainingDoor)}</p>
            <Button
                label=t(Key::TrainingEnter)
                sign=Sign::Notebook
                on_press=move |()| app.enter_training()
            />
        </section>
    }
}

/// On the settings: the way in, or the ways out.
#[component]
pub(super) fn TrainingSettings() -> impl IntoView {
    let app: App = expect_context();
    if app.is_training() {
        view! { <Leaving /> }.into_any()
    } else {
        view! { <TrainingDoor /> }.into_any()
    }
}

#[component]
fn Leaving() -> impl IntoView {
    let app: App = expect_context();
    let (open, task) = (RwSignal::new(false), Task::new());
    let restart = move |()| task.run(async move { app.restart_training().await }, || {});
    view! {
        <section class="flow">
            <h2>{t(Key::TrainingTitle)}</h2>
            <p>{t(Key::TrainingWhat)}</p>
            <div class="cluster">
                <Button
                    label=t(Key::TrainingBack)
                    look=Look::Primary
                    on_press=move |()| app.leave_training()
                />
                <Button label=t(Key::TrainingRestart) on_press=move |()| open.set(true) />
            </div>
            <Dialog title=t(Key::TrainingRestart) open>
                <p>{t(Key::TrainingRestartWhat)}</p>
                <div class="cluster">
                    <Button
                        label=t(Key::TrainingRestartDo)
                        look=Look::Danger
                        busy=task.busy()
                        on_press=restart
                    />
                    <Button
                        label=t(Key::WordCancel)
                        look=Look::Quiet
                        on_press=move |()| open.set(false)
                    />
                </div>
                <TroubleNotice trouble=task.trouble() />
            </Dialog>
        </section>
    }
}

/// In place of a page of the campaign.
#[component]
pub fn AbsentPage() -> impl IntoView {
    view! {
        <Page title=t(Key::TrainingAbsentTitle)>
            <p>{t(Key::TrainingAbsent)}</p>
            <LinkButton href=routes::HOME label=t(Key::NotFoundHome) />
        </Page>
    }
}

/// The invented visits that were made last.
#[component]
pub(super) fn ExampleVisits() -> impl IntoView {
    let app: App = expect_context();
    let rows = Memo::new(move |_| {
        let rows = if app.is_training() { app.visits(false) } else { Vec::new() };
        let examples = rows.iter().filter(|row| !row.own);
        examples.take(FEW).map(|row| row.id).collect::<Vec<_>>()
    });
    view! {
        <VisitSection title=Key::TrainingExamples rows />
        <If when=move || app.is_training()>
            <LinkButton href=routes::VISITS label=t(Key::HomeAllVisits) look=Look::Quiet />
        </If>
    }
}
