//! Whether the app can start without a network: what the service worker answered, nothing inferred.

use leptos::prelude::*;

use crate::i18n::{Key, text};
use crate::state::device::{Offline, ServiceWorker};
use crate::ui::{Icon, Sign, live, words};

/// One line.
#[component]
pub(super) fn OfflineLine() -> impl IntoView {
    let worker: ServiceWorker = expect_context();
    let parts = move || match worker.offline() {
        Offline::Preparing => (Sign::Sync, Key::OfflinePreparing),
        Offline::Ready => (Sign::Check, Key::OfflineReady),
        Offline::Unavailable => (Sign::Attention, Key::OfflineUnavailable),
    };
    view! {
        <p class="cluster" role="status">
            {live(move || view! { <Icon sign=parts().0 /> }.into_any())}
            <span>{words(move || text(parts().1).to_owned())}</span>
        </p>
    }
}
