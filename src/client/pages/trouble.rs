//! What went wrong, in words, and what to do.

use leptos::prelude::*;

use crate::i18n::{Key, coded, say};
use crate::state::Trouble;
use crate::ui::{Notice, Tone, live, words};

/// A sentence for a code. One that no locale file knows is shown as it is, to be told on the telephone.
/// Tracked.
pub(super) fn trouble_text(code: &str) -> String {
    let sentence = coded("trouble", code, Key::TroubleOther).to_owned();
    match Key::of_code("trouble", code) {
        Some(_) => sentence,
        None => format!("{sentence} {}", say(Key::TroubleCode, &[("code", code)])),
    }
}

/// Told by a code as trouble is, and good news.
const GOOD: &str = "nothing_to_hand";

/// Shown as long as there is trouble.
#[component]
pub(super) fn TroubleNotice(
    /// What went wrong.
    #[prop(into)]
    trouble: Signal<Option<Trouble>>,
) -> impl IntoView {
    live(move || match trouble.get() {
        Some(trouble) => {
            let code = trouble.code();
            view! {
                <Notice tone=if code == GOOD { Tone::Good } else { Tone::Bad }>
                    <p>{words(move || trouble_text(&code))}</p>
                </Notice>
            }
            .into_any()
        }
        None => ().into_any(),
    })
}
