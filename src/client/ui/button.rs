//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// How much a button weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// What the screen is for; one per screen.
    Primary,
    /// Another thing one can do.
    #[default]
    Secondary,
    /// Aside.
    Quiet,
    /// What cannot be taken back.
    Danger,
}

impl Look {
    fn class(self, wide: bool) -> &'static str {
        match (self, wide) {
            (Self::Primary, false) => "button primary",
            (Self::Primary, true) => "button primary wide",
            (Self::Secondary, false) => "button",
            (Self::Secondary, true) => "button wide",
            (Self::Quiet, false) => "button quiet",
            (Self::Quiet, true) => "button quiet wide",
            (Self::Danger, false) => "button danger",
            (Self::Danger, true) => "button danger wide",
        }
    }
}

/// A button. While it is busy it keeps its focus and does nothing.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What happens. A button that sends a form may have nothing of its own.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// The drawing before the words.
    #[prop(into, optional)]
    sign: Option<Sign>,
    /// Whether what it does is under way.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// As wide as its column.
    #[prop(optional)]
    wide: bool,
    /// Whether it sends the form around it.
    #[prop(optional)]
    submit: bool,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class(wide)
            aria-disabled=Signal::derive(move || busy.get().then_some("true"))
            on:click=press
        >
            {sign.map(|sign| view! { <Icon sign /> })}
            <span>{label}</span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// The drawing before the words.
    #[prop(into, optional)]
    sign: Option<Sign>,
    /// As wide as its column.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    view! {
        <a class=look.class(wide) href=href>
            {sign.map(|sign| view! { <Icon sign /> })}
            <span>{label}</span>
        </a>
    }
}
