//! A question on top of the page.

use leptos::prelude::*;

use super::fresh_id::fresh_id;
use super::live::If;

/// A modal dialog of the browser: it keeps the focus inside and gives it back, and Escape closes it.
#[component]
pub fn Dialog(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it asks; made each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node: NodeRef<leptos::html::Dialog> = NodeRef::new();
    let heading = StoredValue::new(fresh_id("dialog"));
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // It is in the page, so it can be shown.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=heading.get_value()
            on:close=move |_| open.set(false)
        >
            <If when=move || open.get()>
                <div class="flow">
                    <h2 id=heading.get_value()>{title}</h2>
                    {children()}
                </div>
            </If>
        </dialog>
    }
}
