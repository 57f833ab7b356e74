//! A record in reading form, each answer with a pencil; behind it the one question.

use domain::change::RecordKey;
use domain::forms::{Answers, Field, Form, Occasion, from_registers, has_errors, validate};
use leptos::prelude::*;

use super::draft::{picker_of, reference_kind};
use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, language, say, t};
use crate::state::{App, device};
use crate::ui::form::{FormView, Reading, ReferenceSlot};
use crate::ui::{Button, Dialog, Icon, Look, Sign, live};

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
    let names = Callback::new(move |id: String| names::reference(app, &id));
    let pencil = Callback::new(move |of: &'static Field| {
        let label = move || say(Key::RecordCorrectField, &[("field", of.label.get(language()))]);
        let edit = move |_| {
            field.set(Some(of));
            open.set(true);
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
    let seen = key.with_value(|key| app.seen(key));
    let before = from_registers(form, &seen.values).answers;
    let answers = RwSignal::new(before.clone());
    let (seen, before) = (StoredValue::new(seen), StoredValue::new(before));
    let occasion = RwSignal::new(Occasion::Filling);
    let task = Task::new();
    let save = move |()| {
        let answers = answers.get_untracked();
        if answers == before.get_value() {
            open.set(false);
        } else if is_wrong(form, field, &answers) {
            occasion.set(Occasion::Finishing);
        } else {
            let (key, seen) = (key.get_value(), seen.get_value());
            task.run(async move { app.correct(key, seen, answers).await }, move || open.set(false));
        }
    };
    let picker = Callback::new(move |reference: ReferenceSlot| {
        picker_of(reference, reference_kind(reference, answers.into()), app.collectives())
    });
    view! {
        <FormView
            form
            answers
            on_change=move |next: Answers| answers.set(next)
            today=device::today()
            occasion
            finder=device::matches
            picker
            asked=Callback::new(move |asked: String| asked == field.key)
        />
        <TroubleNotice trouble=task.trouble() />
        <div class="cluster dialog-actions">
            <Button label=t(Key::WordSave) look=Look::Primary on_press=save busy=task.busy() />
            <Button label=t(Key::WordCancel) on_press=move |()| open.set(false) />
        </div>
    }
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
