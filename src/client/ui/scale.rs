//! Five points from harm to good, and "not said".

use leptos::prelude::*;

use super::fresh_id::fresh_id;
use super::option::Opt;

/// What stands on the five points; their labels are read below and aloud.
const SIGNS: [&str; 5] = ["− −", "−", "=", "+", "+ +"];

/// A scale. Its options are the five points in their order, then "not said", which holds as long as no
/// point is chosen.
#[component]
pub fn Scale(
    /// Five points and "not said".
    #[prop(into)]
    options: Signal<Vec<Opt>>,
    /// The code of the point chosen; none is not said.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// The code that was tapped.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let name = StoredValue::new(fresh_id("scale"));
    let point = move |(at, option): (usize, Opt)| {
        let sign = SIGNS.get(at).copied();
        let code = StoredValue::new(option.code);
        let is_chosen = move || {
            chosen.with(|held| match (held, sign) {
                (Some(held), _) => code.with_value(|code| held == code),
                (None, sign) => sign.is_none(),
            })
        };
        let choose = move |_| on_choose.run(code.get_value());
        let label = option.label.clone();
        view! {
            <label class="point" class:unsaid=sign.is_none() class:chosen=is_chosen title=option.label>
                <input
                    type="radio"
                    name=name.get_value()
                    prop:checked=is_chosen
                    on:change=choose
                />
                <span aria-hidden="true">{sign}</span>
                <span class=if sign.is_some() { "hidden-words" } else { "" }>{label}</span>
            </label>
        }
        .into_any()
    };
    let end = move |at: usize| options.with(|options| options.get(at).map(|o| o.label.clone()));
    let said = move || {
        let code = chosen.get()?;
        options.with(|options| options.iter().find(|o| o.code == code).map(|o| o.label.clone()))
    };
    view! {
        <div class="scale">
            {move || options.get().into_iter().enumerate().map(point).collect::<Vec<_>>()}
        </div>
        <p class="scale-ends" aria-hidden="true">
            <span>{move || end(0)}</span>
            <span>{move || end(4)}</span>
        </p>
        <p class="written" aria-hidden="true">{said}</p>
    }
}
