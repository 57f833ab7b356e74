//! Five points from harm to good, and "not said".

use leptos::prelude::*;

use super::fresh_id::fresh_id;
use super::live::{live_list, words};
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
        let is_chosen = Signal::derive(move || {
            chosen.with(|held| match (held, sign) {
                (Some(held), _) => code.with_value(|code| held == code),
                (None, sign) => sign.is_none(),
            })
        });
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
    let end = move |at: usize| {
        words(move || options.with(|o| o.get(at).map(|o| o.label.clone()).unwrap_or_default()))
    };
    let said = words(move || {
        let code = chosen.get();
        let is_it = |option: &&Opt| Some(&option.code) == code.as_ref();
        options.with(|o| o.iter().find(is_it).map(|o| o.label.clone()).unwrap_or_default())
    });
    view! {
        <div class="scale">
            {live_list(move || options.get().into_iter().enumerate().map(point).collect())}
            <p class="scale-ends" aria-hidden="true">
                <span>{end(0)}</span>
                <span>{end(4)}</span>
            </p>
        </div>
        <p class="written" aria-hidden="true">{said}</p>
    }
}
