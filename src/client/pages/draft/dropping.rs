//! Deleting a draft, and taking that back.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::FreshDraft;
use crate::i18n::{Key, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::routes;
use crate::state::{App, Draft};
use crate::ui::{Button, Look, Notice, Sign, live};

/// The draft that was deleted last, until it is taken back or another page was looked at. It lives in
/// memory alone: what a person deletes does not linger on the disk.
#[derive(Clone, Copy)]
pub struct DroppedDraft(RwSignal<Option<Draft>>);

impl DroppedDraft {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Default for DroppedDraft {
    fn default() -> Self {
        Self::new()
    }
}

/// Deletes at once, and leads to where that can be taken back.
#[component]
pub(super) fn DropDraft(
    /// The draft as it stands on the page.
    draft: RwSignal<Draft>,
    /// It is about to be dropped: it must not be saved again.
    #[prop(into)]
    on_drop: Callback<()>,
) -> impl IntoView {
    let app: App = expect_context();
    let dropped: DroppedDraft = expect_context();
    let fresh: FreshDraft = expect_context();
    let task = Task::new();
    let navigate = StoredValue::new_local(use_navigate());
    let drop_it = move |()| {
        on_drop.run(());
        let gone = draft.get_untracked();
        let id = gone.id;
        fresh.forget(id);
        task.run(async move { app.drop_draft(id).await }, move || {
            dropped.0.set(Some(gone));
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(routes::HOME, options));
        });
    };
    view! {
        <Button label=t(Key::VisitDrop) look=Look::Quiet on_press=drop_it busy=task.busy() />
        <TroubleNotice trouble=task.trouble() />
    }
}

/// That a draft was deleted, and the way back to it.
#[component]
pub(in crate::pages) fn UndoDrop() -> impl IntoView {
    let app: App = expect_context();
    let dropped: DroppedDraft = expect_context();
    let task = Task::new();
    let undo = move |()| {
        if let Some(draft) = dropped.0.get_untracked() {
            task.run(async move { app.keep(draft.document()).await }, move || dropped.0.set(None));
        }
    };
    // Another page was looked at: the person went on.
    on_cleanup(move || dropped.0.set(None));
    let notice = live(move || {
        if dropped.0.with(Option::is_none) {
            return ().into_any();
        }
        view! {
            <Notice>
                <p>{t(Key::VisitDropped)}</p>
                <Button label=t(Key::VisitUndrop) sign=Sign::Back on_press=undo busy=task.busy() />
                <TroubleNotice trouble=task.trouble() />
            </Notice>
        }
        .into_any()
    });
    view! { <div role="status">{notice}</div> }
}
