//! Making a backup.

use std::pin::Pin;

use leptos::prelude::*;

use super::offer::Offer;
use crate::i18n::{Key, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::device::ReadyFile;
use crate::state::{App, Document, Trouble};
use crate::ui::{Button, Notice, Tone, live};

/// Characters of a group, so that a code is read and typed without losing one's place.
const GROUP: usize = 4;

/// A copy that is being made: the code that opens it, and the file.
pub(in crate::pages) type Making =
    Pin<Box<dyn Future<Output = Result<(String, ReadyFile), Trouble>>>>;

/// Makes a copy of everything that is saved.
#[component]
pub(in crate::pages) fn BackUp() -> impl IntoView {
    let app: App = expect_context();
    let make =
        Callback::new(move |()| -> Making { Box::pin(async move { app.back_up(None).await }) });
    view! {
        <section class="flow">
            <h2>{t(Key::BackupTitle)}</h2>
            <p>{t(Key::BackupWhat)}</p>
            <MakeCopy make />
        </section>
    }
}

/// Makes a copy of everything that is saved and of what a form holds that cannot be saved.
#[component]
pub(in crate::pages) fn BackUpUnsaved(
    /// What it holds.
    unsaved: Callback<(), Document>,
) -> impl IntoView {
    let app: App = expect_context();
    let make = Callback::new(move |()| -> Making {
        let unsaved = Some(unsaved.run(()));
        Box::pin(async move { app.back_up(unsaved).await })
    });
    view! {
        <Notice tone=Tone::Care>
            <p>{t(Key::BackupUnsaved)}</p>
            <MakeCopy make />
        </Notice>
    }
}

/// The button that makes a file, then the code that opens it and the ways out.
#[component]
pub(in crate::pages) fn MakeCopy(
    /// What makes it.
    make: Callback<(), Making>,
) -> impl IntoView {
    let (task, made) = (Task::new(), RwSignal::new(None::<(String, ReadyFile)>));
    let begin = move |()| {
        made.set(None);
        let making = make.run(());
        let work = async move {
            let copy = making.await?;
            // The page may be gone by now; then nobody is left to offer it to.
            let _ = made.try_set(Some(copy));
            Ok(())
        };
        task.run(work, || {});
    };
    view! {
        <Button label=t(Key::BackupMake) busy=task.busy() on_press=begin />
        <TroubleNotice trouble=task.trouble() />
        {live(move || match made.get() {
            Some((code, file)) => ready(&code, file),
            None => ().into_any(),
        })}
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
