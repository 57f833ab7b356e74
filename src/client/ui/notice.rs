//! A few sentences that ask for attention, and how much of it.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// How much attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It went well.
    Good,
    /// Take care.
    Care,
    /// It went wrong.
    Bad,
}

/// Sentences in a frame. Read aloud when it appears: at once when something went wrong.
#[component]
pub fn Notice(
    /// How much attention.
    #[prop(optional)]
    tone: Tone,
    /// The sentences.
    children: Children,
) -> impl IntoView {
    let (name, sign, role) = match tone {
        Tone::Info => ("info", Sign::Info, "status"),
        Tone::Good => ("good", Sign::Check, "status"),
        Tone::Care => ("care", Sign::Attention, "status"),
        Tone::Bad => ("bad", Sign::Attention, "alert"),
    };
    view! {
        <div class="notice" data-tone=name role=role>
            <Icon sign />
            <div class="flow">{children()}</div>
        </div>
    }
}
