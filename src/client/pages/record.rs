//! A visit as it was finished: its state, its answers, the ways to correct and to repeat it.

use domain::change::RecordKey;
use domain::forms::{CivilDate, visit_form};
use domain::ids::RecordId;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::conflicts::Conflicts;
use super::correction::RecordSheet;
use super::guard::GuardNotice;
use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use super::visit::FreshDraft;
use super::visit_rows::badge;
use crate::i18n::{Counted, Key, count, moment, plain_date, say, t, text};
use crate::routes;
use crate::state::{App, Draft, Trouble, VisitRow};
use crate::ui::{
    Button, CodePlate, If, LinkButton, Look, Notice, Page, RecordBadge, Sign, StateBadge, live,
    words,
};

/// The visit with this id.
#[component]
pub fn VisitRecordPage(
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let app: App = expect_context();
    let row = Memo::new(move |_| app.visits(false).into_iter().find(|row| row.id == id));
    let is_known = Memo::new(move |_| row.with(Option::is_some));
    live(move || {
        if is_known.get() {
            return view! { <VisitRecord id row /> }.into_any();
        }
        view! {
            <Page title=t(Key::RecordTitleBare)>
                <p>{t(Key::RecordNotFound)}</p>
                <LinkButton href=routes::HOME label=t(Key::NotFoundHome) />
            </Page>
        }
        .into_any()
    })
}

#[component]
fn VisitRecord(id: RecordId, row: Memo<Option<VisitRow>>) -> impl IntoView {
    let app: App = expect_context();
    let key = RecordKey { kind: "visit".to_owned(), id };
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let own = move || row.with(|row| row.as_ref().is_some_and(|row| row.own));
    let refused = move || row.with(|row| row.as_ref().is_some_and(|row| row.refused));
    let title = move || {
        let date = row.with(|row| row.as_ref()?.visited_on.as_deref()?.parse::<CivilDate>().ok());
        match date {
            Some(date) => say(Key::RecordTitle, &[("date", &plain_date(date))]),
            None => text(Key::RecordTitleBare).to_owned(),
        }
    };
    let author = words(move || {
        let device = row.with(|row| row.as_ref().and_then(|row| row.device));
        match device {
            Some(device) if app.device() == Some(device) => text(Key::RecordByYou).to_owned(),
            Some(device) => say(Key::RecordBy, &[("who", &names::person(app, device))]),
            None => String::new(),
        }
    });
    let state =
        move || row.with(|row| row.as_ref().map_or(RecordBadge::Received, |row| badge(row.state)));
    let proposals = {
        let key = key.clone();
        Memo::new(move |_| app.view(&key).map(|view| view.proposals.len()).unwrap_or_default())
    };
    let retired = {
        let key = key.clone();
        Memo::new(move |_| app.read(|notebook| notebook.retired(&key)).flatten())
    };
    let left = words(move || match retired.get() {
        Some(at) => say(Key::RecordRetired, &[("when", &moment(at))]),
        None => String::new(),
    });
    let guarded = key.clone();
    view! {
        <Page title>
            <div class="cluster">
                <StateBadge state />
                <p class="soft small">{author}</p>
            </div>
            <If when=move || retired.get().is_some()>
                <Notice>
                    <p>{left}</p>
                </Notice>
            </If>
            <Card row />
            <If when=move || coordinator.get() && { proposals.get() > 0 }>
                <p class="soft">
                    {words(move || count(Counted::RecordProposals, proposals.get()))}
                </p>
            </If>
            <If when=move || coordinator.get()>
                <GuardNotice key=guarded.clone() form=visit_form() />
            </If>
            <Conflicts key=key.clone() form=visit_form() />
            <RecordSheet key form=visit_form() can_correct=move || coordinator.get() && !refused() />
            <If when=move || own() && retired.get().is_none()>
                <OwnVisit id />
            </If>
        </Page>
    }
}

/// The code of the collective, large, to be copied onto its card.
#[component]
fn Card(row: Memo<Option<VisitRow>>) -> impl IntoView {
    let app: App = expect_context();
    let collective = Memo::new(move |_| {
        let id = row.with(|row| row.as_ref().and_then(|row| row.initiative))?;
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

/// Opens the whole form: with the answers as they are, or as the start of another visit.
#[component]
fn OwnVisit(id: RecordId) -> impl IntoView {
    let app: App = expect_context();
    let fresh: FreshDraft = expect_context();
    let task = Task::new();
    let navigate = StoredValue::new_local(use_navigate());
    let open = move |draft: Result<Draft, Trouble>| match draft {
        Ok(draft) => {
            let (path, options) = fresh.open(draft, false);
            navigate.with_value(|navigate| navigate(&path, options));
        }
        Err(trouble) => task.fail(trouble),
    };
    view! {
        <div class="cluster">
            <Button
                label=t(Key::RecordCorrect)
                sign=Sign::Pencil
                on_press=move |()| open(app.correct_visit(id))
            />
            <Button
                label=t(Key::RecordRepeat)
                sign=Sign::Copy
                look=Look::Quiet
                on_press=move |()| open(app.repeat_visit(id))
            />
        </div>
        <TroubleNotice trouble=task.trouble() />
    }
}
