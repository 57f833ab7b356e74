//! What the guard finds in a record that is saved: for whoever reviews it.

use domain::change::RecordKey;
use domain::forms::Form;
use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::state::{App, device};
use crate::ui::form::{Reasons, reasons_in};
use crate::ui::{If, Notice, Tone};

/// The words of a record that could let a person or a place be recognised; nothing when there are none. Found
/// anew whenever the record changes.
#[component]
pub(super) fn GuardNotice(key: RecordKey, form: &'static Form) -> impl IntoView {
    let app: App = expect_context();
    let reasons = Memo::new(move |_| reasons_in(form, &app.answers(&key), &device::matches));
    view! {
        <If when=move || !reasons.with(Vec::is_empty)>
            <Notice tone=Tone::Care>
                <p>
                    <strong>{t(Key::GuardTitle)}</strong>
                </p>
                <Reasons reasons />
            </Notice>
        </If>
    }
}
