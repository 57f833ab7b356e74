//! What the page of a record shows below its standing: its answers, the ways to correct it, and what hangs
//! on it.

use domain::change::RecordKey;
use domain::forms::{Answer, Answers, form_for, visit_form};
use domain::ids::RecordId;
use domain::notebook::VisitOutline;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::alert::AlertStanding;
use super::conflicts::Conflicts;
use super::correction::RecordSheet;
use super::draft::{FreshDraft, about};
use super::guard::GuardNotice;
use super::names;
use super::note_rows::NoteRows;
use super::record::head_of;
use super::review::ReviewSection;
use super::task::Task;
use super::trouble::TroubleNotice;
use super::visit_rows::VisitSection;
use crate::i18n::{Key, moment, say, t};
use crate::routes;
use crate::state::{App, Draft, Trouble};
use crate::ui::{Button, CodePlate, If, LinkButton, Look, Notice, Sign, live, words};

/// All of it, of the record of this kind with this id.
#[component]
pub(super) fn RecordParts(
    /// Its kind: there is a form of it.
    kind: &'static str,
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let key = RecordKey { kind: kind.to_owned(), id };
    let head = head_of(key.clone());
    let form = form_for(kind).unwrap_or_else(visit_form);
    let app: App = expect_context();
    let is_visit = key.kind == "visit";
    let coordinator = Memo::new(move |_| app.is_coordinator());
    // A memo: the head changes while a sync goes on, and what is typed below must stay.
    let own = Memo::new(move |_| head.with(|head| head.as_ref().is_some_and(|head| head.own)));
    let refused = Memo::new(move |_| head.with(|head| head.as_ref().is_some_and(|h| h.refused)));
    let retired = Memo::new(move |_| head.with(|head| head.as_ref().and_then(|head| head.retired)));
    let left = words(move || match retired.get() {
        Some(at) => say(Key::RecordRetired, &[("when", &moment(at))]),
        None => String::new(),
    });
    let stored = StoredValue::new(key.clone());
    let own_tools = move || view! { <OwnRecord key=stored.get_value() refused /> };
    view! {
            <If when=move || retired.get().is_some()>
                <Notice>
                    <p>{left}</p>
                </Notice>
            </If>
            {is_visit.then(|| view! { <Card id=key.id /> })}
            {is_visit.then(|| view! { <CoVisits id=key.id /> })}
            {is_visit.then(|| view! { <ReviewSection key=key.clone() own /> })}
            {(key.kind == "alert").then(|| view! { <AlertStanding key=key.clone() /> })}
            <If when=move || coordinator.get()>
                <GuardNotice key=stored.get_value() form />
            </If>
            <Conflicts key=key.clone() form />
            <RecordSheet key=key.clone() form can_correct=move || coordinator.get() && !refused.get() />
            <If when=move || own.get() && retired.get().is_none()>{own_tools()}</If>
            <Attached key refused />
    }
}

/// The code of the collective, large, to be copied onto its card.
#[component]
fn Card(id: RecordId) -> impl IntoView {
    let app: App = expect_context();
    let collective = Memo::new(move |_| {
        let id = app.visited(id)?;
        let view = app.initiative(id)?;
        Some((id, view.text("alias")?.to_owned(), view.text("code").map(str::to_owned)))
    });
    live(move || {
        let Some((id, alias, code)) = collective.get() else { return ().into_any() };
        let plate = code.map(|code| {
            view! {
                <div class="plate-large">
                    <CodePlate code label=t(Key::CollectiveCode) />
                </div>
                <p>{t(Key::RecordCard)}</p>
                {(!app.is_training()).then(|| view! {
                    <LinkButton href=routes::card(&id) label=t(Key::CardPrint) sign=Sign::Print />
                })}
                <p class="soft small">{t(Key::RecordCardWhy)}</p>
            }
        });
        view! {
            <section class="sheet flow">
                <h2>
                    <a href=routes::collective(&id)>{alias}</a>
                </h2>
                {plate}
            </section>
        }
        .into_any()
    })
}

