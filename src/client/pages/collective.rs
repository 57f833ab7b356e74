//! One collective: its code, what people disagree about, its record, its visits.

use domain::change::RecordKey;
use domain::forms::initiative_form;
use domain::ids::RecordId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::conflicts::Conflicts;
use super::correction::RecordSheet;
use super::visit_rows::VisitRows;
use crate::i18n::{Key, t, text};
use crate::routes;
use crate::state::{App, InitiativeRow};
use crate::ui::{CodePlate, LinkButton, Look, Notice, Page, Sign};

/// The collective that the path names.
#[component]
pub fn CollectivePage() -> impl IntoView {
    let app: App = expect_context();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|p| p.get("id").and_then(|id| RecordId::parse(&id).ok())));
    let row = Memo::new(move |_| {
        let id = id.get()?;
        app.initiatives().into_iter().find(|row| row.id == id)
    });
    let is_known = Memo::new(move |_| row.with(Option::is_some));
    move || match id.get().filter(|_| is_known.get()) {
        Some(id) => view! { <Collective id row /> }.into_any(),
        None => view! {
            <Page title=t(Key::CollectivesTitle)>
                <p>{t(Key::CollectiveNotFound)}</p>
                <LinkButton href=routes::COLLECTIVES label=t(Key::NavCollectives) />
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn Collective(id: RecordId, row: Memo<Option<InitiativeRow>>) -> impl IntoView {
    let app: App = expect_context();
    let key = RecordKey { kind: "initiative".to_owned(), id };
    let title =
        move || row.with(|row| row.as_ref().map(|row| row.alias.clone()).unwrap_or_default());
    let listing_only =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.listing_only)));
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let visits = Memo::new(move |_| {
        let mut visits = app.visits(false);
        visits.retain(|visit| visit.initiative == Some(id));
        visits
    });
    view! {
        <Page title>
            <LinkButton
                href=routes::COLLECTIVES
                label=t(Key::NavCollectives)
                look=Look::Quiet
                sign=Sign::Back
            />
            <Plate row />
            <Conflicts key=key.clone() form=initiative_form() />
            <Show when=move || listing_only.get()>
                <Notice>
                    <p>{t(Key::CollectiveListingOnly)}</p>
                </Notice>
            </Show>
            <section>
                <h2 class="hidden-words">{t(Key::CollectiveRecord)}</h2>
                <RecordSheet key form=initiative_form() can_correct=coordinator />
            </section>
            <section>
                <h2>{t(Key::CollectiveItsVisits)}</h2>
                <Show
                    when=move || !visits.with(Vec::is_empty)
                    fallback=|| view! { <p class="soft">{t(Key::CollectiveNoVisits)}</p> }
                >
                    <VisitRows rows=visits with_author=true />
                </Show>
            </section>
        </Page>
    }
}

#[component]
fn Plate(row: Memo<Option<InitiativeRow>>) -> impl IntoView {
    let code = move || row.with(|row| row.as_ref().and_then(|row| row.code.clone()));
    let detail =
        move || row.with(|row| row.as_ref().map(super::names::place_and_type).unwrap_or_default());
    view! {
        <p class="soft">{detail}</p>
        {move || {
            code()
                .map(|code| {
                    view! {
                        <div class="plate-large">
                            <CodePlate code label=move || text(Key::CollectiveCode) />
                        </div>
                    }
                })
        }}
    }
}
