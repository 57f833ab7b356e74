//! A record in reading form, each answer with a pencil; behind it the one question.

use domain::change::RecordKey;
use domain::forms::{Answers, Field, Form, Occasion, has_errors, validate};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::autosave::{Autosave, Saved};
use super::draft::{picker_of, reference_kind};
use super::files::BackUpUnsaved;
use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, language, say, t};
use crate::routes;
use crate::state::{App, Draft, device};
use crate::ui::form::{FormView, Reading, ReferenceSlot};
use crate::ui::{Button, Dialog, Icon, If, Look, Sign, live, words};

/// The answers of a record; with pencils where they may be corrected.
#[component]
pub(super) fn RecordSheet(
    /// The record.
    key: RecordKey,
    /// Its form.
    form: &'static Form,
    /// Whether this device may correct it.
    #[prop(into)]
    can_correct: Signal<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let key = StoredValue::new(key);
    let answers = Memo::new(move |_| key.with_value(|key| app.answers(key)));
    let field: RwSignal<Option<&'static Field>> = RwSignal::new(None);
    let open = RwSignal::new(false);
    let navigate = StoredValue::new_local(use_navigate());
    let names = Callback::new(move |id: String| names::reference(app, &id));
    let pencil = Callback::new(move |of: &'static Field| {
        let label = move || say(Key::RecordCorrectField, &[("field", of.label.get(language()))]);
        let edit = move |_| {
            let draft = key.with_value(|key| app.draft(key.id));
            if let Some(draft) = draft.filter(|draft| !corrects_only(app, draft, of)) {
                // A correction of more was begun: there it goes on.
                navigate.with_value(|navigate| {
                    navigate(&routes::draft(&draft.id), NavigateOptions::default())
                });
            } else {
                field.set(Some(of));
                open.set(true);
            }
        };
        view! {
            <button type="button" class="icon-button unprinted" aria-label=label title=label on:click=edit>
                <Icon sign=Sign::Pencil />
            </button>
        }
        .into_any()
    });
    let can_correct = Memo::new(move |_| can_correct.get());
    let sheet = live(move || {
        if can_correct.get() {
            view! { <Reading form answers names beside=pencil /> }.into_any()
        } else {
            view! { <Reading form answers names /> }.into_any()
        }
    });
    view! {
        {sheet}
        <Dialog title=t(Key::RecordCorrect) open>
            {live(move || match field.get() {
                Some(field) => view! { <Correction key form field open /> }.into_any(),
                None => ().into_any(),
            })}
        </Dialog>
    }
}

/// One question of a record that is saved already.
#[component]
fn Correction(
    key: StoredValue<RecordKey>,
    form: &'static Form,
    field: &'static Field,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let Ok(begun) = key.with_value(|key| app.correct_draft(key)) else { return ().into_any() };
    let before = StoredValue::new(begun.answers.clone());
    let left = key.with_value(|key| app.draft(key.id));
    let saved = RwSignal::new(if left.is_some() { Saved::OnDisk } else { Saved::Untouched });
    let draft = RwSignal::new(left.unwrap_or(begun));
    let answers = Memo::new(move |_| draft.with(|draft| draft.answers.clone()));
    let saver = Autosave::new(app, saved);
    let change = move |answers: Answers| {
        draft.update(|draft| draft.answers = answers);
        saver.with_value(|saver| saver.touch(draft.get_untracked().document()));
    };
    let unsaved = Callback::new(move |()| draft.get_untracked().document());
    let occasion = RwSignal::new(Occasion::Filling);
    let task = Task::new();
    let save = move |()| {
        let done = draft.get_untracked();
        if done.answers == before.get_value() {
            open.set(false);
        } else if is_wrong(form, field, &done.answers) {
            occasion.set(Occasion::Finishing);
        } else {
            saver.with_value(Autosave::stop);
            let work = async move {
                let kept = done.clone().document();
                let saved = app.finish(done).await;
                if saved.is_err() {
                    let _ = saver.try_with_value(|saver| saver.touch(kept));
                }
                saved
            };
            task.run(work, move || open.set(false));
        }
    };
    // Closed, it is given up; with a page that is left, the draft stays and the home page leads to it.
    on_cleanup(move || {
        if open.try_get_untracked() == Some(false) {
            saver.with_value(Autosave::stop);
            app.forget(key.with_value(|key| key.id));
        }
    });
    let picker = Callback::new(move |reference: ReferenceSlot| {
        picker_of(reference, reference_kind(reference, answers.into()), app.collectives())
    });
    view! {
        <div inert=task.busy()>
        <FormView
            form
            answers
            on_change=change
            today=device::today()
            occasion
            finder=device::matches
            picker
            asked=Callback::new(move |asked: String| asked == field.key)
        />
        </div>
        <p class="soft small" role="status">{words(move || saved.with(Saved::say))}</p>
        <If when=move || saved.with(|saved| matches!(saved, Saved::Failed(_)))>
            <BackUpUnsaved unsaved />
        </If>
        <TroubleNotice trouble=task.trouble() />
        <div class="cluster dialog-actions">
            <Button label=t(Key::WordSave) look=Look::Primary on_press=save busy=task.busy() />
            <Button label=t(Key::WordCancel) on_press=move |()| open.set(false) />
        </div>
    }
    .into_any()
}

/// Whether a correction that was begun is about this field alone.
fn corrects_only(app: App, draft: &Draft, field: &Field) -> bool {
    let Ok(now) = app.correct_draft(&draft.key()) else { return false };
    let form = draft.form();
    let is_other = |key: &&String| {
        let host = form.field(key).and_then(|field| field.asked_with.as_deref());
        ***key != field.key && host != Some(field.key.as_str())
    };
    let mut others = draft.answers.keys().chain(now.answers.keys()).filter(is_other);
    others.all(|key| draft.answers.get(key) == now.answers.get(key))
}

/// Only the field at hand counts: a record with another fault can still be corrected.
fn is_wrong(form: &Form, field: &Field, answers: &Answers) -> bool {
    let problems = validate(form, answers, device::today(), Occasion::Finishing);
    let own = problems.into_iter().filter(|problem| {
        let other = form.field(&problem.field).and_then(|other| other.asked_with.as_deref());
        problem.field == field.key || other == Some(field.key.as_str())
    });
    has_errors(&own.collect::<Vec<_>>())
}
