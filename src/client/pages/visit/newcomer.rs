//! A collective that is created with the visit: alias, municipality, type.

use domain::forms::{Answers, Occasion, initiative_form};
use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::state::{Draft, NewInitiative, device};
use crate::ui::form::{FormView, ReferenceSlot};
use crate::ui::{Button, Look};

/// What is asked at the door; the rest of the record can wait.
const ASKED: [&str; 3] = ["alias", "place_code", "housing_type"];

/// The three questions, inside the question which collective was visited.
#[component]
pub(super) fn Newcomer(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    occasion: RwSignal<Occasion>,
    reference: ReferenceSlot,
) -> impl IntoView {
    let answers = Memo::new(move |_| {
        draft.with(|draft| {
            draft.initiative.as_ref().map(|new| new.answers.clone()).unwrap_or_default()
        })
    });
    let on_change = move |answers: Answers| {
        let mut next = draft.get_untracked();
        if let Some(new) = &mut next.initiative {
            *new = NewInitiative { answers, created: new.created };
            change.run(next);
        }
    };
    let give_up = move |()| {
        let mut next = draft.get_untracked();
        next.initiative = None;
        next.answers.remove(&reference.field.key);
        change.run(next);
    };
    let nobody = Callback::new(|_: ReferenceSlot| ().into_any());
    view! {
        <div class="newcomer">
            <p class="newcomer-label">{t(Key::PickerNewLabel)}</p>
            <FormView
                form=initiative_form()
                answers
                on_change
                today=device::today()
                occasion
                picker=nobody
                asked=Callback::new(|key: String| ASKED.contains(&key.as_str()))
            />
        </div>
        <Button label=t(Key::PickerOther) look=Look::Quiet on_press=give_up />
    }
}
