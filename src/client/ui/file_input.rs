//! A place to pick a file.

use leptos::prelude::*;

use super::field::described_by;

/// Picks one file. Whoever needs its bytes reads them by the same id. Any file may be picked: systems do not
/// know the app's endings, and grey out what they do not know.
#[component]
pub fn FileInput(
    /// Its id; [`Field`](super::Field) has the same.
    #[prop(into)]
    id: String,
    /// A file was picked, or none any more.
    #[prop(into, optional)]
    on_pick: Option<Callback<()>>,
) -> impl IntoView {
    let described = described_by(&id);
    let picked = move |_: leptos::ev::Event| {
        if let Some(on_pick) = on_pick {
            on_pick.run(());
        }
    };
    view! { <input type="file" class="input" id=id aria-describedby=described on:change=picked /> }
}
