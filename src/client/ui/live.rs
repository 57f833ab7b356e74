//! Parts of a view that change.
//!
//! Leptos compiles its machinery once for every type of closure in a view. These give all closures of a
//! kind one type: a page then costs its own code and no more. It made the whole program a good deal
//! smaller, and a phone loads it over a bad network.

use leptos::prelude::*;

/// A part that changes.
pub type Live = Box<dyn FnMut() -> AnyView + Send>;
/// A list that changes.
pub type LiveList = Box<dyn FnMut() -> Vec<AnyView> + Send>;

/// A part that is made anew whenever what it reads changes.
pub fn live(view: impl FnMut() -> AnyView + Send + 'static) -> Live {
    Box::new(view)
}

/// A list that is made anew whenever what it reads changes.
pub fn live_list(views: impl FnMut() -> Vec<AnyView> + Send + 'static) -> LiveList {
    Box::new(views)
}

/// Words that are said anew whenever what they read changes.
pub fn words(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// Shows its children as long as `when` holds.
#[component]
pub fn If(
    /// Whether they are shown.
    #[prop(into)]
    when: Signal<bool>,
    /// What is shown; made each time it appears.
    children: ChildrenFn,
    /// What is shown instead.
    #[prop(optional, into)]
    otherwise: ViewFn,
) -> impl IntoView {
    let when = Memo::new(move |_| when.get());
    live(move || if when.get() { children() } else { otherwise.run() })
}

/// A list of parts that stay what they are while others come and go: what is typed in them is kept.
#[component]
pub fn Keyed(
    /// A key for each part, in their order.
    #[prop(into)]
    keys: Signal<Vec<String>>,
    /// Makes the part of a key.
    #[prop(into)]
    part: Callback<String, AnyView>,
) -> impl IntoView {
    view! { <For each=move || keys.get() key=|key| key.clone() children=move |key| part.run(key) /> }
}
