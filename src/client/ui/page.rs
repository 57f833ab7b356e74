//! The frame of every page: its title, its one heading, where the focus goes.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::tachys::renderer::types::Element;

use super::button::{LinkButton, Look};
use super::icon::Sign;
use crate::i18n::{Key, t};

/// Where the focus is when a page comes.
#[derive(Default)]
enum Left {
    /// No page was shown before: the first one leaves the focus where the browser put it.
    #[default]
    Nothing,
    /// A page went while this had the focus.
    At(Option<Element>),
}

thread_local! {
    static LEFT: RefCell<Left> = const { RefCell::new(Left::Nothing) };
}

/// A page. Its heading takes the focus after a navigation, so that a screen reader begins there.
#[component]
pub fn Page(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// The document's title, where the heading says what somebody noted: browsers keep titles in their history, in
    /// clear.
    #[prop(into, optional)]
    tab: Option<Signal<String>>,
    /// Where one came from, and its name; above the heading.
    #[prop(optional)]
    back: Option<(&'static str, Key)>,
    /// Whether it is shown only until there is a page to show: it counts as none, and the focus stays.
    #[prop(optional)]
    passing: bool,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    let heading: NodeRef<leptos::html::H1> = NodeRef::new();
    let tab = tab.unwrap_or(title);
    Effect::new(move |_| document().set_title(&format!("{} · Perron", tab.get())));
    if !passing {
        Effect::new(move |_| {
            if let Some(heading) = heading.get()
                && is_free()
            {
                // It can be focused: it has a tabindex.
                drop(heading.focus());
            }
        });
        on_cleanup(|| LEFT.set(Left::At(document().active_element())));
    }
    view! {
        <main id="main" class="page">
            {back.map(|(href, label)| view! {
                <LinkButton href label=t(label) look=Look::Quiet sign=Sign::Back />
            })}
            <h1 node_ref=heading tabindex="-1">{title}</h1>
            {children()}
        </main>
    }
}

/// Whether nobody would miss the focus: it was in the page that went, or is still on what led from there.
fn is_free() -> bool {
    let focused = document().active_element();
    LEFT.with_borrow(|left| match left {
        Left::Nothing => false,
        Left::At(held) => {
            // The browser gives the focus of what is gone to the body.
            focused.as_ref().is_none_or(|focused| focused.tag_name() == "BODY") || focused == *held
        }
    })
}
