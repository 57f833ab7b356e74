//! Values that people gave apart, side by side, and the choice between them.

use leptos::prelude::*;

use super::button::Button;
use super::fresh_id::fresh_id;
use super::live::live_list;
use crate::i18n::{Key, say};

/// One of the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What it reads as.
    pub value: String,
    /// Who gave it.
    pub who: String,
    /// When.
    pub when: String,
}

/// One field about which people disagree. Nothing is lost by choosing: the other value stays in the
/// record's history.
#[component]
pub fn Comparison(
    /// The field.
    #[prop(into)]
    title: Signal<String>,
    /// The values.
    #[prop(into)]
    sides: Signal<Vec<Side>>,
    /// Which one was chosen.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// Whether a choice is being saved.
    #[prop(into, optional)]
    busy: Signal<bool>,
) -> impl IntoView {
    let heading = fresh_id("compare");
    let named_by = heading.clone();
    let side = move |(at, side): (usize, Side)| {
        let label = {
            let value = side.value.clone();
            move || say(Key::CompareChoose, &[("value", &value)])
        };
        view! {
            <li class="side">
                <p class="side-value">{side.value}</p>
                <p class="side-who">{side.who}<br />{side.when}</p>
                <Button label on_press=move |()| on_choose.run(at) busy />
            </li>
        }
        .into_any()
    };
    view! {
        <section class="compare" aria-labelledby=named_by>
            <h3 id=heading>{title}</h3>
            <ul class="sides" role="list">
                {live_list(move || sides.get().into_iter().enumerate().map(side).collect())}
            </ul>
        </section>
    }
}
