//! The bar on top and the way around.

use leptos::prelude::*;

use super::doorstep::Mark;
use super::icon::{Icon, Sign};
use super::live::live_list;
use crate::i18n::{Key, t};

/// A place one can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// Its path.
    pub href: &'static str,
    /// Its name.
    pub label: Key,
    /// Its drawing.
    pub sign: Sign,
}

/// The name of the app, and what is always in sight.
#[component]
pub fn TopBar(
    /// What is always in sight.
    children: Children,
) -> impl IntoView {
    view! {
        <header class="top">
            <a class="skip" href="#main" rel="external">{t(Key::NavSkip)}</a>
            <a class="brand" href="/">
                <Mark />
                <span>"Perron"</span>
            </a>
            {children()}
        </header>
    }
}

/// The places one can go to: below the thumb on a telephone, on top at a desk.
#[component]
pub fn NavBar(
    /// The places.
    #[prop(into)]
    places: Signal<Vec<Destination>>,
    /// The path of the page that is open.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let link = move |place: Destination| {
        let is_current = Signal::derive(move || {
            let is_current = current.with(|path| match place.href {
                "/" => path == "/",
                href => path.strip_prefix(href).is_some_and(|r| r.is_empty() || r.starts_with('/')),
            });
            is_current.then_some("page")
        });
        view! {
            <a href=place.href aria-current=is_current>
                <Icon sign=place.sign />
                <span>{t(place.label)}</span>
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="nav" aria-label=t(Key::NavLabel)>
            {live_list(move || places.get().into_iter().map(link).collect())}
        </nav>
    }
}
