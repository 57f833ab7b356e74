//! How far something is.

use leptos::prelude::*;

use super::fresh_id::fresh_id;

/// A bar and its words. Without a total it only says that something goes on.
#[component]
pub fn Progress(
    /// What goes on.
    #[prop(into)]
    label: Signal<String>,
    /// How much is done.
    #[prop(into)]
    done: Signal<usize>,
    /// Of how much.
    #[prop(into)]
    total: Signal<Option<usize>>,
) -> impl IntoView {
    let id = fresh_id("progress");
    let value = Signal::derive(move || total.get().map(|_| done.get().to_string()));
    let max = Signal::derive(move || total.get().map(|total| total.max(1).to_string()));
    view! {
        <div class="progress">
            <label for=id.clone()>{label}</label>
            <progress id=id value=value max=max></progress>
        </div>
    }
}
