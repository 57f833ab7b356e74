//! The frame of every page: its title, its one heading, where the focus goes.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;

/// Whether a page was shown before: the first one leaves the focus where the browser put it.
static MOVED: AtomicBool = AtomicBool::new(false);

/// A page. Its heading takes the focus after a navigation, so that a screen reader begins there.
#[component]
pub fn Page(
    /// Its heading, and the document's title.
    #[prop(into)]
    title: Signal<String>,
    /// Whether the heading is only heard.
    #[prop(optional)]
    quiet_heading: bool,
    /// Whether it uses the width of a desk.
    #[prop(optional)]
    wide: bool,
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
        <main id="main" class="page" class:page-wide=wide>
            <h1 node_ref=heading tabindex="-1" class:hidden-words=quiet_heading>{title}</h1>
            {children()}
        </main>
    }
}
