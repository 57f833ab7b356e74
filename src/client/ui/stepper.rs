//! A whole number with one less and one more.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use super::live::words;
use crate::i18n::{Key, t};

/// A number to write or to step.
#[component]
pub fn Stepper(
    /// Id of the number.
    #[prop(into)]
    id: String,
    /// The number; none while nothing is known.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// A number was written, or taken away.
    #[prop(into)]
    on_set: Callback<Option<i64>>,
    /// One more (1) or one less (-1).
    #[prop(into)]
    on_step: Callback<i64>,
    /// Ids that describe it.
    #[prop(into, optional)]
    described_by: String,
    /// Whether a problem is shown with it.
    #[prop(into, optional)]
    invalid: Signal<bool>,
    /// Whether it has buttons.
    #[prop(default = true)]
    buttons: bool,
) -> impl IntoView {
    let step = move |by: i64, sign: Sign, label: Key| {
        buttons.then(|| {
            view! {
                <button
                    type="button"
                    class="step"
                    aria-label=t(label)
                    on:click=move |_| on_step.run(by)
                >
                    <Icon sign />
                </button>
            }
        })
    };
    let written = words(move || value.get().map(|number| number.to_string()).unwrap_or_default());
    let set = move |text: &str| {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
        on_set.run(digits.parse().ok());
    };
    view! {
        <div class="stepper" data-look=if buttons { "buttons" } else { "plain" }>
            {step(-1, Sign::Minus, Key::StepperLess)}
            <input
                type="text"
                class="input number"
                id=id
                inputmode="numeric"
                autocomplete="off"
                maxlength="6"
                aria-describedby=described_by
                aria-invalid=Signal::derive(move || invalid.get().then_some("true"))
                prop:value=written
                on:input:target=move |event| {
                    let typed = event.target().value();
                    set(&typed);
                    // What is no number does not stay: it would look like an answer.
                    let shown = written.get_untracked();
                    if typed != "-" && typed != shown {
                        event.target().set_value(&shown);
                    }
                }
            />
            {step(1, Sign::Plus, Key::StepperMore)}
        </div>
    }
}
