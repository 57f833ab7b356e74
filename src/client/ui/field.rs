//! A line or a box to write in, and the frame that names it.

use leptos::prelude::*;

/// The frame of one control: its name, a word of help, what is wrong with it.
///
/// The control inside carries `id`, and `aria-describedby` as [`described_by`] gives it.
#[component]
pub fn Field(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// A word of help; empty for none.
    #[prop(into, optional)]
    help: Signal<String>,
    /// What is wrong; empty when nothing is.
    #[prop(into, optional)]
    problem: Signal<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="label" for=id.clone()>{label}</label>
            <p class="help" id=format!("{id}-help")>{help}</p>
            {children()}
            <p class="problem" id=format!("{id}-problem") aria-live="polite">{problem}</p>
        </div>
    }
}

/// The ids of help and problem that [`Field`] gives to the control with this id.
pub(super) fn described_by(id: &str) -> String {
    format!("{id}-help {id}-problem")
}

/// A line to write in, or a box for several. Any script is shown in its own direction.
#[component]
pub fn TextInput(
    /// Its id; [`Field`] has the same.
    #[prop(into)]
    id: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// What was written.
    #[prop(into)]
    on_input: Callback<String>,
    /// How many lines: one is a line that Enter leaves.
    #[prop(default = 1)]
    lines: u32,
    /// Whether a problem is shown with it.
    #[prop(into, optional)]
    invalid: Signal<bool>,
    /// The keyboard that a telephone offers: `text`, `numeric`, `search`.
    #[prop(default = "text")]
    keyboard: &'static str,
    /// Whether what is written is a code: no corrections, wide letters.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let (spelling, capitals) = if code { ("false", "characters") } else { ("true", "sentences") };
    let described = described_by(&id);
    let invalid = Signal::derive(move || invalid.get().then_some("true"));
    if lines > 1 {
        view! {
            <textarea
                class="input"
                id=id
                rows=lines
                dir="auto"
                spellcheck=spelling
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid
                prop:value=value
                on:input:target=move |event| on_input.run(event.target().value())
            />
        }
        .into_any()
    } else {
        view! {
            <input
                type="text"
                class="input"
                class:code=code
                id=id
                dir="auto"
                inputmode=keyboard
                spellcheck=spelling
                autocapitalize=capitals
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid
                prop:value=value
                on:input:target=move |event| on_input.run(event.target().value())
            />
        }
        .into_any()
    }
}
