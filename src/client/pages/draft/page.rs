//! The form of one record.

use domain::alerts;
use domain::change::RecordKey;
use domain::forms::{
    Answer, Answers, FieldType, Occasion, form_for, has_errors, initiative_form, validate,
};
use domain::ids::RecordId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::FreshDraft;
use super::dropping::DropDraft;
use super::newcomer::{AlikeFurther, Newcomer, NewcomerBlocks};
use super::picker::CollectivePicker;
use super::record_picker::RecordPicker;
use crate::i18n::{Key, say, t, text};
use crate::pages::alert::WinterReminder;
use crate::pages::autosave::{Autosave, Saved};
use crate::pages::later::{Later, LaterPart};
use crate::pages::names;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::routes;
use crate::state::{App, Collectives, Draft, device};
use crate::ui::form::{FormView, ReferenceSlot, form_progress};
use crate::ui::{Button, If, LinkButton, Look, Notice, Page, Sign, Words, live, words};

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
    let kept = app.draft(draft.id).is_some();
    let title = title(&draft, kept);
    let saved = RwSignal::new(if kept { Saved::OnDisk } else { Saved::Untouched });
    let saver = Autosave::new(app, saved);
    let draft = RwSignal::new(draft);
    let change = Callback::new(move |mut next: Draft| {
        if saved.with_untracked(|saved| *saved == Saved::Untouched) {
            // What a visit takes is counted from the first tap.
            next.begun_at = device::now();
        }
        draft.set(next.clone());
        saver.with_value(|saver| saver.touch(next.document()));
    });
    let occasion = RwSignal::new(Occasion::Filling);
    let alike = AlikeFurther::new();
    let task = Task::new();
    let finish = finish(app, draft, occasion, saver, saved, task);
    let stop = move |()| saver.with_value(Autosave::stop);
    let unsaved = Callback::new(move |()| draft.get_untracked().document());
    view! {
        <Page title back=(routes::HOME, Key::VisitLeave)>
            <div class="questions" inert=task.busy()>
                <Questions draft change occasion alike />
            </div>
            <TroubleNotice trouble=task.trouble() />
            <If when=move || saved.with(|saved| matches!(saved, Saved::Failed(_)))>
                <LaterPart part=Later::Unsaved(unsaved) />
            </If>
            <DropDraft draft on_drop=stop />
            <Actions draft saved alike busy=task.busy() on_finish=finish />
        </Page>
    }
}

fn title(draft: &Draft, kept: bool) -> Words {
    if draft.kind != "visit" {
        let kind = draft.kind.clone();
        return match draft.created {
            Some(_) => words(move || names::kind_label(&kind)),
            None => {
                words(move || say(Key::NoteCorrectTitle, &[("what", &names::kind_label(&kind))]))
            }
        };
    }
    let key = match draft.created {
        None => Key::VisitCorrectTitle,
        Some(_) if kept => Key::VisitDraftTitle,
        Some(_) => Key::VisitNewTitle,
    };
    words(move || text(key).to_owned())
}

/// The form itself; in a visit's the new collective inside its first question.
#[component]
fn Questions(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    occasion: RwSignal<Occasion>,
    alike: AlikeFurther,
) -> impl IntoView {
    let app: App = expect_context();
    let today = device::today();
    let answers = Memo::new(move |_| draft.with(|draft| draft.answers.clone()));
    let on_change = move |answers: Answers| {
        change.run(Draft { answers, ..draft.get_untracked() });
    };
    let form = draft.with_untracked(Draft::form);
    let is_visit = draft.with_untracked(|draft| draft.kind == "visit");
    let picker = Callback::new(move |reference: ReferenceSlot| {
        let kind = reference_kind(reference, answers.into());
        let known = app.collectives();
        if is_visit {
            let newcomer =
                view! { <Newcomer draft change occasion reference known alike /> }.into_any();
            return view! { <CollectivePicker reference known newcomer=newcomer draft change /> }
                .into_any();
        }
        picker_of(reference, kind, known)
    });
    // About the collective, and of its record, but asked by whoever stands at its door.
    let folded_first = Callback::new(move |()| {
        is_visit.then(|| view! { <NewcomerBlocks draft change occasion /> }).into_any()
    });
    let is_refused = Memo::new(move |_| answers.with(|answers| form.is_refused(answers)));
    let is_alert = draft.with_untracked(|draft| draft.kind == "alert");
    let standing =
        Signal::derive(move || answers.with(|answers| alerts::status(answers).to_owned()));
    // What was sent before is no longer on this phone alone, and a review may have closed it.
    let key = draft.with_untracked(Draft::key);
    // A sync may take it along while the form is open.
    let has_left = Memo::new(move |_| app.has_left(&key));
    let corrects = draft.with_untracked(|draft| draft.created.is_none());
    let proposes = corrects
        && untrack(|| {
            let key = draft.with_untracked(Draft::key);
            !app.is_coordinator() && app.view(&key).is_some_and(|view| view.closed)
        });
    let refused = words(move || {
        let said = match (is_visit, corrects) {
            _ if proposes => Key::NoteRefusedProposed,
            (true, true) if has_left.get() => Key::VisitRefusedLater,
            (true, _) => Key::VisitRefused,
            (false, false) => Key::NoteRefused,
            (false, true) => Key::NoteRefusedLater,
        };
        text(said).to_owned()
    });
    view! {
        {is_alert.then(|| view! { <WinterReminder answers standing /> })}
        <FormView
            form
            answers
            on_change
            today
            occasion
            finder=device::matches
            picker
            numbered=is_visit
            folded_first
        />
        <If when=move || is_refused.get()>
            <Notice>
                <p>{refused}</p>
            </Notice>
        </If>
    }
}

