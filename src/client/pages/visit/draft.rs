//! The form of one visit.

use domain::forms::{
    Answers, Occasion, form_for, has_errors, initiative_form, validate, visit_form,
};
use domain::ids::RecordId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::FreshDraft;
use super::autosave::{Autosave, Saved};
use super::dropping::DropDraft;
use super::newcomer::Newcomer;
use super::picker::CollectivePicker;
use crate::i18n::{Key, say, t, text};
use crate::pages::task::Task;
use crate::pages::trouble::{TroubleNotice, trouble_text};
use crate::routes;
use crate::state::{App, Draft, device};
use crate::ui::form::{FormView, ReferenceSlot, form_progress};
use crate::ui::{Button, If, LinkButton, Look, Notice, Page, Sign, words};

/// The draft with this id: from the store, or begun and not written yet.
#[component]
pub fn DraftPage(
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let app: App = expect_context();
    let fresh: FreshDraft = expect_context();
    match app.draft(id).or_else(|| fresh.get(id)) {
        Some(draft) => view! { <DraftForm draft /> }.into_any(),
        None => view! { <NoDraft /> }.into_any(),
    }
}

#[component]
fn NoDraft() -> impl IntoView {
    view! {
        <Page title=t(Key::VisitMissingTitle)>
            <p>{t(Key::VisitMissingWhat)}</p>
            <div class="cluster">
                <LinkButton href=routes::NEW_VISIT label=t(Key::HomeNewVisit) look=Look::Primary />
                <LinkButton href=routes::HOME label=t(Key::NotFoundHome) />
            </div>
        </Page>
    }
}

/// Questions, and below them what is saved and "Terminer".
#[component]
fn DraftForm(draft: Draft) -> impl IntoView {
    let app: App = expect_context();
    let title = match (&draft.created, app.draft(draft.id)) {
        (None, _) => Key::VisitCorrectTitle,
        (Some(_), None) => Key::VisitNewTitle,
        (Some(_), Some(_)) => Key::VisitDraftTitle,
    };
    let kept = app.draft(draft.id).is_some();
    let saved = RwSignal::new(if kept { Saved::OnDisk } else { Saved::Untouched });
    let saver = StoredValue::new(Autosave::new(app, saved));
    let draft = RwSignal::new(draft);
    let change = Callback::new(move |next: Draft| {
        draft.set(next.clone());
        saver.with_value(|saver| saver.touch(next));
    });
    let occasion = RwSignal::new(Occasion::Filling);
    let task = Task::new();
    let finish = finish(app, draft, occasion, saver, task);
    let stop = move |()| saver.with_value(Autosave::stop);
    view! {
        <Page title=t(title) back=(routes::HOME, Key::VisitLeave)>
            <Questions draft change occasion />
            <TroubleNotice trouble=task.trouble() />
            <DropDraft draft on_drop=stop />
            <Actions draft saved busy=task.busy() on_finish=finish />
        </Page>
    }
}

/// The form itself, the new collective inside its first question.
#[component]
fn Questions(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    occasion: RwSignal<Occasion>,
) -> impl IntoView {
    let app: App = expect_context();
    let today = device::today();
    let answers = Memo::new(move |_| draft.with(|draft| draft.answers.clone()));
    let on_change = move |answers: Answers| {
        change.run(Draft { answers, ..draft.get_untracked() });
    };
    let picker = Callback::new(move |reference: ReferenceSlot| {
        let known = app.collectives();
        let newcomer = view! { <Newcomer draft change occasion reference known /> }.into_any();
        view! { <CollectivePicker reference known newcomer=newcomer draft change /> }.into_any()
    });
    let is_refused = Memo::new(move |_| answers.with(|answers| visit_form().is_refused(answers)));
    view! {
        <FormView
            form=visit_form()
            answers
            on_change
            today
            occasion
            finder=device::matches
            picker
            numbered=true
        />
        <If when=move || is_refused.get()>
            <Notice>
                <p>{t(Key::VisitRefused)}</p>
            </Notice>
        </If>
    }
}

/// Checks everything; then the draft becomes changes.
fn finish(
    app: App,
    draft: RwSignal<Draft>,
    occasion: RwSignal<Occasion>,
    saver: StoredValue<Autosave>,
    task: Task,
) -> Callback<()> {
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |()| {
        let done = draft.get_untracked();
        if !is_complete(&done) {
            occasion.set(Occasion::Finishing);
            return;
        }
        let (path, kept) = (routes::visit(&done.id), done.clone());
        saver.with_value(Autosave::stop);
        let work = async move {
            let finished = app.finish(done).await;
            if finished.is_err() {
                // The draft is this page's again, if the page is still there.
                let _ = saver.try_with_value(|saver| saver.touch(kept));
            }
            finished
        };
        task.run(work, move || {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&path, options));
        });
    })
}

fn is_complete(draft: &Draft) -> bool {
    let (form, today) = (visit_form(), device::today());
    let check = |kind: &str, answers: &Answers| {
        let problems =
            form_for(kind).map(|form| validate(form, answers, today, Occasion::Finishing));
        !has_errors(&problems.unwrap_or_default())
    };
    let new = draft.initiative.as_ref().filter(|new| draft.initiative_id() == Some(new.created.id));
    let kind = &initiative_form().record_kind;
    let newcomer =
        form.is_refused(&draft.answers) || new.is_none_or(|new| check(kind, &new.answers));
    check(&form.record_kind, &draft.answers) && newcomer
}

/// What stays in sight: how far one is, what is saved, the way to finish.
#[component]
fn Actions(
    draft: RwSignal<Draft>,
    saved: RwSignal<Saved>,
    #[prop(into)] busy: Signal<bool>,
    on_finish: Callback<()>,
) -> impl IntoView {
    let progress = Memo::new(move |_| draft.with(|d| form_progress(visit_form(), &d.answers)));
    let far = words(move || {
        let (done, total) = progress.get();
        say(Key::VisitProgress, &[("done", &done.to_string()), ("total", &total.to_string())])
    });
    let status = words(move || match saved.get() {
        Saved::Untouched => text(Key::VisitUnsaved).to_owned(),
        Saved::Saving => text(Key::VisitSaving).to_owned(),
        Saved::OnDisk => text(Key::VisitSaved).to_owned(),
        Saved::Failed(code) => format!("{} : {}", text(Key::VisitNotSaved), trouble_text(&code)),
    });
    let look = Signal::derive(move || match saved.get() {
        Saved::Failed(_) => "failed",
        _ => "",
    });
    view! {
        <div class="actions">
            <div class="actions-row">
                <p class="saved" data-look=look>
                    <strong>
                        <span class="hidden-words">{t(Key::VisitProgressLabel)}" "</span>
                        {far}
                    </strong>
                    <span role="status">{status}</span>
                </p>
                <Button
                    label=move || text(if busy.get() { Key::VisitFinishing } else { Key::VisitFinish })
                    look=Look::Primary
                    sign=Sign::Check
                    busy
                    on_press=move |()| on_finish.run(())
                />
            </div>
        </div>
    }
}
