//! The language of the interface, changed anywhere: the words at the door are read aloud in the host's.

use domain::forms::Language;
use leptos::prelude::*;

use crate::i18n::{Key, language, set_language, t};
use crate::state::device;

const LANGUAGE: &str = "language";
/// Each language in its own words, so that everybody finds theirs.
pub(super) const LANGUAGES: [(&str, &str); 3] =
    [("fr", "Français"), ("nl", "Nederlands"), ("en", "English")];

/// Takes over the language that was chosen on this device before. Without a choice the page speaks French,
/// or Dutch where the browser asks for it.
pub(super) fn apply_language() {
    let chosen = device::preference(LANGUAGE).and_then(|tag| Language::from_tag(&tag));
    let asked = Language::from_tag(&device::language()).filter(|asked| *asked == Language::Nl);
    set_language(chosen.or(asked).unwrap_or_default());
    Effect::new(|_| {
        let tag = language().tag();
        device::set_root_attribute("lang", tag);
        // For `boot.js`, which speaks when the app cannot.
        device::set_root_attribute("data-lang", tag);
    });
}

/// Changes it, and remembers it on this device.
pub(super) fn choose_language(tag: &str) {
    if let Some(language) = Language::from_tag(tag) {
        set_language(language);
        device::set_preference(LANGUAGE, tag);
    }
}

/// In the bar on top: one tap from every page, also from the middle of a form.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    let options = LANGUAGES.map(|(tag, _)| {
        let is_chosen = Signal::derive(move || language().tag() == tag);
        let short = tag.to_uppercase();
        view! {
            <option value=tag prop:selected=is_chosen lang=tag>
                {short}
            </option>
        }
        .into_any()
    });
    view! {
        <select
            class="language"
            aria-label=t(Key::SettingsLanguage)
            on:change:target=move |event| choose_language(&event.target().value())
        >
            {Vec::from(options)}
        </select>
    }
}