/// The kind of record that a field refers to, given the answers; empty while none says it.
pub(in crate::pages) fn reference_kind(
    reference: ReferenceSlot,
    answers: Signal<Answers>,
) -> Signal<String> {
    let field = reference.field;
    Memo::new(move |_| match &field.field_type {
        FieldType::Reference(rules) | FieldType::References(rules) => {
            answers.with(|answers| rules.kind(answers).unwrap_or_default().to_owned())
        }
        _ => String::new(),
    })
    .into()
}

/// The picker of the records of a kind.
pub(in crate::pages) fn picker_of(
    reference: ReferenceSlot,
    kind: Signal<String>,
    known: Memo<Collectives>,
) -> AnyView {
    live(move || {
        if kind.get() == "initiative" {
            view! { <CollectivePicker reference known /> }.into_any()
        } else {
            view! { <RecordPicker reference kind /> }.into_any()
        }
    })
    .into_any()
}

/// Checks everything; then the draft becomes changes.
fn finish(
    app: App,
    draft: RwSignal<Draft>,
    occasion: RwSignal<Occasion>,
    saver: StoredValue<Autosave>,
    saved: RwSignal<Saved>,
    task: Task,
) -> Callback<()> {
    let fresh: FreshDraft = expect_context();
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |()| {
        let done = draft.get_untracked();
        if !is_complete(&done) {
            occasion.set(Occasion::Finishing);
            return;
        }
        let (id, next, kept) = (done.id, Next::after(&done), done.clone());
        let is_failing = saved.with_untracked(|saved| matches!(saved, Saved::Failed(_)));
        saver.with_value(Autosave::stop);
        fresh.forget(id);
        let work = async move {
            // A disk that took nothing just now is tried with the draft: that it fails leaves the form open.
            let tried = if is_failing { app.keep(done.clone().document()).await } else { Ok(()) };
            let finished = match tried {
                Ok(()) => app.finish(done).await,
                failed => failed,
            };
            if finished.is_err() {
                // The draft is this page's again, if the page is still there.
                let _ = saver.try_with_value(|saver| saver.touch(kept.document()));
            }
            finished
        };
        task.run(work, move || {
            let (path, options) = next.open(app, fresh);
            navigate.with_value(|navigate| navigate(&path, options));
        });
    })
}

/// Where a finished draft leads.
struct Next {
    path: String,
    follow_up: Option<Answers>,
}

impl Next {
    fn after(draft: &Draft) -> Self {
        let path =
            if draft.is_nothing() { routes::HOME.to_owned() } else { shown_at(&draft.key()) };
        // A testimony says that something was promised: what, is asked at once.
        let promised = draft.answers.get("wants_follow_up") == Some(&Answer::Bool(true));
        let follow_up = (promised && draft.created.is_some() && !draft.is_nothing())
            .then(|| about(&draft.key()));
        Self { path, follow_up }
    }

    fn open(self, app: App, fresh: FreshDraft) -> (String, NavigateOptions) {
        match self.follow_up.map(|about| app.begin_record("follow_up", about)) {
            Some(Ok(draft)) => fresh.open(draft, true),
            _ => (self.path, NavigateOptions { replace: true, ..NavigateOptions::default() }),
        }
    }
}

/// The page of a record: a collective has one of its own kind.
fn shown_at(key: &RecordKey) -> String {
    if key.kind == "initiative" { routes::collective(&key.id) } else { routes::record(key) }
}

/// The answers with which a follow-up of this record begins.
pub(in crate::pages) fn about(key: &RecordKey) -> Answers {
    [
        ("target_type".to_owned(), Answer::Code(key.kind.clone())),
        ("target_id".to_owned(), Answer::Reference(key.id.uuid())),
    ]
    .into()
}

fn is_complete(draft: &Draft) -> bool {
    if draft.is_nothing() {
        return true;
    }
    let (form, today) = (draft.form(), device::today());
    let check = |kind: &str, answers: &Answers| {
        let problems =
            form_for(kind).map(|form| validate(form, answers, today, Occasion::Finishing));
        !has_errors(&problems.unwrap_or_default())
    };
    let new = draft.newcomer();
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
    alike: AlikeFurther,
    #[prop(into)] busy: Signal<bool>,
    on_finish: Callback<()>,
) -> impl IntoView {
    let progress = Memo::new(move |_| draft.with(|d| form_progress(d.form(), &d.answers)));
    let far = words(move || {
        let (done, total) = progress.get();
        say(Key::VisitProgress, &[("done", &done.to_string()), ("total", &total.to_string())])
    });
    let status = words(move || match saved.get() {
        // What is corrected was noted before.
        Saved::Untouched if draft.with(|draft| draft.created.is_none()) => String::new(),
        Saved::Untouched => text(Key::VisitUnsaved).to_owned(),
        saved => saved.say(),
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
                    <If when=alike.told>
                        <br />
                        <button type="button" class="link" on:click=move |_| alike.wanted.set(true)>
                            {t(Key::AlikeTitle)}
                        </button>
                    </If>
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
