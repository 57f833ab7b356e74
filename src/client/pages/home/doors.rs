//! The doors of the coordination.

use leptos::prelude::*;

use crate::i18n::{Counted, Key, count, t, text};
use crate::routes;
use crate::state::App;
use crate::ui::{Icon, Sign};

/// Collectives, visits, invitations, phones.
#[component]
pub(super) fn Doors() -> impl IntoView {
    let app: App = expect_context();
    let collectives = Memo::new(move |_| {
        let rows = app.initiatives();
        (rows.len(), rows.iter().map(|row| row.proposals).sum::<usize>())
    });
    let collectives_detail = move || match collectives.get() {
        (known, 0) => count(Counted::HomeCollectives, known),
        (_, proposals) => count(Counted::CollectivesProposals, proposals),
    };
    let visits = Memo::new(move |_| app.visits(false).len());
    let to_review = Memo::new(move |_| app.to_review().len());
    let visits_detail = move || match to_review.get() {
        0 => count(Counted::HomeVisits, visits.get()),
        n => count(Counted::HomeToReview, n),
    };
    let notes = Memo::new(move |_| app.notes(false).len());
    let waiting = Memo::new(move |_| app.enrolments().len());
    let phones = move || match waiting.get() {
        0 => text(Key::HomePhones).to_owned(),
        n => count(Counted::HomeWaitingPhones, n),
    };
    view! {
        <section>
            <h2 class="hidden-words">{t(Key::HomeDoors)}</h2>
            <div class="doors">
                <Door
                    href=routes::COLLECTIVES
                    sign=Sign::Houses
                    title=Key::HomeDoorCollectives
                    detail=collectives_detail
                    waiting=move || { collectives.get().1 > 0 }
                />
                <Door
                    href=routes::VISITS
                    sign=Sign::Notebook
                    title=Key::HomeDoorVisits
                    detail=visits_detail
                    waiting=move || { to_review.get() > 0 }
                />
                <Door
                    href=routes::NOTES
                    sign=Sign::Pencil
                    title=Key::HomeDoorNotes
                    detail=move || count(Counted::HomeNotes, notes.get())
                />
                <Door
                    href=routes::INVITE
                    sign=Sign::Plus
                    title=Key::HomeDoorInvite
                    detail=t(Key::HomeDoorInviteDetail)
                />
                <Door
                    href=routes::DEVICES
                    sign=Sign::People
                    title=Key::HomeDoorDevices
                    detail=phones
                    waiting=move || { waiting.get() > 0 }
                />
            </div>
        </section>
    }
}

#[component]
fn Door(
    href: &'static str,
    sign: Sign,
    title: Key,
    #[prop(into)] detail: Signal<String>,
    #[prop(into, optional)] waiting: Signal<bool>,
) -> impl IntoView {
    view! {
        <a class="door" href=href data-look=Signal::derive(move || waiting.get().then_some("waiting"))>
            <Icon sign />
            <span class="door-title">{t(title)}</span>
            <span class="door-detail">{detail}</span>
        </a>
    }
}
