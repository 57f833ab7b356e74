//! The second step: the recovery code, to be put on paper.

use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::pages::names;
use crate::state::{App, device};
use crate::ui::{Button, Look, Notice, Sign, Tone, words};

/// Characters of a group, so that a code is read and typed without losing one's place.
const GROUP: usize = 4;

/// Shows the code in groups.
#[component]
pub(super) fn CodeStep(
    /// The code, one word.
    #[prop(into)]
    code: String,
    /// It is on paper.
    #[prop(into)]
    on_written: Callback<()>,
) -> impl IntoView {
    let app: App = expect_context();
    let characters: Vec<char> = code.chars().collect();
    let groups = characters.chunks(GROUP).map(|group| group.iter().collect::<String>());
    let groups = groups.map(|group| view! { <span>{group}</span> }).collect::<Vec<_>>();
    view! {
        <p class="printed">{words(move || names::campaign(app))}</p>
        <p>{t(Key::SetupCodeWhat)}</p>
        <p class="recovery" role="group" aria-label=t(Key::SetupCodeLabel)>{groups}</p>
        <Notice tone=Tone::Care>
            <p>{t(Key::SetupCodeWarning)}</p>
        </Notice>
        <div class="cluster unprinted">
            <Button
                label=t(Key::SetupCodeWritten)
                look=Look::Primary
                on_press=move |()| on_written.run(())
            />
            <Button label=t(Key::WordPrint) sign=Sign::Print on_press=move |()| device::print() />
        </div>
    }
}
