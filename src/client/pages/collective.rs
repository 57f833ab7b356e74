//! One collective: its code, what people disagree about, its record, its visits.

use domain::change::RecordKey;
use domain::forms::initiative_form;
use domain::ids::RecordId;
use leptos::prelude::*;

use super::conflicts::Conflicts;
use super::correction::RecordSheet;
use super::guard::GuardNotice;
use super::names::{self, place_and_type};
use super::proposals::Proposals;
use super::visit_rows::VisitRows;
use crate::i18n::{Key, t};
use crate::routes;
use crate::state::{App, InitiativeRow};
use crate::ui::{CodePlate, If, LinkButton, Notice, Page, Sign, live, words};

/// The collective with this id.
#[component]
pub fn CollectivePage(
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let app: App = expect_context();
    let row = Memo::new(move |_| app.initiatives().into_iter().find(|row| row.id == id));
    let is_known = Memo::new(move |_| row.with(Option::is_some));
    live(move || {
        if is_known.get() {
            return view! { <Collective id row /> }.into_any();
        }
        view! {
            <Page title=t(Key::CollectivesTitle)>
                <p>{t(Key::CollectiveNotFound)}</p>
                <LinkButton href=routes::COLLECTIVES label=t(Key::NavCollectives) />
            </Page>
        }
        .into_any()
    })
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
    // Who created its record stood at its door; what others know of it is for the coordination to decide.
    let own = key.clone();
    let guarded = key.clone();
    let proposes =
        Memo::new(move |_| !coordinator.get() && !app.head(&own).is_some_and(|head| head.own));
    let visits = Memo::new(move |_| {
        let visits = app.visits(false);
        let here = visits.iter().filter(|visit| visit.initiative == Some(id));
        here.map(|visit| visit.id).collect::<Vec<_>>()
    });
    // A card that was printed to practise would lead nobody anywhere.
    let has_card = move || {
        let has_code = row.with(|row| row.as_ref().is_some_and(|row| row.code.is_some()));
        has_code && !app.is_training()
    };
    view! {
        <Page title tab=words(|| names::kind_label("initiative")) back=(routes::COLLECTIVES, Key::NavCollectives)>
            <Plate row />
            <If when=has_card>
                <p>
                    <LinkButton href=routes::card(&id) label=t(Key::CardPrint) sign=Sign::Print />
                </p>
            </If>
            <If when=move || coordinator.get()>
                <GuardNotice key=guarded.clone() form=initiative_form() />
            </If>
            <Conflicts key=key.clone() form=initiative_form() />
            <If when=move || listing_only.get()>
                <Notice>
                    <p>{t(Key::CollectiveListingOnly)}</p>
                </Notice>
            </If>
            <Proposals record=key.clone() form=initiative_form() />
            <section>
                <h2 class="hidden-words">{t(Key::CollectiveRecord)}</h2>
                <If when=move || proposes.get()>
                    <p class="soft">{t(Key::CollectiveProposing)}</p>
                </If>
                <RecordSheet key form=initiative_form() can_correct=true />
            </section>
            <section>
                <h2>{t(Key::CollectiveItsVisits)}</h2>
                <If
                    when=move || !visits.with(Vec::is_empty)
                    otherwise=|| view! { <p class="soft">{t(Key::CollectiveNoVisits)}</p> }
                >
                    <VisitRows rows=visits with_author=true />
                </If>
            </section>
        </Page>
    }
}

#[component]
fn Plate(row: Memo<Option<InitiativeRow>>) -> impl IntoView {
    let detail =
        words(move || row.with(|row| row.as_ref().map(place_and_type).unwrap_or_default()));
    let plate = live(move || match row.with(|row| row.as_ref().and_then(|row| row.code.clone())) {
        Some(code) => view! {
            <div class="plate-large">
                <CodePlate code label=t(Key::CollectiveCode) />
            </div>
        }
        .into_any(),
        None => ().into_any(),
    });
    view! {
        <p class="soft">{detail}</p>
        {plate}
    }
}
