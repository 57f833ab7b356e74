//! A file that is ready: to the share sheet, or to the downloads.

use leptos::prelude::*;

use crate::i18n::{Key, say, t, text};
use crate::state::device::{self, ReadyFile, Shared};
use crate::ui::{Button, If, Look, Sign, words};

/// The two ways out. The file was made before: a browser opens its share sheet only while a tap is fresh.
#[component]
pub(super) fn Offer(
    /// The file.
    file: ReadyFile,
) -> impl IntoView {
    let name = file.name.clone();
    let shares = device::can_share(&name);
    let file = StoredValue::new(file);
    let told = RwSignal::new(None);
    let download = move |()| {
        let begun = file.with_value(device::download);
        told.set(Some(if begun { Key::FileDownloaded } else { Key::FileNotDownloaded }));
    };
    let share = move |()| {
        leptos::task::spawn_local(async move {
            let key = match device::share(&file.get_value()).await {
                Shared::Taken => Some(Key::FileShared),
                Shared::Stopped => None,
                Shared::Refused => Some(Key::FileNotShared),
            };
            // The page may be gone by now.
            let _ = told.try_set(key);
        });
    };
    view! {
        <p class="small">{words(move || say(Key::FileReady, &[("name", &name)]))}</p>
        <div class="cluster">
            <If when=move || shares>
                <Button label=t(Key::FileShare) look=Look::Primary on_press=share />
            </If>
            <Button label=t(Key::FileDownload) sign=Sign::Letter on_press=download />
        </div>
        <p class="soft small" role="status">
            {words(move || told.get().map_or("", text).to_owned())}
        </p>
    }
}
