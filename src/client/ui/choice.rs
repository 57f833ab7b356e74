//! One of several, in one tap.

use leptos::prelude::*;

use super::fresh_id::fresh_id;
use super::live::live_list;
use super::option::Opt;

/// How the options stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// One below the other.
    #[default]
    Stack,
    /// Side by side, as wide as they need.
    Wrap,
}

/// Buttons of which one is chosen: a group of radio buttons for keyboards and screen readers. A tap on
/// the chosen one is told too, so that it can be taken back.
#[component]
pub fn ChoiceButtons(
    /// The options.
    #[prop(into)]
    options: Signal<Vec<Opt>>,
    /// The code chosen.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// The code that was tapped.
    #[prop(into)]
    on_choose: Callback<String>,
    /// How they stand.
    #[prop(optional)]
    shape: Shape,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("choice"));
    let button = move |option: Opt| {
        let code = StoredValue::new(option.code);
        let is_chosen = Signal::derive(move || {
            chosen.with(|held| code.with_value(|code| held.as_ref() == Some(code)))
        });
        let choose = move |_| on_choose.run(code.get_value());
        // A radio button that is chosen already changes nothing when it is tapped again.
        let again = move |_| {
            if is_chosen.get_untracked() {
                on_choose.run(code.get_value());
            }
        };
        view! {
            <label class="choice" class:chosen=is_chosen>
                <input
                    type="radio"
                    name=name.get_value()
                    prop:checked=is_chosen
                    on:change=choose
                    on:click=again
                />
                <span>{option.label}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <div class="choices" class:wrap=shape == Shape::Wrap>
            {live_list(move || options.get().into_iter().map(button).collect())}
        </div>
    }
}
