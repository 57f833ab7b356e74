//! Making a backup.

use leptos::prelude::*;

use super::offer::Offer;
use crate::i18n::{Key, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::App;
use crate::state::device::ReadyFile;
use crate::ui::{Button, Notice, Tone, live};

/// Characters of a group, so that a code is read and typed without losing one's place.
const GROUP: usize = 4;

/// Makes the file and shows the code that opens it.
#[component]
pub(in crate::pages) fn BackUp() -> impl IntoView {
    let app: App = expect_context();
    let (task, made) = (Task::new(), RwSignal::new(None::<(String, ReadyFile)>));
    let make = move |()| {
        made.set(None);
        let work = async move {
            let backup = app.back_up().await?;
            // The page may be gone by now; then nobody is left to offer it to.
            let _ = made.try_set(Some(backup));
            Ok(())
        };
        task.run(work, || {});
    };
    view! {
        <section class="flow">
            <h2>{t(Key::BackupTitle)}</h2>
            <p>{t(Key::BackupWhat)}</p>
            <Button label=t(Key::BackupMake) busy=task.busy() on_press=make />
            <TroubleNotice trouble=task.trouble() />
            {live(move || match made.get() {
                Some((code, file)) => ready(&code, file),
                None => ().into_any(),
            })}
        </section>
    }
}

fn ready(code: &str, file: ReadyFile) -> AnyView {
    let characters: Vec<char> = code.chars().collect();
    let groups = characters.chunks(GROUP).map(|group| group.iter().collect::<String>());
    let groups = groups.map(|group| view! { <span>{group}</span> }).collect::<Vec<_>>();
    view! {
        <p>{t(Key::BackupCodeWhat)}</p>
        <p class="recovery" role="group" aria-label=t(Key::BackupCodeLabel)>
            {groups}
        </p>
        <Notice tone=Tone::Care>
            <p>{t(Key::BackupWarning)}</p>
        </Notice>
        <Offer file />
    }
    .into_any()
}