/// Others of the same day to the same collective: both count, and what they say of it is read together.
#[component]
fn CoVisits(id: RecordId) -> impl IntoView {
    let app: App = expect_context();
    let rows = Memo::new(move |_| {
        let visits = app.visits(false);
        let Some(this) = visits.iter().find(|visit| visit.id == id) else { return Vec::new() };
        let (there, then) = (this.initiative, this.visited_on);
        let is_other = |visit: &&VisitOutline| {
            visit.id != id && (visit.initiative, visit.visited_on) == (there, then)
        };
        let is_whole = there.is_some() && then.is_some();
        let others = visits.iter().filter(|_| is_whole).filter(is_other);
        others.map(|visit| visit.id).collect()
    });
    view! { <VisitSection title=Key::RecordCoVisits rows with_author=true /> }
}

/// Opens the whole form: with the answers as they are, or as the start of another visit.
#[component]
fn OwnRecord(
    key: RecordKey,
    /// Whether nothing may be told of it: then there is nothing to repeat.
    refused: Memo<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let open = Opener::new();
    let repeated = (key.kind == "visit").then(|| {
        let id = key.id;
        view! {
            <If when=move || !refused.get()>
                <Button
                    label=t(Key::RecordRepeat)
                    sign=Sign::Copy
                    look=Look::Quiet
                    on_press=move |()| open.open(app.repeat_visit(id))
                />
            </If>
        }
    });
    view! {
        <div class="cluster">
            <Button
                label=t(Key::RecordCorrect)
                sign=Sign::Pencil
                on_press=move |()| open.open(app.correct_draft(&key))
            />
            {repeated}
        </div>
        <TroubleNotice trouble=open.task.trouble() />
    }
}

/// Notes that refer to this record, and the ways to add one.
#[component]
fn Attached(
    key: RecordKey,
    /// Whether nothing may be told of it: then nothing is added.
    refused: Memo<bool>,
) -> impl IntoView {
    let app: App = expect_context();
    let open = Opener::new();
    let refers = Answer::Reference(key.id.uuid());
    let rows = Memo::new(move |_| {
        let mut rows = app.notes(false);
        rows.retain(|row| row.answers.values().any(|answer| *answer == refers));
        rows
    });
    let given: Vec<(&'static str, Answers)> = match key.kind.as_str() {
        "visit" => {
            let visit = [("visit_id".to_owned(), Answer::Reference(key.id.uuid()))];
            vec![("finding", visit.into()), ("follow_up", about(&key))]
        }
        "alert" | "testimony" => vec![("follow_up", about(&key))],
        _ => Vec::new(),
    };
    let is_host = !given.is_empty();
    let can_add = move || is_host && !refused.get();
    let add = move |(kind, given): (&'static str, Answers)| {
        let label = words(move || say(Key::NoteAdd, &[("what", &names::kind_label(kind))]));
        let begin = move |()| open.open(app.begin_record(kind, given.clone()));
        view! { <Button label sign=Sign::Plus on_press=begin /> }.into_any()
    };
    let adders: Vec<AnyView> = given.into_iter().map(add).collect();
    view! {
        <section hidden=Signal::derive(move || !can_add() && rows.with(Vec::is_empty))>
            <h2>{t(Key::NoteAttached)}</h2>
            <NoteRows rows />
            <div class="cluster" hidden=Signal::derive(move || !can_add())>
                {adders}
            </div>
            <TroubleNotice trouble=open.task.trouble() />
        </section>
    }
}

/// Leads to the form of a draft that was begun.
#[derive(Clone, Copy)]
struct Opener {
    task: Task,
    fresh: FreshDraft,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = Box<dyn Fn(&str, leptos_router::NavigateOptions)>;

impl Opener {
    fn new() -> Self {
        let navigate = StoredValue::new_local(Box::new(use_navigate()) as Navigate);
        Self { task: Task::new(), fresh: expect_context(), navigate }
    }

    fn open(self, draft: Result<Draft, Trouble>) {
        match draft {
            Ok(draft) => {
                let (path, options) = self.fresh.open(draft, false);
                self.navigate.with_value(|navigate| navigate(&path, options));
            }
            Err(trouble) => self.task.fail(trouble),
        }
    }
}
