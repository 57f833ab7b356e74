//! The paper card that stays with a collective, ready to be printed.

use domain::ids::RecordId;
use domain::register::{Card, CardText, NotACard};
use leptos::prelude::*;

use super::campaign_settings::ContactField;
use crate::i18n::{Key, say, t, text};
use crate::routes;
use crate::state::{App, device};
use crate::ui::{Button, If, Look, Notice, Page, Sign, Tone, live, words};

/// The card of the collective with this id.
#[component]
pub fn CardPage(
    /// Its id.
    id: RecordId,
) -> impl IntoView {
    let app: App = expect_context();
    let collective = Memo::new(move |_| {
        let view = app.initiative(id)?;
        Some((view.text("code")?.to_owned(), view.text("alias").unwrap_or_default().to_owned()))
    });
    let contact = RwSignal::new(untrack(|| app.campaign_settings().contact));
    let card = Memo::new(move |_| {
        let code = collective.get().map(|(code, _)| code).unwrap_or_default();
        Card::new(&code, &contact.get())
    });
    let telling = Memo::new(move |_| {
        let (_, alias) = collective.get()?;
        let campaign = app.campaign_settings().name;
        Some(card.get().ok()?.telling_words(&[&alias, &campaign]))
    });
    let telling = move || telling.get().unwrap_or_default().join(", ");
    let printed = live(move || match card.get() {
        Ok(card) => view! { <Printed card /> }.into_any(),
        Err(_) => ().into_any(),
    });
    view! {
        <Page title=t(Key::CardTitle)>
            <div class="flow unprinted">
                <p class="soft">{t(Key::CardWhat)}</p>
                <ContactField contact />
                <If when=move || !telling().is_empty()>
                    <Notice tone=Tone::Care>
                        <p>{words(move || say(Key::CardTelling, &[("words", &telling())]))}</p>
                    </Notice>
                </If>
                <If
                    when=move || card.with(Result::is_ok)
                    otherwise=move || view! { <p class="soft">{text(why_not(&card.get()))}</p> }
                >
                    <Button
                        label=t(Key::WordPrint)
                        look=Look::Primary
                        sign=Sign::Print
                        on_press=move |()| device::print()
                    />
                </If>
            </div>
            {printed}
            <p class="unprinted">
                <a href=routes::collective(&id)>{t(Key::CardBack)}</a>
            </p>
        </Page>
    }
}

fn why_not(card: &Result<Card, NotACard>) -> Key {
    match card {
        Err(NotACard::Code) => Key::CardNoCode,
        _ => Key::CardNeedsContact,
    }
}

/// What the paper shows, and nothing else.
#[component]
fn Printed(card: Card) -> impl IntoView {
    let block = |language: domain::forms::Language| {
        let line = |of: CardText| {
            let behind = match of {
                CardText::Code => card.code.clone(),
                CardText::Contact => card.contact.clone(),
                CardText::Rights => String::new(),
            };
            view! {
                <p>
                    {of.words(language)}" "<strong>{behind}</strong>
                </p>
            }
            .into_any()
        };
        view! {
            <div lang=language.tag()>{CardText::ALL.map(line).into_iter().collect::<Vec<_>>()}</div>
        }
        .into_any()
    };
    let blanks = (0..Card::BLANK_LINES).map(|_| view! { <p class="card-blank"></p> }.into_any());
    view! {
        <article class="card-paper">
            {card.languages.map(block).into_iter().collect::<Vec<_>>()}
            <div aria-hidden="true">{blanks.collect::<Vec<_>>()}</div>
        </article>
    }
}
