//! A device from a backup or of a copied profile, and what is said until it is one of its own.

use leptos::prelude::*;

use crate::i18n::{Key, t, text};
use crate::pages::install::InstallFirst;
use crate::pages::join::PasteInvitation;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::App;
use crate::ui::{Button, Field, FileInput, If, Notice, TextInput, Tone, fresh_id, words};

/// On a new device: the file, the code, and the button.
#[component]
pub(in crate::pages) fn Restore() -> impl IntoView {
    let app: App = expect_context();
    let (task, code) = (Task::new(), RwSignal::new(String::new()));
    let (file_id, code_id) = (fresh_id("backup"), fresh_id("code"));
    let input = StoredValue::new(file_id.clone());
    let restore = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = code.get_untracked();
        task.run(async move { app.restore(&input.get_value(), &code).await }, || {});
    };
    view! {
        <section class="flow">
            <h2>{t(Key::BackupRestoreTitle)}</h2>
            <form class="flow" on:submit=restore>
                <Field id=file_id.clone() label=t(Key::BackupFile) help=t(Key::BackupFileHelp)>
                    <FileInput id=file_id />
                </Field>
                <Field id=code_id.clone() label=t(Key::BackupCodeLabel) help=t(Key::BackupCodeHelp)>
                    <TextInput
                        id=code_id
                        value=code
                        on_input=move |text: String| code.set(text)
                        code=true
                        lines=2
                    />
                </Field>
                <InstallFirst>
                    <Button label=t(Key::BackupRestore) submit=true busy=task.busy() />
                </InstallFirst>
            </form>
            <TroubleNotice trouble=task.trouble() />
        </section>
    }
}

/// That this device is a copy, and how it becomes one of its own.
#[component]
pub(in crate::pages) fn CopyNotice() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let what = words(move || {
        let key = if coordinator.get() { Key::BackupCopyCoordinator } else { Key::BackupCopy };
        text(key).to_owned()
    });
    view! {
        <Notice tone=Tone::Care>
            <p>{what}</p>
            <If when=move || !coordinator.get()>
                <PasteInvitation />
            </If>
        </Notice>
    }
}

/// That another device seals under this one's name, and how this one becomes one of its own.
#[component]
pub(in crate::pages) fn TwinNotice() -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let task = Task::new();
    let part = move |()| task.run(async move { app.part_from_twin().await }, || {});
    let how = words(move || {
        let key = if coordinator.get() { Key::TwinCoordinator } else { Key::TwinVolunteer };
        text(key).to_owned()
    });
    view! {
        <Notice tone=Tone::Care>
            <p>{t(Key::TwinWhat)}</p>
            <p>{how}</p>
            <If when=move || coordinator.get() otherwise=|| view! { <PasteInvitation /> }>
                <Button label=t(Key::TwinPart) on_press=part busy=task.busy() />
            </If>
            <TroubleNotice trouble=task.trouble() />
        </Notice>
    }
}
