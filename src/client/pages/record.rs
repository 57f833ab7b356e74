//! A record as it was finished: what it is and how far it has come. What else its page shows is no part of
//! the first load.

use domain::change::RecordKey;
use domain::forms::CivilDate;
use domain::ids::RecordId;
use leptos::prelude::*;

use super::later::{Later, LaterPart};
use super::names;
use super::visit_rows::badge;
use crate::i18n::{Key, plain_date, say, t, text};
use crate::routes;
use crate::state::{App, RecordHead};
use crate::ui::{LinkButton, Page, RecordBadge, StateBadge, live, words};

/// The record of this kind with this id.
#[component]
pub fn RecordPage(
    /// Its kind: there is a form of it.
    kind: &'static str,
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let app: App = expect_context();
    let head = head_of(RecordKey { kind: kind.to_owned(), id });
    let is_known = Memo::new(move |_| head.with(Option::is_some));
    live(move || {
        if is_known.get() {
            return view! {
                <Page title=title(kind, head) tab=words(move || names::kind_label(kind))>
                    <Standing head />
                    <LaterPart part=Later::Record(kind, id) />
                </Page>
            }
            .into_any();
        }
        view! {
            <Page title=words(move || names::kind_label(kind))>
                <p>{words(move || text(missing(app)).to_owned())}</p>
                <LinkButton href=routes::HOME label=t(Key::NotFoundHome) />
            </Page>
        }
        .into_any()
    })
}

/// Why there is nothing to show.
fn missing(app: App) -> Key {
    if app.is_loading() { Key::OpeningLoading } else { Key::RecordNotFound }
}

/// What is known of a record beside its answers; none of one that is not here.
pub(super) fn head_of(key: RecordKey) -> Memo<Option<RecordHead>> {
    let app: App = expect_context();
    Memo::new(move |_| app.head(&key))
}

/// The day of a visit; of others the kind.
fn title(kind: &'static str, head: Memo<Option<RecordHead>>) -> crate::ui::Words {
    words(move || {
        if kind != "visit" {
            return names::kind_label(kind);
        }
        let date =
            head.with(|head| head.as_ref()?.visited_on.as_deref()?.parse::<CivilDate>().ok());
        match date {
            Some(date) => say(Key::RecordTitle, &[("date", &plain_date(date))]),
            None => text(Key::RecordTitleBare).to_owned(),
        }
    })
}

/// How far it has come, and who wrote it.
#[component]
fn Standing(head: Memo<Option<RecordHead>>) -> impl IntoView {
    let app: App = expect_context();
    let author =
        words(move || match head.with(|head| head.as_ref().and_then(|head| head.device)) {
            Some(device) if app.device() == Some(device) => text(Key::RecordByYou).to_owned(),
            Some(device) => say(Key::RecordBy, &[("who", &names::person(app, device))]),
            None => String::new(),
        });
    let state = move || {
        head.with(|head| head.as_ref().map_or(RecordBadge::Received, |head| badge(head.delivery)))
    };
    view! {
        <div class="cluster">
            <StateBadge state />
            <p class="soft small">{author}</p>
        </div>
    }
}
