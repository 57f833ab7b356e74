//! Bundles by hand: out of a phone that finds no network, and in at a coordinator's.

use domain::notebook::TakenIn;
use leptos::prelude::*;

use super::offer::Offer;
use crate::i18n::{Counted, Key, count, t};
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::routes;
use crate::state::App;
use crate::state::device::ReadyFile;
use crate::ui::{Button, Field, FileInput, If, Notice, Tone, fresh_id, live, words};

/// Makes a file of what is not received.
#[component]
pub(in crate::pages) fn HandOver() -> impl IntoView {
    let app: App = expect_context();
    let (task, made) = (Task::new(), RwSignal::new(None::<ReadyFile>));
    let make = move |()| {
        made.set(None);
        let work = async move {
            let file = app.bundle_file().await?;
            // The page may be gone by now; then nobody is left to offer it to.
            let _ = made.try_set(Some(file));
            Ok(())
        };
        task.run(work, || {});
    };
    view! {
        <section class="flow">
            <h2>{t(Key::FileHandTitle)}</h2>
            <p>{t(Key::FileHandWhat)}</p>
            <Button label=t(Key::FileHandMake) busy=task.busy() on_press=make />
            <TroubleNotice trouble=task.trouble() />
            {live(move || match made.get() {
                Some(file) => view! {
                    <Offer file />
                    <p class="soft small">{t(Key::FileHandThen)}</p>
                }
                .into_any(),
                None => ().into_any(),
            })}
        </section>
    }
}

/// Where a sync failed and something waits: that there is another way.
#[component]
pub(in crate::pages) fn HandOverHint() -> impl IntoView {
    let app: App = expect_context();
    let waits =
        Memo::new(move |_| app.sync_status().fault.is_some() && app.oldest_unreceived().is_some());
    view! {
        <If when=move || waits.get()>
            <p class="small">
                <a href=routes::SETTINGS>{t(Key::FileHandHint)}</a>
            </p>
        </If>
    }
}

/// Takes a file in, and says what waits to be passed on.
#[component]
pub(in crate::pages) fn TakeIn() -> impl IntoView {
    let app: App = expect_context();
    let (task, taken) = (Task::new(), RwSignal::new(None::<TakenIn>));
    let id = StoredValue::new(fresh_id("bundles"));
    let take = move |()| {
        taken.set(None);
        let work = async move {
            let what = app.take_bundle_file(&id.get_value()).await?;
            // The page may be gone by now.
            let _ = taken.try_set(Some(what));
            Ok(())
        };
        task.run(work, || {});
    };
    let waiting = Memo::new(move |_| app.passing_on());
    view! {
        <section class="flow">
            <h2>{t(Key::FileTakeTitle)}</h2>
            <p class="soft">{t(Key::FileTakeWhat)}</p>
            <Field id=id.get_value() label=t(Key::FileTakeLabel)>
                <FileInput id=id.get_value() on_pick=take />
            </Field>
            <TroubleNotice trouble=task.trouble() />
            {live(move || match taken.get() {
                Some(taken) => view! {
                    <Notice tone=Tone::Good>
                        <p>{words(move || sentence(taken))}</p>
                    </Notice>
                }
                .into_any(),
                None => ().into_any(),
            })}
            <If when=move || { waiting.get() > 0 }>
                <p role="status">{words(move || count(Counted::FileWaiting, waiting.get()))}</p>
            </If>
        </section>
    }
}

fn sentence(taken: TakenIn) -> String {
    let TakenIn { new, known, erased } = taken;
    let new = (new > 0 || known + erased == 0).then(|| count(Counted::FileNew, new));
    let known = (known > 0).then(|| count(Counted::FileKnown, known));
    let erased = (erased > 0).then(|| count(Counted::FileErased, erased));
    [new, known, erased].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
