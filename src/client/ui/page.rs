//! The frame of every page: its title, its one heading, where the focus goes.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;

use super::button::{LinkButton, Look};
use super::icon::Sign;
use crate::i18n::{Key, t};

/// Whether a page was shown before: the first one leaves the focus where the browser put it.
static MOVED: AtomicBool = AtomicBool::new(false);

/// A page. Its heading takes the focus after a navigation, so that a screen reader begins there.
#[component]
pub fn Page(
    /// Its heading, and the document's title.
    #[prop(into)]
    title: Signal<String>,
    /// Where one came from, and its name; above the heading.
    #[prop(optional)]
    back: Option<(&'static str, Key)>,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    let heading: NodeRef<leptos::html::H1> = NodeRef::new();
    Effect::new(move |_| document().set_title(&format!("{} · Perron", title.get())));
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && MOVED.swap(true, Ordering::Relaxed)
        {
            // It can be focused: it has a tabindex.
            drop(heading.focus());
        }
    });
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
