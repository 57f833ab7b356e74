//! Deleting a draft, after a question.

use domain::ids::RecordId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::i18n::{Key, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::routes;
use crate::state::App;
use crate::ui::{Button, Dialog, Look};

/// The button and its question.
#[component]
pub(super) fn DropDraft(
    /// The draft.
    id: RecordId,
    /// It is about to be dropped: it must not be saved again.
    #[prop(into)]
    on_drop: Callback<()>,
) -> impl IntoView {
    let app: App = expect_context();
    let open = RwSignal::new(false);
    let task = Task::new();
    let navigate = StoredValue::new_local(use_navigate());
    let drop_it = move |()| {
        on_drop.run(());
        task.run(async move { app.drop_draft(id).await }, move || {
            open.set(false);
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(routes::HOME, options));
        });
    };
    view! {
        <Button label=t(Key::VisitDrop) look=Look::Quiet on_press=move |()| open.set(true) />
        <Dialog title=t(Key::VisitDropTitle) open>
            <p>{t(Key::VisitDropWhat)}</p>
            <div class="cluster">
                <Button label=t(Key::VisitDropGo) look=Look::Danger on_press=drop_it busy=task.busy() />
                <Button label=t(Key::WordCancel) on_press=move |()| open.set(false) />
            </div>
            <TroubleNotice trouble=task.trouble() />
        </Dialog>
    }
}
