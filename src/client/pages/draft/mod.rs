//! A record while it is written: its questions, saved at every pause.

mod dropping;
mod newcomer;
mod page;
mod picker;
mod record_picker;

use domain::forms::Answers;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

pub use self::dropping::DroppedDraft;
pub(super) use self::dropping::UndoDrop;
pub use self::page::DraftPage;
pub(super) use self::page::{about, picker_of, reference_kind};
pub(super) use self::record_picker::Candidate;
use super::names;
use super::trouble::TroubleNotice;
use crate::routes;
use crate::state::{App, Draft};
use crate::ui::{Page, words};

/// A draft that was begun and not written yet: nothing is stored before the first tap. It lives as long
/// as the app, so that it passes from one page to the next.
#[derive(Clone, Copy)]
pub struct FreshDraft(StoredValue<Option<Draft>>);

impl FreshDraft {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Opens a draft's page, in place of the page that is open when `replace`.
    pub(super) fn open(self, draft: Draft, replace: bool) -> (String, NavigateOptions) {
        let path = routes::draft(&draft.id);
        self.0.set_value(Some(draft));
        (path, NavigateOptions { replace, ..NavigateOptions::default() })
    }

    /// The draft with this id is finished or dropped: going back must not find it again.
    pub(super) fn forget(self, id: domain::ids::RecordId) {
        self.0.update_value(|fresh| {
            if fresh.as_ref().is_some_and(|draft| draft.id == id) {
                *fresh = None;
            }
        });
    }

    /// The draft with this id, if it is the fresh one.
    pub(super) fn get(self, id: domain::ids::RecordId) -> Option<Draft> {
        self.0.get_value().filter(|draft| draft.id == id)
    }
}

impl Default for FreshDraft {
    fn default() -> Self {
        Self::new()
    }
}

/// Begins a record and leads to its form.
#[component]
pub fn NewRecordPage(
    /// Its kind.
    kind: &'static str,
) -> impl IntoView {
    let app: App = expect_context();
    let fresh: FreshDraft = expect_context();
    let navigate = use_navigate();
    let trouble = RwSignal::new(None);
    Effect::new(move |_| match app.begin_record(kind, Answers::new()) {
        Ok(draft) => {
            let (path, options) = fresh.open(draft, true);
            navigate(&path, options);
        }
        Err(error) => trouble.set(Some(error)),
    });
    view! {
        <Page title=words(move || names::kind_label(kind))>
            <TroubleNotice trouble />
        </Page>
    }
}
