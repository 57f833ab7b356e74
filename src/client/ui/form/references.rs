//! Answers that are other records: one, or several.

use domain::forms::{Answer, Field, set_answer, toggle_choice};
use leptos::prelude::*;

use super::scope::{FormScope, ReferenceSlot};
use crate::i18n::{Key, t};
use crate::ui::Keyed;

/// One record.
pub(super) fn one_record(scope: FormScope, field: &'static Field, id: String) -> AnyView {
    let answer = scope.answer(field);
    let chosen = Signal::derive(move || match answer.get() {
        Some(Answer::Reference(id)) => Some(id),
        _ => None,
    });
    let choose = Callback::new(move |id: Option<String>| {
        scope.edit(&mut |answers| {
            set_answer(field, answers, id.clone().map(Answer::Reference));
        });
    });
    let (id, held) = (StoredValue::new(id), Signal::stored(Vec::new()));
    scope.picker.run(ReferenceSlot { field, id, chosen, choose, held })
}

/// Several records, in no order: those chosen, each with the way to take it away, and below them the way to
/// choose another.
#[component]
pub(super) fn SeveralRecords(scope: FormScope, field: &'static Field, id: String) -> impl IntoView {
    let answer = scope.answer(field);
    let held = Memo::new(move |_| match answer.get() {
        Some(Answer::Codes(ids)) => ids,
        _ => Vec::new(),
    });
    let adder: NodeRef<leptos::html::Summary> = NodeRef::new();
    let id = StoredValue::new(id);
    let slot = move |chosen: Option<String>| {
        let (of, is_held) = (chosen.clone(), chosen.is_some());
        let choose = Callback::new(move |next: Option<String>| {
            let Some(tapped) = next.or_else(|| of.clone()) else { return };
            if held.with_untracked(|ids| ids.contains(&tapped)) != is_held {
                return;
            }
            scope.edit(&mut |answers| {
                toggle_choice(field, answers, &tapped);
            });
            // What was tapped is gone: a keyboard would lose its place.
            if let Some(adder) = adder.get_untracked() {
                drop(adder.focus());
            }
        });
        let id = if is_held { StoredValue::new(String::new()) } else { id };
        let chosen = Signal::stored(chosen);
        scope.picker.run(ReferenceSlot { field, id, chosen, choose, held: held.into() })
    };
    let line = move |id: String| view! { <li>{slot(Some(id))}</li> }.into_any();
    view! {
        <ul class="flow" role="list" hidden=Signal::derive(move || held.with(Vec::is_empty))>
            <Keyed keys=held part=line />
        </ul>
        <details class="aside" open=held.with_untracked(Vec::is_empty)>
            <summary node_ref=adder>{t(Key::PickerAdd)}</summary>
            {slot(None)}
        </details>
    }
}
