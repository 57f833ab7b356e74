//! The third step: the code, typed back from the paper.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::App;
use crate::ui::{Button, Field, Look, TextInput, fresh_id};

/// Checks what was typed against the team's key.
#[component]
pub(super) fn ProveStep(
    /// Shows the code again.
    #[prop(into)]
    on_back: Callback<()>,
    /// The code is right.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let app: App = expect_context();
    let typed = RwSignal::new(String::new());
    let task = Task::new();
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = typed.get_untracked();
        task.run(async move { app.prove_recovery_code(&typed).await }, move || on_done.run(()));
    };
    let id = fresh_id("code");
    view! {
        <form class="flow" on:submit=check>
            <Field id=id.clone() label=t(Key::SetupCodeLabel) help=t(Key::SetupProveWhat)>
                <TextInput
                    id
                    value=typed
                    on_input=move |text: String| typed.set(text)
                    code=true
                    lines=2
                />
            </Field>
            <div class="cluster">
                <Button
                    label=t(Key::SetupProveGo)
                    look=Look::Primary
                    submit=true
                    busy=task.busy()
                />
                <Button
                    label=t(Key::SetupProveAgain)
                    look=Look::Quiet
                    on_press=move |()| on_back.run(())
                />
            </div>
        </form>
        <TroubleNotice trouble=task.trouble() />
    }
}
