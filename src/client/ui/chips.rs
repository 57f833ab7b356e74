//! Small labels of which several can be chosen, where order may matter.

use leptos::prelude::*;

use super::live::{live_list, words};
use super::option::Opt;

/// Labels that wrap; each is a box to tick. With `ranked`, those chosen show their place in the order
/// of tapping.
#[component]
pub fn Chips(
    /// The options.
    #[prop(into)]
    options: Signal<Vec<Opt>>,
    /// The codes chosen, in their order.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// The code that was tapped.
    #[prop(into)]
    on_toggle: Callback<String>,
    /// Whether their order says something.
    #[prop(optional)]
    ranked: bool,
) -> impl IntoView {
    let chip = move |option: Opt| {
        let code = StoredValue::new(option.code);
        let place = move || {
            let chosen = chosen.read();
            code.with_value(|code| chosen.iter().position(|held| held == code))
        };
        let is_chosen = Signal::derive(move || place().is_some());
        let rank = words(move || {
            place().filter(|_| ranked).map(|at| (at + 1).to_string()).unwrap_or_default()
        });
        view! {
            <label class="chip" class:chosen=is_chosen>
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change:target=move |event| {
                        on_toggle.run(code.get_value());
                        // A tap that was refused must not leave a tick that nothing stands for.
                        event.target().set_checked(is_chosen.get_untracked());
                    }
                />
                <span class="rank">{rank}</span>
                <span>{option.label}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <div class="chips" class:ranked=ranked>
            {live_list(move || options.get().into_iter().map(chip).collect())}
        </div>
    }
}
